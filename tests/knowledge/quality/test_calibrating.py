"""A probability that is fitted is the one that was there, and an honest forecaster is told so."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from knowledge.handbook import Handbook
from knowledge.matching.building import build
from knowledge.matching.confidence import names
from knowledge.matching.reading import Glossary
from knowledge.quality.calibrating.calibrate import calibrate, ways_right
from knowledge.quality.calibrating.coverage import Sample, judge
from knowledge.quality.calibrating.fitting import calibration_error, cross_validate, fit_logistic
from knowledge.quality.owners import arrives_at
from knowledge.teaching import phrases
from tests.knowledge.small import BOARDS, BRUISES, small_handbook

Floats = NDArray[np.float64]
SLOPES = np.array([2.0, -1.0, 0.5, 0.0, 1.5, -0.5, 0.0])
BIAS = -0.7
ALARMS = {"danger": 0.3, "polarity": 0.25}


def forecast(signals: Floats) -> Floats:
    """What the known model gives."""
    return np.asarray(1 / (1 + np.exp(-(BIAS + signals @ SLOPES))))


def draw(size: int, seed: int = 1) -> tuple[Floats, NDArray[np.bool_]]:
    """Signals, and outcomes that come true as often as the known model says."""
    random = np.random.default_rng(seed)
    signals = random.normal(size=(size, len(names())))
    return signals, random.random(size) < forecast(signals)


def test_a_known_model_is_recovered() -> None:
    signals, outcome = draw(40_000)
    fitted = fit_logistic(signals, outcome, np.ones(len(outcome)))
    assert fitted.bias == pytest.approx(BIAS, abs=0.06)
    assert [fitted.weights[name] for name in names()] == pytest.approx(SLOPES.tolist(), abs=0.06)


def test_what_weighs_double_counts_as_if_it_were_there_twice() -> None:
    signals, outcome = draw(300)
    twice = np.concatenate([np.arange(300), np.arange(100)])
    weight = np.where(np.arange(300) < 100, 2.0, 1.0)
    once = fit_logistic(signals, outcome, weight)
    doubled = fit_logistic(signals[twice], outcome[twice], np.ones(400))
    # the spread, and so the little ridge, is not quite the same
    assert once.bias == pytest.approx(doubled.bias, abs=0.02)
    assert list(once.weights.values()) == pytest.approx(list(doubled.weights.values()), abs=0.02)


def test_a_signal_that_never_changes_and_outcomes_that_can_be_told_apart_are_no_trouble() -> None:
    signals, _ = draw(200)
    signals[:, 3] = 1.0
    outcome = signals[:, 0] > 0
    fitted = fit_logistic(signals, outcome, np.ones(200))
    assert np.isfinite([fitted.bias, *fitted.weights.values()]).all()
    assert fitted.weights["top"] == max(fitted.weights.values())


def test_each_probability_comes_from_a_fit_that_has_not_seen_the_outcome() -> None:
    signals, outcome = draw(60)
    before = cross_validate(signals, outcome, np.ones(60))
    for row in (0, 17, 59):
        changed = outcome.copy()
        changed[row] = not changed[row]
        after = cross_validate(signals, changed, np.ones(60))
        assert after[row] == before[row]
        assert (after != before).any()


def test_a_perfect_forecaster_has_hardly_any_error() -> None:
    signals, outcome = draw(20_000)
    assert calibration_error(forecast(signals), outcome) < 0.02


def test_a_forecaster_who_is_always_sure_has_the_error_of_being_wrong() -> None:
    outcome = np.arange(1000) % 4 == 0
    assert calibration_error(np.ones(1000), outcome) == pytest.approx(0.75)


def test_a_forecaster_who_says_the_opposite_has_a_large_error() -> None:
    signals, outcome = draw(20_000)
    assert calibration_error(1 - forecast(signals), outcome) > 0.3


@settings(max_examples=30)
@given(outcome=st.lists(st.booleans(), min_size=20, max_size=60))
def test_one_who_knows_the_outcome_has_no_error(outcome: list[bool]) -> None:
    known = np.array(outcome)
    assert calibration_error(known.astype(float), known) == 0


def test_a_few_forecasts_are_judged_each_by_itself() -> None:
    assert calibration_error(np.array([0.5, 1.0]), np.array([True, True])) == pytest.approx(0.25)


def sample(size: int = 4000) -> Sample:
    """A matcher that is as sure as it should be, on covered questions and on others."""
    signals, first = draw(size)
    covered = first | (np.arange(size) % 5 > 0)
    signals[:, 6] = np.where(covered, 1.0, -1.0)
    return Sample(signals, covered, first, first | (np.arange(size) % 3 > 0))


def test_thresholds_keep_to_their_limits_and_say_what_they_give() -> None:
    found = calibrate("digest", judge(sample()), ALARMS, 0.75)
    assert (found.basis, found.alarms) == ("digest", ALARMS)
    assert found.measured["wrong"] <= 0.065
    assert found.measured["not_covered_answered"] <= 0.04
    assert found.measured["calibration_error"] < 0.05
    assert found.measured["right"] <= found.measured["right_or_offered"]
    assert found.measured["checks"] + found.measured["not_covered_checks"] == 4000
    assert found.measured["ways_first"] == 0.75


def test_strict_caution_gives_one_wrong_answer_in_a_hundred_and_asks_back_more() -> None:
    found = calibrate("digest", judge(sample()), ALARMS, 0.75)
    assert found.strict_at > found.answer_at
    assert found.strict_measured["wrong"] <= 0.01
    assert found.strict_measured["not_covered_answered"] <= 0.01
    assert 0 < found.strict_measured["answered"] < found.measured["answered"]


def test_where_no_threshold_is_good_enough_nothing_is_answered_unless_it_is_certain() -> None:
    always_wrong = replace(sample(500), first=np.zeros(500, bool), offered=np.ones(500, bool))
    misleading = replace(judge(sample(500)), sample=always_wrong, right=np.ones(500))
    assert calibrate("digest", misleading, ALARMS, 0.5).answer_at == 1.0


def test_the_higher_the_threshold_the_fewer_are_answered_and_the_more_of_them_rightly() -> None:
    judged = judge(sample())
    worths = [judged.worth(threshold, 0.2) for threshold in (0.2, 0.5, 0.8)]
    assert worths == sorted(worths, key=lambda worth: -worth.answered)
    assert worths == sorted(worths, key=lambda worth: worth.precision)
    for worth in worths:
        assert worth.right + worth.wrong == pytest.approx(worth.answered)


def test_calibrating_twice_gives_the_same() -> None:
    first, again = (calibrate("digest", judge(sample(500)), ALARMS, 0.5) for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    ("last", "all_right"), [("who saw the bruise", True), ("what the boards should ask", False)]
)
def test_a_way_of_asking_is_judged_by_the_others_alone(
    tmp_path: Path, last: str, all_right: bool
) -> None:
    files = {
        "intents/bruises.yaml": BRUISES.replace("did any teacher notice marks", last),
        "intents/boards.yaml": BOARDS.replace("questions for the board", "what do boards ask"),
    }
    handbook = small_handbook(tmp_path, files)
    built = build(phrases(handbook), Glossary(handbook.glossary), None)
    assert (ways_right(handbook, built) == 1) == all_right


def test_a_check_arrives_where_its_main_point_is_shown(handbook: Handbook) -> None:
    for intent in handbook.intents:
        for arrived in arrives_at(handbook, intent.id):
            shown = handbook.points(handbook.intent(arrived))
            assert arrived == intent.id or intent.cites[0] in [unit.id for unit in shown[:2]]
