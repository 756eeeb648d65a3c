"""What is kept of a question: that it was asked and what came of it; its words only where they may
be.
"""

from dataclasses import dataclass

from bot.records.entries import Asked, Last, Unanswered
from knowledge.model import Answered, NotCovered, Outright, confidence, offers, outcome

BANDS = ((0.9, "high"), (0.7, "middle"), (0.0, "low"))
"""How a confidence is kept, from how much on."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked, and where."""

    person: str
    """A pseudonym."""
    chat: str
    """The kind of chat."""


def as_asked(answered: Answered, asker: Asker, content: str, day: str, id: str) -> Asked:
    """That a question was answered by a version of the content on a day."""
    sure = confidence(answered)
    band = next(name for least, name in BANDS if sure >= least)
    about = answered.answer.intent.id if isinstance(answered.answer, Outright) else ""
    if isinstance(answered.answer, NotCovered):
        about = _closest(answered)
    return Asked(id, day, asker.person, asker.chat, outcome(answered), about, band, content)


def as_unanswered(
    answered: Answered, asker: Asker, content: str, day: str, id: str, keep_text: bool
) -> Unanswered | None:
    """A question that is not covered; its words if they may be kept and hold no personal data."""
    if not isinstance(answered.answer, NotCovered):
        return None
    question = answered.question
    text = question.text if keep_text and not question.personal_data else ""
    return Unanswered(
        id,
        day,
        asker.person,
        "not_covered",
        _closest(answered),
        writable(text),
        content,
    )


def writable(text: str) -> str:
    """The text as a file can hold it: half a surrogate pair is none."""
    return text.encode("utf-8", "replace").decode()


def _closest(answered: Answered) -> str:
    return answered.alternatives[0].intent.id if answered.alternatives else ""


def as_last(
    answered: Answered, chat: int, asked_in: int, answered_in: tuple[int, ...], at: str
) -> Last:
    """What a chat was answered, in which messages; without intents where one cannot go on."""
    first, *further = answered_in
    about = answered.answer.intent.id if isinstance(answered.answer, Outright) else ""
    offered = " ".join(intent.id for intent in offers(answered.answer))
    return Last(chat, about, offered, asked_in, first, " ".join(map(str, further)), at)
