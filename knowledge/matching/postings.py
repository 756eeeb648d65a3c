"""Compare a sparse vector with that of every phrase: by feature, the phrases that have it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.arrays import Matrix, Vector

Weighed: TypeAlias = tuple[NDArray[np.intp], Vector]
"""A text's features, as columns, and their weights."""

COMMON = 16
"""A feature of one phrase in this many is common. Rows of common features are quicker to add up,
but all in memory.
"""
TOGETHER = 32
"""Rows of common features that are added up at once: what fits the processor's cache."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The phrases' feature weights, by feature.

    A common feature (in one phrase of `COMMON` or more) is a full row of `common`, in 255 steps of
    its `step`; the phrases of rare feature c and its weights there lie at starts[c]:starts[c + 1]
    of `rows` and `weights`.
    """

    starts: NDArray[np.int64]
    rows: NDArray[np.uint16] | NDArray[np.uint32]
    weights: NDArray[np.float16]
    common: NDArray[np.uint8]
    step: Vector
    place: NDArray[np.int32]
    """The row of a feature in `common`, or -1."""

    @classmethod
    def collect(cls, vectors: Sequence[Weighed], columns: int) -> "Postings":
        """From the weighed features of every phrase; `columns` is how many features there are."""
        column = np.concatenate([np.empty(0, np.intp), *(found for found, _ in vectors)])
        weight = np.concatenate([np.empty(0, np.float32), *(weights for _, weights in vectors)])
        row = np.repeat(np.arange(len(vectors)), [len(found) for found, _ in vectors])
        order = np.argsort(column, kind="stable")
        lengths = np.bincount(column, minlength=columns)
        rows = row[order].astype(np.uint16 if len(vectors) <= 2**16 else np.uint32)
        return cls.restore(lengths, rows, weight[order].astype(np.float16), len(vectors))

    @classmethod
    def restore(
        cls,
        lengths: NDArray[np.int64],
        rows: NDArray[Any],
        weights: NDArray[np.float16],
        phrases: int,
    ) -> "Postings":
        """From the rows and weights of all features, one feature after the other."""
        starts = np.concatenate([[0], np.cumsum(lengths)])
        often = lengths * COMMON > phrases
        frequent = np.flatnonzero(often)
        place = np.full(len(lengths), -1, np.int32)
        place[frequent] = np.arange(len(frequent))
        common = np.zeros((len(frequent), phrases), np.uint8)
        step = np.ones(len(frequent), np.float32)
        for n, (first, last) in enumerate(zip(starts[frequent], starts[frequent + 1], strict=True)):
            own = weights[first:last].astype(np.float32)
            step[n] = own.max() / 255
            common[n, rows[first:last]] = np.round(own / step[n])
        rare = np.repeat(~often, lengths)
        starts = np.concatenate([[0], np.cumsum(np.where(often, 0, lengths))])
        return cls(starts, rows[rare], weights[rare], common, step, place)

    @property
    def phrases(self) -> int:
        """How many phrases there are."""
        return int(self.common.shape[1])

    def compare(self, weighed: Weighed) -> Vector:
        """The likeness of a vector to every phrase: its dot product with each, 0 to 1."""
        columns, weights = weighed
        place = self.place[columns]
        often = place >= 0
        likeness = self._compare_rare(columns[~often], weights[~often])
        place = place[often]
        weights = weights[often] * self.step[place]
        for start in range(0, len(place), TOGETHER):
            some = slice(start, start + TOGETHER)
            likeness += weights[some] @ self.common[place[some]].astype(np.float32)
        return likeness

    def compare_all(self, vectors: Sequence[Weighed], tell: Callable[[int, int], None]) -> Matrix:
        """The likeness of every phrase (as it was collected) to every one: [phrases, phrases]."""
        common = self.common * self.step[:, None]
        likeness = np.asarray(common.T @ common, np.float32)
        for n, (columns, weights) in enumerate(vectors):
            rare = self.place[columns] < 0
            likeness[n] += self._compare_rare(columns[rare], weights[rare])
            tell(n + 1, len(vectors))
        return likeness

    def _compare_rare(self, columns: NDArray[np.intp], weights: Vector) -> Vector:
        starts = self.starts[columns]
        lengths = self.starts[columns + 1] - starts
        passed = np.cumsum(lengths) - lengths
        of_all = np.arange(lengths.sum()) + np.repeat(starts - passed, lengths)
        products = np.repeat(weights, lengths) * self.weights[of_all].astype(np.float32)
        return np.bincount(self.rows[of_all], products, self.phrases).astype(np.float32)
