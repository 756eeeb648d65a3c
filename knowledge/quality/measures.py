"""The numbers of a run: how sure and how right the answers are, by threshold, by confidence and by
intent.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Choice, Guidance
from knowledge.opening import Knowledge
from knowledge.quality.calibrating.fitting import by_equal_counts, calibration_error
from knowledge.quality.owners import arriving
from knowledge.quality.suites.verdicts import Arrival, Run, tell

NOT_COVERED = "not covered"
"""In the place of an intent: the question has none."""
BINS = 10


@dataclass(frozen=True, slots=True)
class Point:
    """Were guidance given from this confidence on: shares of the covered questions, 0 to 1."""

    threshold: float
    coverage: float
    """Of all, those that get it."""
    accuracy: float
    """Of those that get it, those whose likeliest intent is right."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many questions were at least so sure, and less than the next bar."""

    confidence: float
    right: int
    wrong: int
    not_covered: int


@dataclass(frozen=True, slots=True)
class Bin:
    """As many questions as in the other bins, of like confidence."""

    confidence: float
    """Their mean, 0 to 1."""
    right: float
    """The share of them whose likeliest intent was right."""
    questions: int


@dataclass(frozen=True, slots=True)
class OfIntent:
    """How an intent is found. Shares, 0 to 1; None where there is nothing to share."""

    intent: str
    asked: int
    given: int
    """How often its guidance was given."""
    precision: float | None
    """Of the times that it was given, those that were right."""
    recall: float | None
    """Of its own checks, those that got guidance by it, or by one that may answer them."""
    f1: float
    offered: int
    """Of its own checks, those that got it in a choice."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often questions of one intent, or none, got the guidance of another."""

    wanted: str
    got: str
    questions: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what became of it and on what evidence."""

    question: str
    wanted: str
    got: str
    end: str
    confidence: float
    closest: str
    """The closest known question of the likeliest intent."""
    likeness: float
    runner_up: str
    runner_up_confidence: float


@dataclass(frozen=True, slots=True)
class Measures:
    """All of it. Questions are those of the checks and those that are not covered."""

    tier: str
    questions: int
    answer_at: Point
    """Where guidance is given today."""
    strict: Point
    """Where it would be given with strict caution."""
    shown: Point
    """Of the covered ones, those that got guidance or a choice, and those of them in which the
    right intent was shown.
    """
    curve: tuple[Point, ...]
    histogram: tuple[Bar, ...]
    calibration: tuple[Bin, ...]
    calibration_error: float
    intents: tuple[OfIntent, ...]
    """The worst first."""
    confusions: tuple[Confusion, ...]
    """The most frequent first."""
    asked: tuple[Asked, ...]
    """What went astray first, guidance before the rest, the surest first."""


Floats: TypeAlias = NDArray[np.float64]
Truths: TypeAlias = NDArray[np.bool_]


def measure(run: Run, knowledge: Knowledge) -> Measures:
    """The numbers of a run that asked this knowledge something."""
    handbook, calibration = knowledge.handbook, knowledge.calibration
    arrivals = run.arrivals
    answers = arriving(handbook)
    right = np.array([bool(a.first and a.first.intent.id in answers[a.wanted]) for a in arrivals])
    sure = np.array([arrival.confidence for arrival in arrivals])
    covered = np.array([arrival.is_covered for arrival in arrivals])
    bins = by_equal_counts(sure, BINS)
    return Measures(
        tier=run.tier,
        questions=len(arrivals),
        answer_at=_point(knowledge.answer_at, sure[covered], right[covered]),
        strict=_point(calibration.strict_at, sure[covered], right[covered]),
        shown=_shown(arrivals, calibration.offer_at),
        curve=tuple(
            _point(float(t), sure[covered], right[covered]) for t in np.linspace(0, 1, 101).round(2)
        ),
        histogram=tuple(_histogram(sure, right, covered)),
        calibration=tuple(Bin(float(sure[b].mean()), float(right[b].mean()), len(b)) for b in bins),
        calibration_error=calibration_error(sure, right, len(bins)),
        intents=_of_intents(arrivals),
        confusions=_confusions(arrivals),
        asked=tuple(map(_asked, sorted(arrivals, key=_badness))),
    )


def _point(threshold: float, sure: Floats, right: Truths) -> Point:
    given = sure >= threshold
    return Point(threshold, _share(given), _share(right[given]))


def _share(of: Truths) -> float:
    return float(of.mean()) if len(of) else 1.0


def _shown(arrivals: Sequence[Arrival], offer_at: float) -> Point:
    covered = [arrival for arrival in arrivals if arrival.is_covered]
    given = np.array([isinstance(a.answered.answer, Guidance | Choice) for a in covered], bool)
    right = np.array([arrival.end != "astray" for arrival in covered], bool)
    return Point(offer_at, _share(given), _share(right[given]))


def _histogram(sure: Floats, right: Truths, covered: Truths) -> Iterator[Bar]:
    place = np.minimum((sure * BINS).astype(int), BINS - 1)
    for n in range(BINS):
        here = place == n
        wrong = here & covered & ~right
        counts = (here & right, wrong, here & ~covered)
        yield Bar(n / BINS, *(int(found.sum()) for found in counts))


def _of_intents(arrivals: Sequence[Arrival]) -> tuple[OfIntent, ...]:
    asked = Counter(a.wanted for a in arrivals if a.is_covered)
    arrived = Counter(a.wanted for a in arrivals if a.end == "arrives")
    offered = Counter(a.wanted for a in arrivals if a.end == "offered")
    given = Counter(a.guided_by for a in arrivals if a.guided_by)
    rightly = Counter(a.guided_by for a in arrivals if a.guided_by and a.end == "arrives")
    found = []
    for id in sorted({*asked, *given}):
        precision = rightly[id] / given[id] if given[id] else None
        recall = arrived[id] / asked[id] if asked[id] else None
        both = (precision or 0.0) + (recall or 0.0)
        f1 = 2 * (precision or 0.0) * (recall or 0.0) / both if both else 0.0
        found.append(OfIntent(id, asked[id], given[id], precision, recall, f1, offered[id]))
    return tuple(sorted(found, key=lambda one: (one.f1, one.intent)))


def _confusions(arrivals: Sequence[Arrival]) -> tuple[Confusion, ...]:
    counted = Counter(
        (arrival.wanted or NOT_COVERED, arrival.guided_by)
        for arrival in arrivals
        if arrival.guided_by and arrival.end == "astray"
    )
    found = [Confusion(wanted, got, count) for (wanted, got), count in counted.items()]
    return tuple(sorted(found, key=lambda one: (-one.questions, one.wanted, one.got)))


def _badness(arrival: Arrival) -> tuple[bool, bool, float, str]:
    """What sorts the worst to the front: wrong guidance, the surest first; then what else went
    astray; then the rest.
    """
    is_right = arrival.end != "astray"
    return is_right, not arrival.guided_by, -arrival.confidence, arrival.text


def _asked(arrival: Arrival) -> Asked:
    evidence = arrival.answered.evidence
    runner_up = evidence.runner_up if evidence else None
    return Asked(
        question=arrival.text,
        wanted=arrival.wanted or NOT_COVERED,
        got=tell(arrival.answered),
        end=arrival.end,
        confidence=arrival.confidence,
        closest=evidence.phrase if evidence else "",
        likeness=evidence.likeness if evidence else 0.0,
        runner_up=runner_up.intent.id if runner_up else "",
        runner_up_confidence=runner_up.confidence if runner_up else 0.0,
    )
