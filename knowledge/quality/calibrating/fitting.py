"""Fit a probability to signals, and measure how honest one is."""

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.confidence import Logistic, names

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

_RIDGE = 1e-3
_FOLDS = 10
_BINS = 10


def fit_logistic(signals: Floats, outcome: Truths, weight: Floats) -> Logistic:
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


def cross_validate(signals: Floats, outcome: Truths, weight: Floats) -> Floats:
    """The probability of each row from a fit that has not seen it."""
    fold = np.random.default_rng(0).permutation(len(outcome)) % _FOLDS
    probability = np.empty(len(outcome))
    for n in range(_FOLDS):
        seen = fold != n
        probability[~seen] = _apply(
            fit_logistic(signals[seen], outcome[seen], weight[seen]), signals[~seen]
        )
    return probability


def calibration_error(probability: Floats, outcome: Truths, bins: int = _BINS) -> float:
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
    """The rows in bins of equal counts, the least probable first; no bin is empty."""
    order = np.argsort(probability, kind="stable")
    return np.array_split(order, min(bins, len(order)))
