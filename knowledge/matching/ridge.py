"""Kernel ridge regression with closed-form leave-one-out, on NumPy's own linear algebra.

Leave-one-out: R. Rifkin and R. Lippert, "Notes on Regularized Least Squares",
MIT-CSAIL-TR-2007-025.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Solved:
    """`weights`: one row a phrase, one column a class. `left_out`: what each phrase would have
    scored, unseen.
    """

    weights: Matrix
    left_out: Matrix


def invert_factor(matrix: Matrix, leaf: int = 256) -> None:
    """Overwrite a positive definite matrix with the inverse of its lower Cholesky factor, zeros
    above the diagonal. By halves and in place: almost all work is matrix products, and half as
    much memory again is all it takes.
    """
    if len(matrix) <= leaf:
        matrix[:] = np.tril(np.linalg.inv(np.linalg.cholesky(matrix)))
        return
    half = len(matrix) // 2
    first, across, second = matrix[:half, :half], matrix[half:, :half], matrix[half:, half:]
    invert_factor(first, leaf)
    across[:] = across @ first.T
    second -= across @ across.T
    invert_factor(second, leaf)
    across[:] = -second @ (across @ first)
    matrix[:half, half:] = 0


def solve(kernel: Matrix, targets: Matrix, ridge: float) -> Solved:
    """Weights A of (K + ridge·I)A = Y, and the leave-one-out scores Y − A / diag((K + ridge·I)⁻¹).

    `kernel` is n × n and positive semi-definite (it is overwritten), `targets` is n × classes,
    `ridge` is positive.
    """
    kernel[np.diag_indices_from(kernel)] += ridge
    invert_factor(kernel)
    weights = kernel.T @ (kernel @ targets)
    diagonal = np.einsum("ij,ij->j", kernel, kernel)
    return Solved(weights, targets - weights / diagonal[:, None])
