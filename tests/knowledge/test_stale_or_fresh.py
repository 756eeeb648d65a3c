"""What makes a calibration stale, and what does not."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from knowledge.teaching import basis
from tests.knowledge.small import BOARDS, BRUISES, GLOSSARY, NOT_COVERED, SOURCE, small_handbook


def basis_of(folder: Path, changed: Mapping[str, str] | None = None) -> str:
    return basis(small_handbook(folder, changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"intents/bruises.yaml": BRUISES.replace("  - who saw", "  - who else saw")},
        {"intents/bruises.yaml": BRUISES.replace("had school noticed", "school had noticed")},
        {"intents/boards.yaml": BOARDS.replace("[inv/3.1, inv/1.1]", "[inv/3.1]")},
        {"not-covered.yaml": NOT_COVERED.replace("is it a crime", "is that a crime")},
        {"not-covered.yaml": NOT_COVERED.replace("can we search", "may we search")},
        {"glossary.yaml": GLOSSARY.replace("health vis]", "h visitor]")},
    ],
    ids=["a way of asking", "a check", "a point", "not covered", "its check", "the glossary"],
)
def test_what_is_taught_and_what_judges_makes_a_calibration_stale(
    tmp_path: Path, changed: Mapping[str, str]
) -> None:
    assert basis_of(tmp_path, changed) != basis_of(tmp_path / "as-it-was")


@pytest.mark.parametrize(
    "changed",
    [
        {"intents/bruises.yaml": BRUISES.replace("The teachers had.", "Teachers had.")},
        {"sources/invented.yaml": SOURCE.replace("Teachers had seen", "Teachers saw")},
        {"not-covered.yaml": NOT_COVERED.replace("Ask the police.", "Ring the police.")},
        {"local.yaml": "partnership: Invented Vale\n"},
    ],
    ids=["a lead", "a unit's text", "where to turn", "the local way"],
)
def test_what_an_answer_says_leaves_a_calibration_fresh(
    tmp_path: Path, changed: Mapping[str, str]
) -> None:
    assert basis_of(tmp_path, changed) == basis_of(tmp_path / "as-it-was")
