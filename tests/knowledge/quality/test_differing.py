"""What another content answers otherwise, and whether that is better."""

from pathlib import Path

import pytest

from knowledge.matching.index import NONE
from knowledge.opening import Knowledge, open_knowledge
from knowledge.quality.differing import (
    Asked,
    Band,
    Difference,
    Outcome,
    Verdict,
    checks_of_either,
    differences,
    reworded,
)
from tests.knowledge.small import BOARDS, BRUISES, NOT_COVERED, write

TAUGHT, ELSEWHERE = "who saw the bruises", "what should boards ask"
GUIDANCE = Outcome(Band.GUIDANCE, ("bruises",), ("inv/1.1", "inv/2.1"))
UNKNOWN = Outcome(Band.NOT_COVERED, (), ())


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> tuple[Knowledge, Knowledge]:
    """A content, and another in which a way of asking is called not covered."""
    old, new = (tmp_path_factory.mktemp(side) for side in ("old", "new"))
    files = {
        "intents/bruises.yaml": BRUISES.replace(f"  - {TAUGHT}\n", "").replace(
            "had school noticed", "had any teacher noticed"
        ),
        "intents/boards.yaml": BOARDS.replace("They should ask", "Boards should ask"),
        "not-covered.yaml": NOT_COVERED.replace("is it a crime", TAUGHT),
    }

    def opened(folder: Path) -> Knowledge:
        return open_knowledge((folder,), None, None)

    return opened(write(old)), opened(write(new, files))


@pytest.mark.parametrize(
    ("owner", "verdict"),
    [("bruises", Verdict.WORSE), (NONE, Verdict.BETTER), (None, Verdict.OTHER)],
)
def test_a_change_is_better_or_worse_as_the_owner_of_the_question_says(
    sides: tuple[Knowledge, Knowledge], owner: str | None, verdict: Verdict
) -> None:
    asked = Asked(TAUGHT, owner, "check")
    assert differences((asked,), *sides) == (Difference(asked, GUIDANCE, UNKNOWN, verdict),)


def test_what_is_answered_as_before_is_not_told(sides: tuple[Knowledge, Knowledge]) -> None:
    assert differences((Asked(ELSEWHERE, "boards", "check"),), *sides) == ()


def test_the_worse_come_first(sides: tuple[Knowledge, Knowledge]) -> None:
    asked = [Asked(TAUGHT, owner, "check") for owner in (None, NONE, "bruises")]
    found = [difference.verdict for difference in differences(asked, *sides)]
    assert found == [Verdict.WORSE, Verdict.BETTER, Verdict.OTHER]


def test_checks_of_either_side_are_asked_once(sides: tuple[Knowledge, Knowledge]) -> None:
    old, new = sides
    assert set(checks_of_either(old.handbook, new.handbook)) == {
        Asked("had school noticed", "bruises", "check"),
        Asked("had any teacher noticed", "bruises", "check"),
        Asked("can we search a pupil", NONE, "check"),
    }


def test_an_answer_that_reads_otherwise_is_named(sides: tuple[Knowledge, Knowledge]) -> None:
    old, new = sides
    assert reworded(old.handbook, new.handbook) == ("boards",)


def test_another_order_of_what_is_offered_is_no_change() -> None:
    one, other = (Outcome(Band.CHOICE, intents, ()) for intents in (("a", "b"), ("b", "a")))
    assert not one.differs(other)
    assert one.differs(Outcome(Band.CHOICE, ("a", "c"), ()))
