"""Comparing by feature gives what multiplying the whole vectors would."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from knowledge.matching.postings import COMMON, Postings, Weighed

COLUMNS = 12
WEIGHTS = st.integers(1, 64).map(lambda n: n / 64)  # exact in half precision
ROWS = st.dictionaries(st.integers(0, COLUMNS - 1), WEIGHTS, max_size=6)


def weighed(row: dict[int, float]) -> Weighed:
    return np.array(list(row), np.intp), np.array(list(row.values()), np.float32)


def dense(rows: list[dict[int, float]]) -> NDArray[np.float32]:
    whole = np.zeros((len(rows), COLUMNS), np.float32)
    for n, row in enumerate(rows):
        for column, weight in row.items():
            whole[n, column] = weight
    return whole


def collect(rows: list[dict[int, float]]) -> Postings:
    return Postings.collect([weighed(row) for row in rows], COLUMNS)


MANY = st.lists(ROWS, min_size=COMMON + 4, max_size=COMMON + 24)
STEPS = 6 * 0.5 / 255
"""What rounding to 255 steps may cost a likeness of six features, none of them over 1."""
FEW = st.lists(ROWS, min_size=1, max_size=COMMON - 1)


@settings(max_examples=50)
@given(rows=MANY | FEW, asked=ROWS)
def test_a_question_is_compared_with_every_phrase(
    rows: list[dict[int, float]], asked: dict[int, float]
) -> None:
    found = collect(rows).compare(weighed(asked))
    np.testing.assert_allclose(found, dense(rows) @ dense([asked])[0], atol=STEPS)


@settings(max_examples=50)
@given(rows=MANY | FEW)
def test_comparing_all_at_once_is_comparing_one_by_one(rows: list[dict[int, float]]) -> None:
    postings, vectors = collect(rows), [weighed(row) for row in rows]
    told: list[tuple[int, int]] = []
    at_once = postings.compare_all(vectors, lambda done, of: told.append((done, of)))
    one_by_one = np.stack([postings.compare(vector) for vector in vectors])
    np.testing.assert_allclose(at_once, one_by_one, atol=2 * STEPS)
    assert told[-1] == (len(rows), len(rows))


def test_a_feature_of_many_phrases_is_kept_as_a_row_and_others_as_a_list() -> None:
    rows = [{0: 1.0} for _ in range(COMMON)] + [{1: 1.0}] + [{} for _ in range(COMMON)]
    postings = collect(rows)
    assert postings.phrases == len(rows)
    assert postings.place.tolist() == [0] + [-1] * (COLUMNS - 1)
    assert postings.rows.tolist() == [COMMON]


def test_no_phrases_and_no_features_are_compared_without_complaint() -> None:
    assert Postings.collect([], 0).compare(weighed({})).tolist() == []
