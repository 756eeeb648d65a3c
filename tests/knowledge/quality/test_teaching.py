"""A maintainer is told where an intent learns too little, or is judged by too little."""

from pathlib import Path

import pytest

from knowledge.loading import examine
from knowledge.places import BUILT_IN, placed
from knowledge.problems import Problem
from knowledge.quality.soundness.check import check
from knowledge.quality.soundness.lines import Places
from knowledge.quality.soundness.teaching import judge_teaching
from tests.knowledge.small import BOARDS, SOURCE, write

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def boards(asked: int, checks: int, first: str = "") -> str:
    """The intent of the boards with so many ways of asking and checks."""
    top = BOARDS[: BOARDS.index("asked:")]
    ways = "".join(f"  - what of {letter * 9}\n" for letter in LETTERS[:asked])
    judging = "".join(f"  - and what of {letter * 8}\n" for letter in LETTERS[:checks])
    return f"{first}{top}asked:\n{ways}" + (f"checks:\n{judging}" if checks else "")


def told(folder: Path, text: str) -> list[tuple[int, str, str, str]]:
    """Line, severity, problem and mend of what is wrong with the intent of the boards."""
    _, found = check([write(folder, {"intents/boards.yaml": text})], None, ())
    return [(p.line, p.severity, p.problem, p.mend) for p in found if "boards.yaml" in p.file]


def test_an_intent_of_ones_own_may_begin_small_and_is_told_to_grow(tmp_path: Path) -> None:
    assert told(tmp_path, boards(5, 2)) == [
        (4, "warning", "only 5 ways of asking", "write at least 20"),
        (10, "warning", "only 2 checks", "write at least 6"),
    ]


def test_with_fewer_it_may_not_begin(tmp_path: Path) -> None:
    assert told(tmp_path, boards(4, 1)) == [
        (4, "error", "only 4 ways of asking", "write at least 5"),
        (9, "error", "only 1 check", "write at least 2"),
    ]


def test_a_draft_may_have_next_to_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, boards(1, 0, "draft: true\n")) == [
        (0, "warning", "only 0 checks", "write at least 6"),
        (5, "warning", "only 1 way of asking", "write at least 20"),
    ]


def test_with_enough_nothing_is_said(tmp_path: Path) -> None:
    assert told(tmp_path, boards(20, 6)) == []


def test_of_a_built_in_intent_more_is_asked(tmp_path: Path) -> None:
    folder = write(tmp_path, {"intents/boards.yaml": boards(5, 2)})
    handbook, _ = examine([folder])
    read_from = placed([folder])
    built_in = Places({place: BUILT_IN / place for place in read_from}, read_from)
    found = [p for p in judge_teaching(handbook, built_in) if "boards" in p.file]
    assert [(p.severity, p.problem, p.mend) for p in found] == [
        ("error", "only 5 ways of asking", "write at least 20"),
        ("error", "only 2 checks", "write at least 6"),
    ]


def test_a_check_that_is_taught_judges_nothing(tmp_path: Path) -> None:
    text = f"{boards(20, 6)}  - What of {'b' * 9}?\n"
    mend = "it is taught by boards: change one of the two"
    assert told(tmp_path, text) == [
        (32, "error", f"the check 'What of {'b' * 9}?' judges nothing", mend)
    ]


def test_a_check_that_stands_twice_is_told_where_it_stands_again(tmp_path: Path) -> None:
    text = f'{boards(20, 6)}  - "and what of, \\"{"c" * 8}\\""\n'
    assert told(tmp_path, text) == [
        (
            32,
            "warning",
            f"the check 'and what of, \"{'c' * 8}\"' stands twice",
            "delete one of the two",
        )
    ]


@pytest.mark.parametrize("name", ["glossary", "not-covered", "invented"])
def test_an_intent_may_be_called_as_any_other_file(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path, {f"intents/{name}.yaml": boards(4, 2)})
    _, found = check([folder], None, ())
    assert [(p.file, p.line) for p in found if "only 4" in p.problem] == [
        (str(folder / "intents" / f"{name}.yaml"), 4)
    ]


def test_a_unit_that_only_a_draft_cites_reaches_nobody(tmp_path: Path) -> None:
    draft = boards(20, 6, "draft: true\n")
    _, found = check([write(tmp_path, {"intents/boards.yaml": draft})], None, ())
    mend = "add its id to the `cites` of an intent"
    assert [(p.line, p.problem, p.mend) for p in found if "/sources/" in p.file] == [
        (28, "no intent cites inv/2.1", mend),
        (
            37,
            "no intent cites inv/3.1",
            f"finish 'boards', which cites it and is a draft, or {mend}",
        ),
    ]


def test_a_draft_that_takes_the_place_of_an_intent_is_told(tmp_path: Path) -> None:
    content = write(tmp_path / "content", {"sources/invented.yaml": SOURCE})
    own = tmp_path / "own"
    (own / "intents").mkdir(parents=True)
    (own / "intents" / "boards.yaml").write_text(boards(20, 6, "draft: true\n"))
    _, found = check([content, own], None, ())
    assert [p for p in found if p.file.startswith(str(own))] == [
        Problem(
            str(own / "intents" / "boards.yaml"),
            0,
            f"this draft takes the place of {content / 'intents' / 'boards.yaml'}: "
            "neither is answered",
            "give it another name until it is finished",
            "warning",
        )
    ]
