"""`diff`: what a maintainer reads before a change of the content goes live."""

import json
from contextlib import closing
from pathlib import Path

import click
import pytest

from bot.records.entries import Act, Unanswered
from bot.records.opening import open_pseudonyms, open_store
from tests.bot.terminals import Alone, Here, Said, call
from tests.knowledge.small import BRUISES, NOT_COVERED, write

LOST = "who saw the bruises"
GUIDANCE = {"band": "guidance", "intents": ["bruises"], "cites": ["inv/1.1", "inv/2.1"]}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the folders `old` and `new` are: in the new one a check of `bruises` is lost."""
    home = tmp_path_factory.mktemp("two")
    judged = BRUISES.replace("had school noticed", LOST)
    changed = judged.replace(f"asked:\n  - {LOST}", "asked:\n  - who saw the marks first")
    write(home / "old", {"intents/bruises.yaml": judged})
    write(
        home / "new",
        {
            "intents/bruises.yaml": changed,
            "not-covered.yaml": NOT_COVERED.replace("is it a crime", f"{LOST} and cuts"),
        },
    )
    return home


@pytest.fixture
def settings(home: Path, tmp_path: Path) -> Alone:
    return Alone(
        cache_dir=home / "cache", semantic_model="off", database=tmp_path / "records.sqlite"
    )


def diff(home: Path, settings: Alone, *words: str) -> Said:
    """Compare the old content with the new."""
    return call(settings, "diff", str(home / "old"), str(home / "new"), *words)


def test_a_check_that_changes_is_told_with_what_it_was_and_whether_it_is_worse(
    home: Path, settings: Alone
) -> None:
    said = diff(home, settings, "--json")
    told = json.loads(said.out)
    (change,) = told["changes"]
    assert change == {
        "question": LOST,
        "from": "check",
        "owner": "bruises",
        "verdict": "worse",
        "before": GUIDANCE,
        "after": change["after"],
    }
    assert change["after"] != GUIDANCE
    assert told["counts"] == {"asked": 2, "worse": 1, "better": 0, "other": 0}
    assert (told["reworded"], said.code) == ([], 0)


def test_the_same_as_a_table_with_the_counts_at_the_end(home: Path, settings: Alone) -> None:
    head, row, *_, last, move = diff(home, settings).out.splitlines()
    assert head.split() == ["it", "is", "question", "from", "of", "before", "after"]
    assert row.startswith(f"worse  {LOST}  check  bruises  guidance: bruises")
    assert last == "1 of 2 questions change: 1 worse, 0 better, 0 other."
    assert move.startswith("- guidance to ")


def test_for_a_review_it_is_markdown(home: Path, settings: Alone) -> None:
    head, rule, row, *_ = diff(home, settings, "--markdown").out.splitlines()
    assert head == "| it is | question | from | of | before | after |"
    assert rule == "| --- | --- | --- | --- | --- | --- |"
    assert row.startswith(f"| worse | {LOST} | check | bruises | guidance: bruises")


def test_a_content_and_itself_differ_in_nothing(home: Path, settings: Alone) -> None:
    old = str(home / "old")
    said = call(settings, "diff", old, old)
    assert said.out == "0 of 2 questions change: 0 worse, 0 better, 0 other.\n"


def test_questions_of_a_file_are_asked_too(home: Path, settings: Alone, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("text,intent\nwho saw the bruises now,oos\n", encoding="utf-8")
    told = json.loads(diff(home, settings, "--questions", str(file), "--json").out)
    assert told["counts"]["asked"] == 3


def test_what_people_asked_is_asked_too_but_not_where_it_names_somebody(
    home: Path, settings: Alone
) -> None:
    open_pseudonyms(settings)
    with closing(open_store(settings)) as store:
        for id, text in enumerate(
            (f"{LOST} [today]", "who saw [name]", "ring 07700 900123 ok", "")
        ):
            store.put(Unanswered(str(id), "2026-03-02", "p", "sent_in", "", text, "c"))
    told = json.loads(diff(home, settings, "--json").out)
    assert told["counts"]["asked"] == 3
    with closing(open_store(settings)) as store:
        assert [act.did for act in store.find(Act)] == ["read wordings"]


def test_a_folder_without_content_is_told_in_one_line(
    home: Path, settings: Alone, tmp_path: Path
) -> None:
    with pytest.raises(click.UsageError, match="has no content: name a folder like"):
        call(settings, "diff", str(home / "old"), str(tmp_path))


def test_unsound_content_is_told_with_its_problems(here: Here, home: Path) -> None:
    broken = write(here.home / "broken", {"intents/bruises.yaml": "title: what: now\n"})
    said = here.types("diff", str(home / "old"), str(broken))
    assert (said.out, said.code) == ("", 1)
    assert all("bruises.yaml:" in line for line in said.err.splitlines())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["no-such", "."], "Invalid value for 'OLD': Directory 'no-such' does not exist."),
        (["."], "Missing argument 'NEW'."),
        ([".", ".", "--json", "--markdown"], "Give either --json or --markdown."),
        ([".", ".", "--tier", "semantic"], "There is no sentence encoder: "),
    ],
    ids=str,
)
def test_words_that_are_off_are_told_in_one_line(here: Here, words: list[str], told: str) -> None:
    said = here.types("diff", *words)
    assert said.err.startswith(told)
    assert (said.out, said.code, len(said.err.splitlines())) == ("", 2, 1)
