"""The README's figures are those that the calibration found."""

import re
from pathlib import Path

import pytest

from knowledge.matching import confidence

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
ROWS = {
    "the right guidance is given": "right",
    "it is given or offered": "right_or_offered",
    "wrong guidance is given": "wrong",
    "not covered, and guidance is given": "not_covered_answered",
    "expected calibration error": "calibration_error",
}


@pytest.mark.parametrize("row", ROWS)
def test_a_figure_is_that_of_the_calibration(row: str) -> None:
    found = [confidence.load()[tier].measured[ROWS[row]] for tier in ("semantic", "lexical")]
    assert f"| {row} | {' | '.join(f'{100 * one:.1f} %' for one in found)} |" in README


def test_the_strict_figures_are_those_of_the_calibration() -> None:
    found = [confidence.load()[tier].strict_measured for tier in ("semantic", "lexical")]
    answered, wrong = (
        [f"{100 * one[key]:.1f} %" for one in found] for key in ("answered", "wrong")
    )
    told = re.sub(r"\s+", " ", README)
    assert f"{answered[0]} (without the encoder {answered[1]}) are answered outright" in told
    assert f"{wrong[0]} ({wrong[1]}) wrongly" in told


def test_it_says_how_many_questions_judge() -> None:
    for found in confidence.load().values():
        assert f"{found.measured['checks']:,.0f} questions" in README
        assert f"{found.measured['not_covered_checks']:,.0f} that the documents do not" in README
