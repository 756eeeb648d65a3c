"""Fit the probabilities and choose the thresholds by which a question is answered, offered or not
covered.

They are fitted on the checks, which no way of asking repeats, and on the checks of
`not-covered.yaml`. What they are worth is
measured by ten-fold cross-validation.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.handbook import Handbook
from knowledge.matching.building import Progress, silent
from knowledge.matching.confidence import Calibration, Logistic, names
from knowledge.matching.index import Index
from knowledge.matching.ranking import rank_all

Floats = NDArray[np.float64]

OFFERED = 4
"""Intents in a choice at most."""
UNCOVERED_SHARE = 0.2
"""Of what people ask, about this much is not covered: such checks are weighed so, however many
there are.
"""
WRONG_AT_MOST = 0.065
"""Of all questions that are covered, this share may get wrong guidance: a choice costs a tap, a
wrong answer trust.
"""
UNCOVERED_ANSWERED_AT_MOST = 0.04
MISSED_AT_MOST = 0.01
"""Of all questions that are covered, this share may be told that they are not."""
_RIDGE = 1e-3
_FOLDS = 10
_BINS = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """Every check ranked: [checks, signals], and for each whether it is covered, right first, right
    among the offered.
    """

    signals: Floats
    covered: NDArray[np.bool_]
    first: NDArray[np.bool_]
    offered: NDArray[np.bool_]


def arrives_at(handbook: Handbook, wanted: str) -> frozenset[str]:
    """The intents by which a check of the intent `wanted` is answered: itself, and any whose answer
    shows its main point.
    """
    main = handbook.intent(wanted).main
    return frozenset(
        {wanted}
        | {i.id for i in handbook.intents if main in (unit.id for unit in handbook.points(i)[:2])}
    )


def collect(handbook: Handbook, index: Index, progress: Progress = silent) -> Sample:
    """Rank every check of the handbook."""
    checks = [
        (text, arrives_at(handbook, intent.id))
        for intent in handbook.intents
        for text in intent.checks
    ]
    checks += [(text, frozenset()) for route in handbook.routes for text in route.checks]
    rankings = rank_all([text for text, _ in checks], index, progress)
    best = [[scored.intent for scored in ranking.scored[:OFFERED]] for ranking in rankings]
    return Sample(
        signals=np.array([astuple(ranking.signals) for ranking in rankings]),
        covered=np.array([bool(wanted) for _, wanted in checks]),
        first=np.array(
            [found[0] in wanted for found, (_, wanted) in zip(best, checks, strict=True)]
        ),
        offered=np.array(
            [not wanted.isdisjoint(found) for found, (_, wanted) in zip(best, checks, strict=True)]
        ),
    )


def fit_logistic(signals: Floats, outcome: NDArray[np.bool_], weight: Floats) -> Logistic:
    """Weighted logistic regression by Newton's method, with a little ridge on the standardised
    signals.
    """
    mean, spread = signals.mean(0), signals.std(0) + 1e-9
    x = np.column_stack([np.ones(len(signals)), (signals - mean) / spread])
    penalty = _RIDGE * len(x) * np.diag([0.0, *[1.0] * (x.shape[1] - 1)])
    b = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ b))
        gradient = x.T @ (weight * (p - outcome)) + penalty @ b
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + penalty + 1e-9 * np.eye(len(b))
        b -= np.linalg.solve(hessian, gradient)
    slopes = b[1:] / spread
    return Logistic(
        round(float(b[0] - slopes @ mean), 4),
        dict(zip(names(), slopes.round(4).tolist(), strict=True)),
    )


def _apply(logistic: Logistic, signals: Floats) -> Floats:
    weights = np.array([logistic.weights[name] for name in names()])
    return np.asarray(1 / (1 + np.exp(-np.clip(logistic.bias + signals @ weights, -30, 30))))


def cross_validate(signals: Floats, outcome: NDArray[np.bool_], weight: Floats) -> Floats:
    """The probability of each row from a fit that has not seen it."""
    fold = np.random.default_rng(0).permutation(len(outcome)) % _FOLDS
    probability = np.empty(len(outcome))
    for n in range(_FOLDS):
        seen = fold != n
        probability[~seen] = _apply(
            fit_logistic(signals[seen], outcome[seen], weight[seen]), signals[~seen]
        )
    return probability


def calibration_error(probability: Floats, outcome: NDArray[np.bool_], bins: int = _BINS) -> float:
    """The expected calibration error over bins of equal counts: the mean gap between what was
    claimed and what came true.
    """
    return float(
        sum(
            abs(probability[b].mean() - outcome[b].mean()) * len(b)
            for b in by_equal_counts(probability, bins)
        )
        / len(outcome)
    )


def by_equal_counts(probability: Floats, bins: int) -> list[NDArray[np.intp]]:
    """The rows in bins of equal counts, the least probable first."""
    return np.array_split(np.argsort(probability, kind="stable"), bins)


def calibrate(content: str, sample: Sample, alarms: Mapping[str, float]) -> Calibration:
    """Fit on all checks; choose the lowest thresholds that keep wrong answers, and missed
    questions, under their limits.
    """
    covered = sample.covered
    weight = np.where(
        covered,
        1.0,
        UNCOVERED_SHARE / (1 - UNCOVERED_SHARE) * covered.sum() / max(1, (~covered).sum()),
    )
    right = cross_validate(sample.signals, sample.first, weight)
    inside = cross_validate(sample.signals, covered, weight)
    thresholds = np.arange(0.3, 1.0, 0.01).round(2)
    answer_at = next((t for t in thresholds if _is_safe(sample, right >= t)), 1.0)
    offer_at = max(
        (
            t
            for t in np.arange(0.05, 0.95, 0.01).round(2)
            if (inside[covered] < t).mean() <= MISSED_AT_MOST
        ),
        default=0.05,
    )
    given = right >= answer_at
    shown = given & sample.first | ~given & (inside >= offer_at) & sample.offered
    measured = {
        "checks": float(covered.sum()),
        "not_covered_checks": float((~covered).sum()),
        "right": float((given & sample.first)[covered].mean()),
        "right_or_offered": float(shown[covered].mean()),
        "wrong": float((given & ~sample.first)[covered].mean()),
        "not_covered_answered": float(given[~covered].mean()),
        "not_covered_offered": float((~given & (inside >= offer_at))[~covered].mean()),
        "calibration_error": calibration_error(right, sample.first),
    }
    return Calibration(
        right=fit_logistic(sample.signals, sample.first, weight),
        covered=fit_logistic(sample.signals, covered, weight),
        answer_at=float(answer_at),
        offer_at=float(offer_at),
        alarms=alarms,
        content=content,
        measured={name: round(value, 3) for name, value in measured.items()},
    )


def _is_safe(sample: Sample, given: NDArray[np.bool_]) -> bool:
    wrong = (given & ~sample.first)[sample.covered].mean()
    return bool(
        wrong <= WRONG_AT_MOST and given[~sample.covered].mean() <= UNCOVERED_ANSWERED_AT_MOST
    )
