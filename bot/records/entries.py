"""What is kept: a class a table, a field a column. docs/records.md says of each why, how long, and
whether it is personal data.
"""

from dataclasses import Field, dataclass
from random import getrandbits
from typing import Any, ClassVar, Protocol


class Entry(Protocol):
    """Something that is kept: a dataclass of texts, numbers and truths."""

    TABLE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]
    """The fields that no two entries share."""
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was answered, without the question."""

    TABLE: ClassVar[str] = "asked"
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    day: str
    person: str
    """A pseudonym."""
    chat: str
    """The kind of chat."""
    outcome: str
    intent: str
    """The one that was answered, or the closest where nothing was; else empty."""
    band: str
    """How sure the answer was: `high`, `middle`, `low`."""
    content: str
    """The version of the content that answered."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that was not answered, or a wording that its asker sent in."""

    TABLE: ClassVar[str] = "unanswered"
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    day: str
    person: str
    why: str
    """`not_covered` or `sent_in`."""
    intent: str
    """The closest one, or the one that was not useful."""
    text: str
    """Empty unless it may be kept."""
    content: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What a maintainer decided on a question that people asked."""

    TABLE: ClassVar[str] = "decided"
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    """Made of the question's words, without personal data."""
    suggestion: str
    """The id of the group of questions that were decided together."""
    day: str
    by: str
    """A pseudonym, or `terminal`."""
    what: str
    """`intent`, `not_covered` or `skipped`."""
    into: str
    """The intent or the route that it belongs to; empty where it was skipped."""
    text: str
    """The wording that was accepted; empty where another one stands for it, or none."""
    written: str
    """The day on which it was put into the content; empty until then."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Whether a person found an answer useful; changed as often as they like."""

    TABLE: ClassVar[str] = "feedback"
    KEY: ClassVar[tuple[str, ...]] = ("person", "answer")
    person: str
    answer: str
    """`<intent>@<version>`."""
    day: str
    useful: bool
    reason: str
    """One of a list; empty where none was given."""


@dataclass(frozen=True, slots=True)
class Last:
    """What a chat was answered of late: a follow-up goes on from the last, and a question that is
    changed changes its answer.
    """

    TABLE: ClassVar[str] = "last_answers"
    KEY: ClassVar[tuple[str, ...]] = ("chat", "answered_in")
    chat: int
    intent: str
    """The one that was answered; empty where a choice was offered."""
    offered: str
    """The ids of those that were offered, with spaces between."""
    asked_in: int
    """The message that asked; 0 where a button did."""
    answered_in: int
    """The message that answered; the first, where there were several."""
    further: str
    """The ids of the others, with spaces between."""
    at: str


@dataclass(frozen=True, slots=True)
class Shared:
    """An answer that stands where others read it, so that it can be corrected."""

    TABLE: ClassVar[str] = "shared"
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    chat: int
    """0 where only the inline message is known."""
    inline: str
    """The inline message's id; empty for a message in a chat."""
    intent: str
    version: str
    day: str
    thread: int = 0
    """The topic of a forum; 0 for none."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A group that got another id."""

    TABLE: ClassVar[str] = "moved_groups"
    KEY: ClassVar[tuple[str, ...]] = ("old",)
    old: int
    new: int
    day: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update of Telegram's that is not answered yet: the only place of what people write."""

    TABLE: ClassVar[str] = "inbox"
    KEY: ClassVar[tuple[str, ...]] = ("update",)
    update: int
    chat: int
    raw: str
    tries: int
    at: str


@dataclass(frozen=True, slots=True)
class Seen:
    """The bare id of an update, against a second delivery."""

    TABLE: ClassVar[str] = "seen_updates"
    KEY: ClassVar[tuple[str, ...]] = ("update",)
    update: int
    at: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the bot: how they came in, where they work, when they were last seen."""

    TABLE: ClassVar[str] = "people"
    KEY: ClassVar[tuple[str, ...]] = ("user",)
    user: int
    invitation: str
    """The id of the invitation that let them in; empty for who is on a list or in a chat."""
    works_in: str
    """What they told with /role; empty where they did not."""
    joined: str
    last_seen: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that lets people in. The link itself is not kept."""

    TABLE: ClassVar[str] = "invitations"
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    code: str
    """The code in the link, as a keyed hash."""
    until: str
    """The last day on which it lets in."""
    uses_left: int
    by: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A unit of guidance that was taken out."""

    TABLE: ClassVar[str] = "withdrawals"
    KEY: ClassVar[tuple[str, ...]] = ("unit",)
    unit: str
    reason: str
    day: str


@dataclass(frozen=True, slots=True)
class Resting:
    """That the bot rests, and what it says meanwhile."""

    TABLE: ClassVar[str] = "maintenance"
    KEY: ClassVar[tuple[str, ...]] = ("since",)
    since: str
    says: str


@dataclass(frozen=True, slots=True)
class Act:
    """A privileged act."""

    TABLE: ClassVar[str] = "audit"
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    at: str
    by: str
    """A pseudonym, or `terminal`."""
    did: str
    about: str


def new_id() -> str:
    """An id that no other entry has, and that tells nothing."""
    return f"{getrandbits(64):016x}"


ENTRIES: tuple[type[Entry], ...] = (
    Asked,
    Unanswered,
    Decided,
    Feedback,
    Last,
    Shared,
    Moved,
    Waiting,
    Seen,
    Person,
    Invitation,
    Withdrawn,
    Resting,
    Act,
)
