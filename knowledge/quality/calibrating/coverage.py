"""What a threshold is worth: how many questions are answered by it, how many of them rightly."""

from dataclasses import dataclass

import numpy as np

from knowledge.quality.calibrating.fitting import Floats, Truths, cross_validate

UNCOVERED_SHARE = 0.2
"""Of what people ask, about this much is not covered: such checks are weighed so, however many
there are.
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """Every check ranked: [checks, signals], and for each whether it is covered, right first, right
    among the offered.
    """

    signals: Floats
    covered: Truths
    first: Truths
    offered: Truths


@dataclass(frozen=True, slots=True)
class Worth:
    """What a threshold gives, as shares: of the questions that are covered, if nothing else is
    said.
    """

    answered: float
    right: float
    right_or_offered: float
    wrong: float
    precision: float
    """Right, of those answered; 1 where none is."""
    not_covered_answered: float
    """Of the questions that are not covered; so the next."""
    not_covered_offered: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A sample with the probabilities that fits gave which had not seen it: that the first intent
    is right, and that a question is covered.
    """

    sample: Sample
    weight: Floats
    right: Floats
    inside: Floats

    def worth(self, answer_at: float, offer_at: float) -> Worth:
        """What these thresholds give."""
        sample, covered = self.sample, self.sample.covered
        given = self.right >= answer_at
        asked = ~given & (self.inside >= offer_at)
        right = given & sample.first
        answered = float(given[covered].mean())
        return Worth(
            answered=answered,
            right=float(right[covered].mean()),
            right_or_offered=float((right | asked & sample.offered)[covered].mean()),
            wrong=float((given & ~sample.first)[covered].mean()),
            precision=float(right[covered].mean()) / answered if answered else 1.0,
            not_covered_answered=_share(given[~covered]),
            not_covered_offered=_share(asked[~covered]),
        )


def judge(sample: Sample) -> Judged:
    """Judge each check by ten-fold cross-validation."""
    covered = sample.covered
    share = UNCOVERED_SHARE / (1 - UNCOVERED_SHARE)
    weight = np.where(covered, 1.0, share * covered.sum() / max(1, (~covered).sum()))
    return Judged(
        sample,
        weight,
        cross_validate(sample.signals, sample.first, weight),
        cross_validate(sample.signals, covered, weight),
    )


def _share(truths: Truths) -> float:
    return float(truths.mean()) if len(truths) else 0.0
