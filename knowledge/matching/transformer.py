"""One layer of a BERT transformer in NumPy: the arithmetic of its forward pass.

J. Devlin and others, "BERT", NAACL 2019.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from knowledge.matching.arrays import Matrix

COLUMNS = 4
"""BLAS takes 16 columns in less time than 15: a matrix is filled up to a multiple of this many."""


def normalise(x: Matrix, scale: Matrix, shift: Matrix, epsilon: float) -> Matrix:
    """Layer normalisation of every column of x, [width, columns]."""
    x = x - x.mean(0)
    spread = np.sqrt(np.einsum("ij,ij->j", x, x) / len(x) + np.float32(epsilon))
    return np.asarray(x / spread * scale[:, None] + shift[:, None], np.float32)


def gelu(x: Matrix) -> Matrix:
    """x·Φ(x), the error function by Abramowitz and Stegun 7.1.26 (absolute error below 1.5e-7)."""
    z = np.abs(x) * np.float32(0.5**0.5)
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = np.float32(1.061405429) * t
    for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series += np.float32(coefficient)
        series *= t
    z *= z
    np.negative(z, out=z)
    np.exp(z, out=z)
    erf = np.copysign(1 - series * z, x)
    return np.asarray(np.float32(0.5) * x * (1 + erf), np.float32)


def softmax(x: Matrix) -> Matrix:
    """exp(x), the last axis made to sum to 1."""
    x = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(x / x.sum(-1, keepdims=True), np.float32)


class Span(NamedTuple):
    """Texts of as many tokens each, side by side."""

    start: int
    """The first column."""
    texts: int
    tokens: int

    @property
    def columns(self) -> slice:
        """The columns of the texts, one after the other."""
        return slice(self.start, self.start + self.texts * self.tokens)


def _attend(mapped: Matrix, span: Span, heads: int) -> Matrix:
    """Every token's mix of the tokens of its text: query, key and value one below the other,
    [3 × width, columns of the span] → [width, columns of the span].
    """
    part = len(mapped) // (3 * heads)
    query, key, value = mapped.reshape(3, heads, part, span.texts, span.tokens).transpose(
        0, 1, 3, 4, 2
    )  # each [heads, texts, tokens, width of a head]
    attention = softmax(query @ key.swapaxes(-1, -2) * np.float32(part**-0.5))
    mixed = (attention @ value).transpose(0, 3, 1, 2)
    return np.asarray(mixed.reshape(heads * part, -1), np.float32)


@dataclass(frozen=True, slots=True)
class Layer:
    """One transformer layer; every linear map is (weight [out, in], bias [out]).

    A token is a column, not a row: `weight @ x` is then the product that BLAS is quickest at for
    few tokens.
    """

    tensors: dict[str, Matrix]
    """Of `attention.self`, query, key and value are one matrix, one below the other."""

    def linear(self, name: str, x: Matrix) -> Matrix:
        """The linear map of a name, of every column of x."""
        return self.tensors[f"{name}.weight"] @ x + self.tensors[f"{name}.bias"][:, None]

    def normalise(self, name: str, x: Matrix, epsilon: float) -> Matrix:
        """The layer normalisation of a name, of every column of x."""
        return normalise(x, self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"], epsilon)

    def forward(self, x: Matrix, spans: Sequence[Span], heads: int, epsilon: float) -> Matrix:
        """x: [width, the tokens of all spans, and columns of nothing] → the same shape."""
        mapped, mixed = self.linear("attention.self", x), np.zeros_like(x)
        for span in spans:  # a token looks at those of its own text; all else is by the column
            mixed[:, span.columns] = _attend(mapped[:, span.columns], span, heads)
        x = self.normalise(
            "attention.output.LayerNorm", x + self.linear("attention.output.dense", mixed), epsilon
        )
        inner = gelu(self.linear("intermediate.dense", x))
        return self.normalise("output.LayerNorm", x + self.linear("output.dense", inner), epsilon)
