"""Whose checks another intent wins, and by which line."""

from pathlib import Path

import pytest

from knowledge.matching.index import NONE
from knowledge.opening import open_knowledge
from knowledge.quality.overmatch import Theft, overmatch, worst_first
from tests.knowledge.small import BOARDS, BRUISES, NOT_COVERED, write

LINE = "did any teacher notice marks"
FROM_BOARDS = "did any teacher notice the marks"
FROM_OUTSIDE = "Did any teacher notice marks?"
SHARED = "did teachers notice marks"
"""A check of an intent whose main point the thief's answer shows too."""
TEACHERS = BRUISES.replace("who saw the bruises", "what had the teachers seen").replace(
    LINE, "what was seen in the classroom"
)


def with_checks(text: str, *checks: str) -> str:
    """An intent that is judged by these."""
    listed = "".join(f"  - {check}\n" for check in checks)
    return f"{text.partition('checks:')[0]}checks:\n{listed}"


@pytest.fixture(scope="module")
def thefts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Theft, ...]:
    """What is stolen in a content in which `bruises` draws the checks of all others."""
    files = {
        "intents/bruises.yaml": with_checks(BRUISES, "who saw bruises"),
        "intents/boards.yaml": with_checks(
            BOARDS.replace(", inv/1.1", ""), FROM_BOARDS, "what boards should ask"
        ),
        "intents/teachers.yaml": with_checks(TEACHERS, SHARED),
        "not-covered.yaml": NOT_COVERED.replace("can we search a pupil", FROM_OUTSIDE),
    }
    folder: Path = write(tmp_path_factory.mktemp("content"), files)
    return overmatch(open_knowledge((folder,), None, None))


def test_a_check_that_another_intent_wins_is_told_with_the_line_that_draws_it(
    thefts: tuple[Theft, ...],
) -> None:
    (theft,) = (theft for theft in thefts if theft.owner == "boards")
    assert theft == Theft(FROM_BOARDS, "boards", "bruises", theft.confidence, LINE, theft.answered)
    assert 0 <= theft.confidence <= 1


def test_a_question_that_is_not_covered_is_stolen_where_it_is_answered(
    thefts: tuple[Theft, ...],
) -> None:
    (theft,) = (theft for theft in thefts if theft.owner == NONE)
    assert (theft.check, theft.thief, theft.answered) == (FROM_OUTSIDE, "bruises", True)


def test_an_intent_whose_answer_shows_the_same_main_point_steals_nothing(
    thefts: tuple[Theft, ...],
) -> None:
    assert {theft.owner for theft in thefts} == {"boards", NONE}


def test_who_gives_the_most_wrong_answers_comes_first_and_of_each_the_surest() -> None:
    mild, worse = (Theft("a", "x", "mild", sure, "", False) for sure in (0.9, 0.4))
    unsure, sure = (Theft("b", "x", "wrong", sure, "", True) for sure in (0.6, 0.8))
    assert worst_first((worse, unsure, mild, sure)) == (sure, unsure, mild, worse)
