"""What wordings would do to the content is seen before they are in it."""

from pathlib import Path
from shutil import copytree

import pytest

from knowledge.matching.index import NONE
from knowledge.opening import Knowledge, open_knowledge
from knowledge.quality.rehearsing import Addition, Held, try_out
from tests.knowledge.small import BOARDS, BRUISES, write

MARKS = Addition("were the bruises noticed: by anyone", "bruises")
CHECK = "questions the boards have"
"""A check of `boards` that arrives."""
NEAR = f"{CHECK} then"
BAG = Addition("can I open his rucksack", NONE, "lead")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    judged = f"{BOARDS}checks:\n  - {CHECK}\n"
    return write(tmp_path_factory.mktemp("content"), {"intents/boards.yaml": judged})


@pytest.fixture(scope="module")
def small(folder: Path) -> Knowledge:
    return open_knowledge([folder], None, None)


def test_a_wording_is_one_more_line_under_its_intent(folder: Path, small: Knowledge) -> None:
    trial = try_out((MARKS,), (folder,), small)
    (change,) = trial.changes
    line = '  - "were the bruises noticed: by anyone"\n'
    assert change.path == folder / "intents/bruises.yaml"
    assert change.before == BRUISES
    assert change.after == BRUISES.replace("checks:\n", f"{line}checks:\n")
    assert (trial.taken, trial.held) == ((MARKS,), ())


def test_what_is_not_covered_goes_to_its_route_and_nothing_is_written_by_trying(
    folder: Path, small: Knowledge
) -> None:
    before = {path: path.read_text() for path in folder.rglob("*.yaml")}
    police = Addition("is hitting a crime", NONE, "police")
    (change,) = try_out((BAG, police), (folder,), small).changes
    assert [line for line in change.diff.splitlines() if line[:2] in ("+ ", "- ")] == [
        "+      - can I open his rucksack",
        "+      - is hitting a crime",
    ]
    assert {path: path.read_text() for path in folder.rglob("*.yaml")} == before


def test_a_file_of_the_content_below_is_copied_into_the_folder_above(
    folder: Path, small: Knowledge, tmp_path: Path
) -> None:
    above = tmp_path / "above"
    above.mkdir()
    (change,) = try_out((MARKS,), (folder, above), small).changes
    assert change.path == above / "intents/bruises.yaml"
    assert change.before == (folder / "intents/bruises.yaml").read_text()
    assert MARKS.text in change.after


@pytest.mark.parametrize(
    ("addition", "why"),
    [
        (Addition("Who saw the bruises?", "boards"), "bruises has it already"),
        (Addition(CHECK, "bruises"), "it is a check of boards"),
        (Addition("hello", "bruises"), "hello has it already"),
        (Addition("☔", "bruises"), "it has no words"),
        (Addition("x", "gone"), "there is no intent gone any more"),
        (Addition("x", NONE, "gone"), "there is no route gone any more"),
    ],
)
def test_what_stands_there_already_or_has_nowhere_to_go_is_held_back(
    addition: Addition, why: str, folder: Path, small: Knowledge
) -> None:
    trial = try_out((addition, BAG), (folder,), small)
    assert (trial.taken, trial.held) == ((BAG,), (Held(addition, why),))


def test_the_same_wording_is_taken_once(folder: Path, small: Knowledge) -> None:
    again = Addition("Can I open his rucksack?", NONE, "police")
    trial = try_out((BAG, again), (folder,), small)
    assert (trial.taken, trial.held) == ((BAG,), (Held(again, "it was accepted twice"),))


def test_a_wording_that_would_take_another_intents_check_is_held_back(
    folder: Path, small: Knowledge
) -> None:
    thief = Addition(NEAR, "bruises")
    trial = try_out((BAG, thief), (folder,), small)
    why = f"bruises would win “{CHECK}”, a check of boards"
    assert (trial.taken, trial.held) == ((BAG,), (Held(thief, why),))


def test_a_wording_that_would_hide_a_check_among_what_is_not_covered_is_held_back(
    folder: Path, small: Knowledge
) -> None:
    hiding = Addition(NEAR, NONE, "lead")
    trial = try_out((hiding, MARKS), (folder,), small)
    why = f"“{CHECK}”, a check of boards, would not be answered"
    assert (trial.taken, trial.held) == ((MARKS,), (Held(hiding, why),))


def test_what_somebody_put_elsewhere_meanwhile_is_held_back(
    folder: Path, small: Knowledge, tmp_path: Path
) -> None:
    changed = Path(copytree(folder, tmp_path / "changed"))
    boards = changed / "intents/boards.yaml"
    boards.write_text(boards.read_text().replace("asked:\n", f"asked:\n  - {NEAR}\n"))
    thief = Addition(NEAR, "bruises")
    trial = try_out((thief,), (changed,), small)
    assert trial.held == (Held(thief, f"the way of asking '{NEAR}' stands twice"),)


def test_nothing_accepted_changes_nothing(folder: Path, small: Knowledge) -> None:
    trial = try_out((), (folder,), small)
    assert (trial.changes, trial.taken, trial.held) == ((), (), ())
