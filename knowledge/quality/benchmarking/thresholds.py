"""How sure a ranking is in one number, and below which number a question is taken for out of scope.

The number is a plain sum, so that it can be found by leave-one-out on the questions that were
learnt, without any other question.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.building import Built
from knowledge.matching.index import NONE, Index
from knowledge.matching.ranking import Signals

Floats = NDArray[np.float64]

REJECTED = 0.015
"""The share of known questions that the leave-one-out threshold would reject. New questions are
farther from the known ones than those are from each other, so that about twice as many of them are
rejected: at most 3 in 100 should be.
"""
KNOWN = 0.3
"""What the known share of a question's words weighs beside its scores."""
AGAINST = 2.0
"""What the score of belonging to no intent weighs against the others: of 0 to 3, leave-one-out on
CLINC150's ten-shot questions found 2 and 3 the best."""


def confidence(signals: Signals) -> float:
    """How sure it is that a question is covered; comparable within one index only."""
    return signals.three + signals.likeness + KNOWN * signals.known - AGAINST * signals.none


def left_out_confidence(built: Built) -> Floats:
    """The confidence of each phrase of an intent, had it not been learnt: [phrases]."""
    index = built.made
    own = np.array([name != NONE for name in index.classes])
    three = np.sort(built.left_out[:, own], axis=1)[:, -3:].sum(1)
    none = built.left_out[:, ~own].sum(1)
    known = np.array([_known_elsewhere(read.split(), index) for read in index.read_as])
    sure = three + built.closest + KNOWN * known - AGAINST * none
    return np.asarray(sure[own[index.labels]], float)


def _known_elsewhere(tokens: Sequence[str], index: Index) -> float:
    """The share of a phrase's weight of words that other phrases have too."""
    known = total = 0.0
    for word in sorted(set(tokens)):
        others = index.documents[word] - 1
        weight = index.weigh_count(others)
        total += weight
        known += weight * (others > 0)
    return known / total if total else 0.0


def leave_one_out_threshold(built: Built, rejected: float = REJECTED) -> float:
    """Under it lies that share of the learnt questions, each as if it had not been learnt."""
    return float(np.quantile(left_out_confidence(built), rejected))


def most_accurate_threshold(covered: Floats, right: NDArray[np.bool_], uncovered: Floats) -> float:
    """The threshold with the best accuracy over all questions, those out of scope being one class
    more; the lowest of several.

    `covered` and `uncovered` are confidences, `right` whether the first intent was the right one.
    S. Larson and others, "An Evaluation Dataset for Intent Classification and Out-of-Scope
    Prediction", EMNLP 2019, choose theirs so on validation questions.
    """
    found = np.unique(np.concatenate([covered, uncovered]))
    candidates = np.append(found, found[-1] + 1)  # the last one rejects everything
    accepted = covered[:, None] >= candidates
    gains = (accepted & right[:, None]).sum(0) + (uncovered[:, None] < candidates).sum(0)
    return float(candidates[int(np.argmax(gains))])


def area_under_curve(covered: Floats, uncovered: Floats) -> float:
    """How often a covered question has the higher confidence of a pair: the AUROC, 0 to 1."""
    if not len(covered) or not len(uncovered):
        return float("nan")
    order = np.sort(uncovered)
    below = np.searchsorted(order, covered, "left") + np.searchsorted(order, covered, "right")
    return float(below.mean() / 2 / len(order))
