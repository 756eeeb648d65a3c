"""Leaving one phrase out by formula gives what really leaving it out would."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from knowledge.matching.ridge import invert_factor, solve

Floats = NDArray[np.float64]


def problem(seed: int, size: int, classes: int) -> tuple[Floats, Floats]:
    """A random kernel, positive semi-definite, and random targets."""
    random = np.random.default_rng(seed)
    points = random.normal(size=(size, random.integers(1, size + 3)))
    return points @ points.T, random.normal(size=(size, classes))


SEEDS, SIZES, CLASSES = st.integers(0, 2**32), st.integers(2, 12), st.integers(1, 4)
RIDGES = st.floats(0.05, 3)


@given(seed=SEEDS, size=SIZES, classes=CLASSES, ridge=RIDGES)
def test_the_weights_solve_the_equations(seed: int, size: int, classes: int, ridge: float) -> None:
    kernel, targets = problem(seed, size, classes)
    solved = solve(kernel.copy(), targets, ridge)  # type: ignore[arg-type]  # twice as precise
    np.testing.assert_allclose((kernel + ridge * np.eye(size)) @ solved.weights, targets, atol=1e-8)


@given(seed=SEEDS, size=SIZES, classes=CLASSES, ridge=RIDGES)
def test_each_left_out_score_is_that_of_a_fit_which_has_not_seen_the_phrase(
    seed: int, size: int, classes: int, ridge: float
) -> None:
    kernel, targets = problem(seed, size, classes)
    solved = solve(kernel.copy(), targets, ridge)  # type: ignore[arg-type]  # twice as precise
    for left_out in range(size):
        seen = np.arange(size) != left_out
        regular = kernel[np.ix_(seen, seen)] + ridge * np.eye(size - 1)
        weights = np.linalg.solve(regular, targets[seen])
        np.testing.assert_allclose(
            solved.left_out[left_out], kernel[left_out, seen] @ weights, atol=1e-7
        )


@settings(max_examples=25)
@given(seed=SEEDS, size=st.integers(1, 40), leaf=st.integers(1, 9))
def test_a_matrix_s_factor_is_inverted_by_halves(seed: int, size: int, leaf: int) -> None:
    kernel, _ = problem(seed, size, 1)
    kernel += np.eye(size)
    inverse = kernel.copy()
    invert_factor(inverse, leaf)  # type: ignore[arg-type]  # twice as precise
    np.testing.assert_allclose(inverse @ np.linalg.cholesky(kernel), np.eye(size), atol=1e-8)


def test_half_the_precision_is_kept_where_it_was_given() -> None:
    kernel = np.eye(300, dtype=np.float32)
    solved = solve(kernel, np.ones((300, 1), np.float32), 0.5)
    assert solved.weights.dtype == solved.left_out.dtype == np.dtype(np.float32)
    np.testing.assert_allclose(solved.weights, 1 / 1.5, rtol=1e-6)
