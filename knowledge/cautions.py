"""The nouns of caution: what must be said beside an answer, whatever the answer is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ALARMS = ("danger", "live_concern", "distress", "polarity")
"""What is seen before matching, in the order in which it is said."""
PARTS = ("escalation", "contacts")
"""What of the local way an intent may ask for."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A sentence that fits only where a message has one of some words."""

    words: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something in a message that must be answered before the question: one of `ALARMS`."""

    id: str
    says: str
    additions: tuple[Addition, ...]
    closing: str
    signs: tuple[str, ...]
    """Wordings that are enough by themselves; `…` stands for up to four words."""
    unless: tuple[str, ...]
    """Wordings of a message that speaks of the past or in general: then more is needed."""
    fires: tuple[str, ...]
    """Messages that call for it: they teach."""
    quiet: tuple[str, ...]
    """Messages that look like it and do not call for it."""


@dataclass(frozen=True, slots=True)
class CommonNames:
    """What looks like personal data and is none."""

    public_numbers: tuple[str, ...]
    published: tuple[str, ...]
    """The names by which published reviews are known."""
    allowed: tuple[str, ...]
    says: str
    """What a question about a published review is told."""


@dataclass(frozen=True, slots=True)
class Change:
    """What has become of something that the reports name, or what has come since."""

    id: str
    words: tuple[str, ...]
    """In the answer's text: then it is said."""
    beside: tuple[str, ...]
    """Units beside which it is said."""
    says: str
    source: str
    noted: str
    """The day (ISO 8601) on which it was noted."""

    @property
    def line(self) -> str:
        """The change as it is said."""
        return f"{self.says} ({self.source}; noted {self.noted}, not confirmed here.)"


@dataclass(frozen=True, slots=True)
class Nation:
    """A nation that the reports are not about."""

    name: str
    words: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a partnership's escalation ladder."""

    name: str
    who: str
    within: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to turn to locally, and when that was last checked (ISO 8601)."""

    name: str
    reach: str
    checked: str


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the partnership."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Local:
    """What a partnership lays over the reports; empty where it has not."""

    partnership: str = ""
    stages: tuple[Stage, ...] = ()
    contacts: tuple[Contact, ...] = ()
    links: tuple[Link, ...] = ()
    emergency: tuple[str, ...] = ()
    """The operator's own numbers, said in an emergency after 999."""

    def lines(self, parts: Sequence[str]) -> Iterator[str]:
        """What is said where an intent asks for some `PARTS` of the local way, a line each; nothing
        where nothing is held.
        """
        if "escalation" in parts:
            for number, stage in enumerate(self.stages, 1):
                within = f", {stage.within}" if stage.within else ""
                yield f"Stage {number}, {stage.name}: {stage.who}{within}."
        if "contacts" in parts:
            for contact in self.contacts:
                yield f"{contact.name}: {contact.reach} (checked {contact.checked})."
        for link in self.links:
            yield f"{link.name}: {link.address}"


@dataclass(frozen=True, slots=True)
class Cautions:
    """All that is said around answers."""

    alarms: tuple[Alarm, ...] = ()
    names: CommonNames = CommonNames((), (), (), "")
    changes: tuple[Change, ...] = ()
    nations: tuple[Nation, ...] = ()
    not_nations: tuple[str, ...] = ()
    """What has such a word and means no other nation."""
    local: Local = Local()
    terms: tuple[str, ...] = ()
    """The field's necessary words, which count as easy to read."""
    former: tuple[str, ...] = ()
    """Bodies of the past, which only a report's own text may name."""
