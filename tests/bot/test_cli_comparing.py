"""`overmatch`: what an intent takes from others, as a maintainer reads it."""

import json

import pytest

from tests.bot.terminals import Alone, Here, call
from tests.knowledge.small import BOARDS, write

CHECK, LINE = "did any teacher notice the marks", "did any teacher notice marks"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Alone:
    """Content in which one check comes to the wrong intent."""
    tmp_path = tmp_path_factory.mktemp("stealing")
    boards = BOARDS.replace(", inv/1.1", "") + f"checks:\n  - {CHECK}\n"
    folder = write(tmp_path / "content", {"intents/boards.yaml": boards})
    return Alone(knowledge_dirs=(folder,), cache_dir=tmp_path / "cache", semantic_model="off")


def test_a_thief_is_told_with_the_check_its_owner_and_the_line(settings: Alone) -> None:
    said = call(settings, "overmatch")
    heading, check, line, *_, last = said.out.splitlines()
    assert heading.startswith("bruises steals 1; answered outright: ")
    assert check.endswith(f"  {CHECK}")
    assert line.endswith(f"it is of boards; drawn by: {LINE}")
    assert last.startswith("1 check is stolen; ")
    assert (said.err, said.code) == ("", 0)


def test_a_program_gets_the_same(settings: Alone) -> None:
    (row,) = json.loads(call(settings, "overmatch", "--json").out)
    assert row == {
        "check": CHECK,
        "owner": "boards",
        "thief": "bruises",
        "confidence": row["confidence"],
        "line": LINE,
        "answered": row["answered"],
    }


@pytest.mark.parametrize(("intent", "count"), [("bruises", 1), ("boards", 1)])
def test_an_intent_that_is_named_is_told_of_what_it_steals_and_loses(
    settings: Alone, intent: str, count: int
) -> None:
    assert len(json.loads(call(settings, "overmatch", intent, "--json").out)) == count


def test_all_intents_that_there_are_not_are_told_in_one_line(here: Here) -> None:
    said = here.types("overmatch", "missed-apointments", "fathers-marginalized")
    assert (said.out, said.code, len(said.err.splitlines())) == ("", 2, 1)
    assert said.err.startswith(
        "There is no intent 'missed-apointments'; close to it: missed-appointments, "
    )
    assert "There is no intent 'fathers-marginalized'" in said.err


@pytest.mark.parametrize("command", ["overmatch", "test"])
def test_a_draft_is_told_to_be_one(here_small: Here, command: str) -> None:
    own = here_small.home / "own"
    own.mkdir()
    words = ["new", "intent", "gran", "--draft", "--title", "Gran?", "--lead", "She was heard."]
    words += ["--cites", "inv/1.1", "--asked", "zzyzx gran", "--folder", str(own)]
    assert here_small.types(*words).code == 0
    said = here_small.types(command, "gran", environ={"KNOWLEDGE_DIRS": str(own)})
    assert (said.out, said.code, len(said.err.splitlines())) == ("", 2, 1)
    assert said.err.startswith("'gran' is a draft")
