"""The nouns of judging: what became of each question or message, and of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from knowledge.model import Answered, Candidate, Choice, Guidance, NotCovered

CHECKS = "checks of the intents"
NOT_COVERED = "not covered"
"""The suite of the questions that are to get no guidance."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one thing that was asked."""

    suite: str
    text: str
    wanted: str
    """What should become of it: an intent's id, an alarm's, a kind of personal data, or words."""
    got: str
    right: bool

    @property
    def heading(self) -> str:
        """Under which a failure is listed: the intent's id, or the suite, whose name has spaces."""
        return self.wanted if self.suite == CHECKS else self.suite


End: TypeAlias = Literal["arrives", "offered", "astray"]
"""Guidance by the right intent; a choice with it; anything else."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A question by which an intent is judged, or one that is not covered, with its answer."""

    text: str
    wanted: str
    """The intent's id; empty where no intent covers it."""
    answered: Answered
    end: End

    @property
    def is_covered(self) -> bool:
        """Whether an intent is to answer it."""
        return bool(self.wanted)

    @property
    def guided_by(self) -> str | None:
        """The intent whose guidance was given first; None where none was."""
        given = self.answered.answer
        return given.intent.id if isinstance(given, Guidance) else None

    @property
    def first(self) -> Candidate | None:
        """The intent that was thought likeliest, with its confidence; None where none was."""
        given = self.answered.answer
        if isinstance(given, Guidance):
            return Candidate(given.intent, given.confidence)
        return next(iter(self.answered.alternatives), None)

    @property
    def confidence(self) -> float:
        """Of the first intent, 0 to 1."""
        return self.first.confidence if self.first else 0.0

    @property
    def verdict(self) -> Verdict:
        """Whether it is as it should be."""
        suite = CHECKS if self.wanted else NOT_COVERED
        wanted = self.wanted or "no guidance"
        return Verdict(suite, self.text, wanted, tell(self.answered), self.end != "astray")


def tell(answered: Answered) -> str:
    """An answer in a few words: the intent that guides, those that are offered, or its kind."""
    answer = answered.answer
    if isinstance(answer, Guidance):
        return ", ".join([answer.intent.id, *map(tell, answered.also)])
    if isinstance(answer, Choice):
        return "a choice of " + ", ".join(one.intent.id for one in answer.offered)
    return "not covered" if isinstance(answer, NotCovered) else "small talk"


@dataclass(frozen=True, slots=True)
class Run:
    """All that was judged in one tier."""

    tier: str
    arrivals: tuple[Arrival, ...]
    """The checks of the intents and the questions that are not covered."""
    others: tuple[Verdict, ...]
    """The verdicts of the other suites."""

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Every verdict, suite after suite."""
        return (*(arrival.verdict for arrival in self.arrivals), *self.others)


def by_suite(verdicts: Sequence[Verdict]) -> Mapping[str, Sequence[Verdict]]:
    """The verdicts of each suite, in the order in which they were asked."""
    found: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        found.setdefault(verdict.suite, []).append(verdict)
    return found
