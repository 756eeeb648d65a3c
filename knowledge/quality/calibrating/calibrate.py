"""Choose the thresholds by which a question is answered, offered or not covered.

They are chosen on the checks, which no way of asking repeats, and on the checks of
`not-covered.yaml`. What they are worth is measured by ten-fold cross-validation.
"""

from collections.abc import Mapping
from dataclasses import asdict, astuple

import numpy as np

from knowledge.handbook import Handbook
from knowledge.matching.building import Built, Progress, silent
from knowledge.matching.confidence import Calibration
from knowledge.matching.index import NONE, Index
from knowledge.matching.ranking import rank_all
from knowledge.quality.calibrating.coverage import Judged, Sample
from knowledge.quality.calibrating.fitting import calibration_error, fit_logistic
from knowledge.quality.owners import arriving, checks

OFFERED = 4
"""Intents in a choice at most."""
WRONG_AT_MOST = 0.065
"""Of all questions that are covered, this share may get wrong guidance: a choice costs a tap, a
wrong answer trust.
"""
UNCOVERED_ANSWERED_AT_MOST = 0.04
STRICT_AT_MOST = 0.01
"""Both shares, where an operator asks for strict caution."""
MISSED_AT_MOST = 0.01
"""Of all questions that are covered, this share may be told that they are not."""


def collect(handbook: Handbook, index: Index, progress: Progress = silent) -> Sample:
    """Rank every check of the handbook."""
    asked, answering = checks(handbook), arriving(handbook)
    rankings = rank_all([text for text, _ in asked], index, progress)
    best = [[scored.intent for scored in ranking.scored[:OFFERED]] for ranking in rankings]
    arrivals = [(found, answering[owner]) for found, (_, owner) in zip(best, asked, strict=True)]
    return Sample(
        signals=np.array([astuple(ranking.signals) for ranking in rankings]),
        covered=np.array([owner != NONE for _, owner in asked]),
        first=np.array([found[0] in wanted for found, wanted in arrivals]),
        offered=np.array([not wanted.isdisjoint(found) for found, wanted in arrivals]),
    )


def ways_right(handbook: Handbook, built: Built) -> float:
    """The share of the ways of asking, each left out of what was learnt, by which the right intent
    still comes first.
    """
    made = built.made
    own = [n for n, name in enumerate(made.classes) if name != NONE]
    best = [made.classes[own[n]] for n in built.left_out[:, own].argmax(1).tolist()]
    answering = arriving(handbook)
    labels = [made.classes[n] for n in made.labels.tolist()]
    right = [
        found in answering[wanted]
        for found, wanted in zip(best, labels, strict=True)
        if wanted != NONE
    ]
    return float(np.mean(right))


def calibrate(basis: str, judged: Judged, alarms: Mapping[str, float], ways: float) -> Calibration:
    """Fit on all checks; choose the lowest thresholds that keep wrong answers, and missed
    questions, under their limits.

    `basis` is the digest of what this is fitted on, `ways` what `ways_right` found.
    """
    sample = judged.sample
    offer_at = _offer_at(judged)
    usual = _answer_at(judged, WRONG_AT_MOST, UNCOVERED_ANSWERED_AT_MOST)
    strict = _answer_at(judged, STRICT_AT_MOST, STRICT_AT_MOST)
    measured = {
        "checks": float(sample.covered.sum()),
        "not_covered_checks": float((~sample.covered).sum()),
        "checks_first": float(sample.first[sample.covered].mean()),
        "ways_first": ways,
        "calibration_error": calibration_error(judged.right, sample.first),
    }
    return Calibration(
        right=fit_logistic(sample.signals, sample.first, judged.weight),
        covered=fit_logistic(sample.signals, sample.covered, judged.weight),
        answer_at=usual,
        offer_at=offer_at,
        alarms=alarms,
        basis=basis,
        measured=_rounded({**measured, **asdict(judged.worth(usual, offer_at))}),
        strict_at=strict,
        strict_measured=_rounded(asdict(judged.worth(strict, offer_at))),
    )


def _answer_at(judged: Judged, wrong_at_most: float, uncovered_at_most: float) -> float:
    """The lowest threshold that keeps to these shares; 1 where none does."""
    for threshold in np.arange(0.3, 1.0, 0.01).round(2).tolist():
        worth = judged.worth(threshold, 0.0)
        if worth.wrong <= wrong_at_most and worth.not_covered_answered <= uncovered_at_most:
            return float(threshold)
    return 1.0


def _offer_at(judged: Judged) -> float:
    """The highest threshold that keeps to `MISSED_AT_MOST`."""
    inside = judged.inside[judged.sample.covered]
    tried = np.arange(0.05, 0.95, 0.01).round(2).tolist()
    return max((float(t) for t in tried if (inside < t).mean() <= MISSED_AT_MOST), default=0.05)


def _rounded(measured: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in measured.items()}
