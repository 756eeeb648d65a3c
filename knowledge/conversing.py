"""Answer a message in a conversation: a picked number, a follow-up, or a question of its own; and
before it, what must be said first.
"""

from dataclasses import replace

from knowledge.answering import answer, show_chosen
from knowledge.following import follow
from knowledge.model import Answered, Guidance, Maintenance, Question, offers
from knowledge.noticing import before, cut, turned
from knowledge.opening import Knowledge
from knowledge.screening.screening import screen


def reply(text: str, knowledge: Knowledge, last: Answered | None = None) -> Answered:
    """Answer a message; `last` is what was answered before in the same conversation."""
    if last and (picked := _picked(text, last)) is not None:
        return pick(picked, knowledge, text.strip())
    seen = screen(text, knowledge)
    if seen.question.personal_data:
        knowledge = replace(knowledge)  # with a memory of its own, which is gone with it
    found = _rest(knowledge) or _follow(seen.plain, knowledge, last)
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


def pick(intent: str, knowledge: Knowledge, said: str = "") -> Answered:
    """The answer that a person picked, by the intent's id. Raises `KeyError`."""
    question = Question(said or knowledge.handbook.intent(intent).title)
    resting = _rest(knowledge)
    return (
        replace(resting, question=question)
        if resting
        else show_chosen(question, intent, knowledge.handbook)
    )


def _rest(knowledge: Knowledge) -> Answered | None:
    """What is said while the bot rests."""
    says = knowledge.handbook.standing.maintenance
    return Answered(Question(""), Maintenance(says)) if says else None


def _follow(text: str, knowledge: Knowledge, last: Answered | None) -> Answered:
    return (follow(text, knowledge, last) if last else None) or answer(text, knowledge)


def _picked(text: str, last: Answered) -> str | None:
    """The intent that a bare number picks of those offered."""
    number = text.strip().removesuffix(".")
    offered = offers(last.answer)
    return (
        offered[int(number) - 1].id
        if number.isdecimal() and len(number) < 3 and 1 <= int(number) <= len(offered)
        else None
    )
