"""What is wrong with a file is told before it is written."""

import os
from pathlib import Path

import pytest

from knowledge.places import BUILT_IN
from knowledge.problems import Problem
from knowledge.quality.soundness.trying import try_file
from tests.knowledge.small import FILES, SOURCE, write

GRAN = """\
title: What of gran?
lead: She was heard.
cites: [inv/1.1]
asked: [what of gran, grandmother, nan, did anyone ask nan, does gran count]
checks: [my nan, and her gran]
"""
BEGINNING = [("warning", "only 5 ways of asking"), ("warning", "only 2 checks")]


def tried(folder: Path, text: str = GRAN, id: str = "gran") -> tuple[Problem, ...]:
    """The problems of an intent that is to be put into a folder beside the small content."""
    return try_file("intents", id, text, folder / "own", [write(folder / "content")])


def test_of_a_sound_intent_it_is_told_what_check_will_warn_of(tmp_path: Path) -> None:
    assert [(p.severity, p.problem) for p in tried(tmp_path)] == BEGINNING
    assert {p.file for p in tried(tmp_path)} == {str(tmp_path / "own" / "intents" / "gran.yaml")}


@pytest.mark.parametrize("built_in", [BUILT_IN, Path(os.path.relpath(BUILT_IN))])
def test_the_built_in_content_takes_none_with_so_little(tmp_path: Path, built_in: Path) -> None:
    found = try_file("intents", "gran", GRAN, built_in, [write(tmp_path)])
    assert [(p.severity, p.problem, p.mend) for p in found] == [
        ("error", "only 5 ways of asking", "write at least 20"),
        ("error", "only 2 checks", "write at least 6"),
    ]


def test_trying_writes_nothing(tmp_path: Path) -> None:
    tried(tmp_path)
    found = {str(p.relative_to(tmp_path / "content")) for p in tmp_path.rglob("*.yaml")}
    assert found == set(FILES)


def test_faults_that_keep_content_from_loading_are_told_together(tmp_path: Path) -> None:
    text = GRAN.replace("inv/1.1", "inv/1.9").replace("[what of gran", "[Who saw the BRUISES?")
    told = [(p.problem, p.mend) for p in tried(tmp_path, text, "Gran")]
    bruises = tmp_path / "content" / "intents" / "bruises.yaml"
    assert told == [
        ("'Gran' is no id", "use a-z, 0-9 and -, 40 at most"),
        ("there is no unit 'inv/1.9'", "did you mean 'inv/1.1'?"),
        (
            "the way of asking 'who saw the bruises' stands twice",
            f"it is also in {bruises}:6; delete one",
        ),
    ]


def test_faults_of_the_whole_are_told_of_the_new_file_alone(tmp_path: Path) -> None:
    text = GRAN.replace("She was heard.", "She must be heard.").replace(
        "nan,", "what shuld boards ask,"
    )
    told = [p.problem for p in tried(tmp_path, text)]
    boards = tmp_path / "content" / "intents" / "boards.yaml"
    assert sorted(told) == [
        "'must' is kept for law: 'She must be heard.'",
        "'what shuld boards ask' (intent gran) and 'what should boards ask' "
        f"(intent boards, {boards}:5) differ in one letter",
        "only 2 checks",
        "only 5 ways of asking",
    ]


def test_an_id_that_there_is_is_refused(tmp_path: Path) -> None:
    there = tmp_path / "content" / "intents" / "boards.yaml"
    first, *_ = tried(tmp_path, GRAN, "boards")
    assert (first.problem, first.mend) == (
        f"there is 'boards' already: {there}",
        "change that file, or choose another id",
    )


def test_a_report_may_have_a_unit_that_nobody_cites_yet(tmp_path: Path) -> None:
    text = SOURCE.replace("inv", "new")
    folders = [write(tmp_path / "content")]
    assert try_file("sources", "new-one", text, tmp_path / "own", folders) == ()


def test_of_an_id_that_is_none_no_other_file_is_named(tmp_path: Path) -> None:
    told = tried(tmp_path, id="What of gran")
    assert {p.file for p in told} == {
        "",
        str(tmp_path / "own" / "intents" / "What of gran.yaml"),
    }
