"""How sure a ranking is becomes a probability, and is kept and read back."""

from dataclasses import asdict, replace
from math import exp
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.confidence import (
    NAME,
    Calibration,
    Logistic,
    find,
    kept,
    load,
    names,
    save,
)
from knowledge.matching.ranking import Signals

SIGNALS = Signals(top=0.5, lead=0.25, three=1.0, none=0.0, likeness=0.75, known=1.0, length=2.0)
EVEN = Logistic(0.0, dict.fromkeys(names(), 0.0))
NUMBERS = st.floats(-1e6, 1e6)


def test_signals_that_weigh_nothing_leave_it_even() -> None:
    assert EVEN(SIGNALS) == 0.5


def test_a_signal_counts_by_its_weight() -> None:
    logistic = replace(EVEN, bias=-1.0, weights={"top": 4.0, "lead": -2.0})
    assert logistic(SIGNALS) == pytest.approx(1 / (1 + exp(1.0 - 2.0 + 0.5)))


@given(bias=NUMBERS, weight=NUMBERS, signal=NUMBERS)
def test_whatever_the_signals_it_is_a_probability(
    bias: float, weight: float, signal: float
) -> None:
    assert 0 < Logistic(bias, {"top": weight})(replace(SIGNALS, top=signal)) < 1


@given(one=st.floats(-20, 20), other=st.floats(-20, 20))
def test_the_stronger_the_signal_the_surer(one: float, other: float) -> None:
    logistic = Logistic(0.0, {"top": 1.0})
    weak, strong = sorted((one, other))
    assert logistic(replace(SIGNALS, top=weak)) <= logistic(replace(SIGNALS, top=strong))


def test_the_names_are_those_of_the_signals_in_order() -> None:
    assert list(names()) == list(asdict(SIGNALS))


def fitted_on(basis: str, bias: float = 0.0) -> Calibration:
    """A calibration, told from others by its bias."""
    usual, strict = {"wrong": 0.05}, {"wrong": 0.01}
    covered = replace(EVEN, bias=bias)
    return Calibration(EVEN, covered, 0.6, 0.4, {"danger": 0.3}, basis, usual, 0.9, strict)


def test_what_was_kept_is_read_back(tmp_path: Path) -> None:
    by_tier = {"semantic": fitted_on("digest", 1.0), "lexical": fitted_on("digest", -1.0)}
    save(by_tier, tmp_path / NAME)
    assert load(tmp_path / NAME) == kept(tmp_path) == by_tier


def test_the_calibration_that_fits_is_found_in_the_cache(tmp_path: Path) -> None:
    save({"lexical": fitted_on("of ours")}, tmp_path / NAME)
    assert find("lexical", "of ours", tmp_path) == fitted_on("of ours")


@pytest.mark.parametrize("basis", ["of others", load()["lexical"].basis])
def test_where_none_fits_better_the_projects_own_is_taken(tmp_path: Path, basis: str) -> None:
    save({"lexical": fitted_on("of ours")}, tmp_path / NAME)
    assert find("lexical", basis, tmp_path) == find("lexical", basis, None) == load()["lexical"]


def test_a_damaged_calibration_in_the_cache_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('{"lexical": {"right": 1}}', encoding="utf-8")
    assert find("lexical", "of ours", tmp_path) == load()["lexical"]


def test_both_tiers_are_calibrated_on_every_signal() -> None:
    calibrations = load()
    assert set(calibrations) == {"lexical", "semantic"}
    for calibration in calibrations.values():
        assert set(calibration.right.weights) == set(calibration.covered.weights) == set(names())
        assert 0 < calibration.offer_at < 1
        assert 0 < calibration.answer_at < calibration.strict_at < 1
