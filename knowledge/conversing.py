"""Answer a message in a conversation: a picked number, a follow-up, or a question of its own; and
before it, what must be said first.
"""

from dataclasses import replace

from knowledge.answering import answer, show_chosen
from knowledge.following import follow
from knowledge.model import Answered, Choice, Guidance, Question
from knowledge.noticing import before, cut, turned
from knowledge.opening import Knowledge
from knowledge.screening.screening import screen


def reply(text: str, knowledge: Knowledge, last: Answered | None = None) -> Answered:
    """Answer a message; `last` is what was answered before in the same conversation."""
    if last and (picked := _picked(text, last)) is not None:
        return show_chosen(Question(text.strip()), picked, knowledge.handbook)
    seen = screen(text, knowledge)
    if seen.question.personal_data:
        knowledge = replace(knowledge)  # with a memory of its own, which is gone with it
    followed = follow(seen.plain, knowledge, last) if last else None
    found = followed or answer(seen.plain, knowledge)
    cautions = knowledge.handbook.cautions
    first = [*before(seen, cautions), *cut(text)]
    care = tuple(turned(seen, cautions))
    if isinstance(found.answer, Guidance):
        first += care
    also = tuple(
        replace(other, notices=(*care, *other.notices))
        if isinstance(other.answer, Guidance)
        else other
        for other in found.also
    )
    return replace(found, question=seen.question, notices=(*first, *found.notices), also=also)


def _picked(text: str, last: Answered) -> str | None:
    """The intent of a choice that a bare number picks."""
    if not isinstance(last.answer, Choice):
        return None
    number = text.strip().removesuffix(".")
    offered = last.answer.offered
    return (
        offered[int(number) - 1].intent.id
        if number.isdecimal() and len(number) < 3 and 1 <= int(number) <= len(offered)
        else None
    )
