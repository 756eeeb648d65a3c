"""Answer a message in a conversation: a picked number, a follow-up, or a question of its own."""

from knowledge.answering import answer, show_chosen
from knowledge.following import follow
from knowledge.model import Answered, Choice, Question
from knowledge.opening import Knowledge


def reply(text: str, knowledge: Knowledge, last: Answered | None = None) -> Answered:
    """Answer a message; `last` is what was answered before in the same conversation."""
    if last and (picked := _picked(text, last)) is not None:
        return show_chosen(Question(text.strip()), picked, knowledge.handbook)
    if last and (followed := follow(text, knowledge, last)):
        return followed
    return answer(text, knowledge)


def _picked(text: str, last: Answered) -> str | None:
    """The intent of a choice that a bare number picks."""
    if not isinstance(last.answer, Choice):
        return None
    number = text.strip().removesuffix(".")
    offered = last.answer.offered
    return (
        offered[int(number) - 1].intent.id
        if number.isdecimal() and 1 <= int(number) <= len(offered)
        else None
    )
