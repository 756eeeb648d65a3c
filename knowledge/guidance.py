"""The nouns of the content: reports, their units of guidance, and the intents that they answer."""

from collections.abc import Mapping
from dataclasses import dataclass

KINDS = (
    "recommendation",
    "finding",
    "case",
    "comment",
    "statistic",
    "indicator",
    "definition",
    "contact",
)
AUDIENCES = ("practitioners", "boards", "all")
CONCERNS = (
    "adult services",
    "all agencies",
    "children's social care",
    "conference chairs",
    "domestic abuse services",
    "early years",
    "education",
    "GPs",
    "health",
    "health commissioners",
    "health visiting",
    "hospitals",
    "housing",
    "manager",
    "mental health",
    "midwifery",
    "police",
    "probation",
    "safeguarding boards",
    "substance misuse",
    "youth justice",
    "youth services",
)
"""The agencies and roles of our tagging."""
AGES = ("unborn", "under-1", "young-parent", "14-plus", "any")
STATUSES = ("historic", "superseded", "in_force", "draft", "enacted_not_confirmed", "unknown")


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of guidance of a report, in our words."""

    id: str
    source: str
    locator: str
    kind: str
    addressed_to: tuple[str, ...]
    """Whom the report itself asks."""
    ages: tuple[str, ...]
    via: tuple[str, ...]
    """Where we read it: keys of the source's `read_in`."""
    concerns: tuple[str, ...]
    """Agencies and roles that it touches: our tagging, not the report's."""
    text: str
    shown_with: tuple[str, ...] = ()
    """Units without which this one would mislead: it is never shown without them."""
    note: str = ""

    @property
    def for_boards(self) -> bool:
        """Whether the report asks boards and managers, and not practitioners."""
        return self.addressed_to == ("boards",)


@dataclass(frozen=True, slots=True)
class Source:
    """A report, how we know it, and how far it can be relied on today."""

    slug: str
    title: str
    subtitle: str
    short: str
    publisher: str
    known_as: str
    """The publisher's name in short."""
    year: int
    published: str
    period: str
    nation: str
    status: str
    as_of: str
    """The day (ISO 8601) on which the status was noted."""
    checked_by: str
    """The role that checked our wording; empty until somebody has."""
    review_by: str
    read_in: Mapping[str, str]
    """The documents that we read, by key."""
    notes: tuple[str, ...]

    @property
    def full_title(self) -> str:
        """Title and subtitle."""
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing that a person would want to know."""

    id: str
    title: str
    lead: str
    cites: tuple[str, ...]
    """Unit ids, the main one first."""
    related: tuple[str, ...]
    asked: tuple[str, ...]
    """Ways of asking: they teach the matcher."""
    checks: tuple[str, ...]
    """Questions that judge it: they are never taught."""
    local: tuple[str, ...] = ()
    """Which parts of the local way belong beside the answer."""
    theme: str = ""
    """The id of the theme under which it is browsed; empty for none."""

    @property
    def main(self) -> str:
        """The id of the unit on which its answer rests."""
        return self.cites[0]


@dataclass(frozen=True, slots=True)
class Route:
    """Where to turn with what the reports do not cover."""

    id: str
    text: str
    asked: tuple[str, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SmallTalkReply:
    """A friendly line and what calls for it."""

    id: str
    says: str
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """What several intents are about."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """An age group that a unit is written about, and the words by which people speak of it."""

    id: str
    name: str
    words: tuple[str, ...]
