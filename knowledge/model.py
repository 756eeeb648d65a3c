"""The nouns of a conversation: the question, what was seen in it, and the answers to it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias, assert_never

from knowledge.guidance import Intent, Route, SmallTalkReply, Unit
from knowledge.standing import Withdrawal


class Caution(StrEnum):
    """How sure an answer has to be to be given outright."""

    USUAL = "usual"
    """As sure as gets most questions answered."""
    STRICT = "strict"
    """So sure that one in a hundred is wrong: more people are asked back."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asked, as it may be shown."""

    text: str
    personal_data: tuple[str, ...] = ()
    """The kinds of personal data that were seen in it."""


@dataclass(frozen=True, slots=True)
class Screened:
    """A message as it may go on."""

    question: Question
    """As it may be shown."""
    plain: str
    """Without personal data: what is matched."""
    alarms: tuple[str, ...]
    """The ids of the alarms that it calls for."""
    published: bool
    """Whether it names a published review."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intent that may be meant, and how sure that is: 0 to 1, three decimals."""

    intent: Intent
    confidence: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why the first candidate comes first."""

    phrase: str
    """The closest known question."""
    likeness: float
    """How like it the question is, 0 to 1."""
    words: tuple[str, ...]
    """The words that counted, the most telling first."""
    repaired: tuple[tuple[str, str], ...]
    """What was mended: (typed, meant)."""
    runner_up: Candidate | None
    tier: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something said around an answer."""

    kind: str
    """`danger`, `live_concern`, `distress`, `personal_data`, `published`, `nation`, `polarity`,
    `cut`, `follow_up`, `status`, `stale`, `ages`, `withdrawn`, `then_and_now` or `local`.
    """
    text: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """The answer to a question that is covered."""

    intent: Intent
    version: str
    points: tuple[Unit, ...]
    confidence: float

    @property
    def id(self) -> str:
        """The answer's id, the same wherever it is shown."""
        return f"{self.intent.id}@{self.version}"


@dataclass(frozen=True, slots=True)
class Choice:
    """Did you mean …: one to four intents."""

    offered: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class NotCovered:
    """Nothing in the reports; where to turn instead."""

    route: Route


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """A friendly line and no guidance."""

    reply: SmallTalkReply


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An answer whose main point was withdrawn."""

    intent: Intent
    unit: Unit
    withdrawal: Withdrawal
    instead: tuple[Intent, ...]
    """Related intents that are still answered."""


@dataclass(frozen=True, slots=True)
class Maintenance:
    """The bot rests for a while."""

    says: str


Outright: TypeAlias = Guidance | Withdrawn
"""What is said of one intent, without asking back."""
Answer: TypeAlias = Guidance | Choice | NotCovered | SmallTalk | Withdrawn | Maintenance


def offers(answer: Answer) -> tuple[Intent, ...]:
    """The intents that an answer lets a person pick from, in order."""
    if isinstance(answer, Choice):
        return tuple(candidate.intent for candidate in answer.offered)
    return answer.instead if isinstance(answer, Withdrawn) else ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer, and what was thought on the way; `also` where a message asked
    more than one thing.
    """

    question: Question
    answer: Answer
    alternatives: tuple[Candidate, ...] = ()
    """The next intents, best first, without the one that is answered."""
    evidence: Evidence | None = None
    notices: tuple[Notice, ...] = ()
    follow_up_of: Intent | None = None
    also: tuple["Answered", ...] = field(default=())


def outcome(answered: Answered) -> str:
    """What came of a question, in the interface's word."""
    match answered.answer:
        case Guidance():
            return "guidance"
        case Choice():
            return "choice"
        case NotCovered():
            return "not_covered"
        case SmallTalk():
            return "small_talk"
        case Withdrawn():
            return "withdrawn"
        case Maintenance():
            return "maintenance"
        case other:
            assert_never(other)


def confidence(answered: Answered) -> float:
    """How sure the first intent is; 1 for small talk, which is matched word for word."""
    match answered.answer:
        case Guidance(confidence=confidence):
            return confidence
        case SmallTalk():
            return 1.0
        case _:
            return answered.alternatives[0].confidence if answered.alternatives else 0.0
