"""A maintainer takes the content out of its files, and puts in what came back."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.bot.terminals import Here, Said, Terminal

OWN = """\
# of our own
title: Does weighing matter here?
lead: Yes, it does.
cites: [inv/1.1]
asked:
  - do our nurses weigh
  - weighing with us
checks:
  - are ours weighed
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of one's own with one intent, laid over a small content."""
    path = tmp_path / "own" / "intents" / "our-weighing.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(OWN, encoding="utf-8")
    return path


def typed(here: Here, own: Path, *words: str) -> Said:
    """A command, with one's own folder laid over a small content."""
    return here.types(*words, environ={"KNOWLEDGE_DIRS": str(own.parent.parent)})


def test_what_a_spreadsheet_would_change_is_shown_and_not_yet_written(
    here_small: Here, own: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "own.xlsx"
    said = typed(here_small, own, "export", "--sheet", str(sheet))
    assert said == Said(f"Written: {sheet}\n1 intent, 2 ways of asking.\n", "", 0)
    book = load_workbook(sheet)
    book["ways"]["B3"] = "weighing: with us?"
    book.save(sheet)
    shown = typed(here_small, own, "import", "--sheet", str(sheet))
    assert (shown.err, shown.code) == ("", 0)
    assert (
        shown.out
        == f"""\
--- {own}
+++ {own}
@@ -4,6 +4,6 @@
 cites: [inv/1.1]
 asked:
   - do our nurses weigh
-  - weighing with us
+  - "weighing: with us?"
 checks:
   - are ours weighed

our-weighing: ways of asking: 1 changed
Nothing is written. To write it, add --write.
"""
    )
    assert own.read_text(encoding="utf-8") == OWN


def test_questions_come_in_from_a_table_and_go_out_to_rasa(
    here_small: Here, own: Path, tmp_path: Path
) -> None:
    table, nlu = tmp_path / "more.csv", tmp_path / "nlu.yml"
    table.write_text("text,intent\nweighed lately,our-weighing\n", encoding="utf-8")
    said = typed(here_small, own, "import", "--csv", str(table), "--write")
    assert (said.err, said.code) == ("", 0)
    assert said.out.splitlines()[-3:] == [
        "our-weighing: ways of asking: 1 added",
        "Written: 1 file",
        "Next: python bot.py check, then calibrate, then /reload where the bot runs",
    ]
    assert typed(here_small, own, "export", "--rasa", str(nlu)).code == 0
    assert nlu.read_text(encoding="utf-8") == (
        'version: "3.1"\nnlu:\n- intent: our-weighing\n  examples: |\n    - do our nurses weigh\n'
        "    - weighing with us\n    - weighed lately\n"
    )


def test_an_unknown_intent_is_told_and_nothing_is_written(
    here_small: Here, own: Path, tmp_path: Path
) -> None:
    table = tmp_path / "more.csv"
    table.write_text("text,intent\na b,our-weighing\nc d,our-wieghing\n", encoding="utf-8")
    said = typed(here_small, own, "import", "--csv", str(table), "--write")
    problem = "unknown intent 'our-wieghing'; did you mean 'our-weighing'?"
    assert said == Said("", f"{table}:3: error: {problem}\n", 1)
    assert own.read_text(encoding="utf-8") == OWN


def test_a_file_that_is_there_is_not_written_over(here_small: Here, own: Path) -> None:
    said = typed(here_small, own, "export", "--csv", str(own))
    assert (said.out, said.code) == ("", 2)
    assert said.err.startswith(f"{own} is there already: name another, or add --force.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export",), "Name one file: --sheet FILE, --csv FILE or --rasa FILE."),
        (("import", "--csv", "a", "--rasa", "b"), "Name one file: --sheet FILE"),
        (("import", "--sheet", "a", "--checks"), "A spreadsheet has checks in a sheet of its own"),
        (("import", "--sheet", "a", "--route", "hr"), "A spreadsheet names each route in its row"),
        (("import", "--csv", "a", "--folder", "none"), "Directory 'none' does not exist."),
    ],
)
def test_a_call_whose_words_are_off_is_told_in_one_line(
    here: Here, words: tuple[str, ...], said: str
) -> None:
    found = here.types(*words)
    assert (found.out, found.err.count("\n"), found.code) == ("", 1, 2)
    assert said in found.err


def test_a_file_that_cannot_be_written_is_named(terminal: Terminal, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "own.csv"
    said = terminal.types("export", "--csv", str(missing))
    assert said == Said("", f"Stopped: {missing}: No such file or directory.\n", 1)


def test_a_draft_is_no_example_for_other_programs(
    here_small: Here, own: Path, tmp_path: Path
) -> None:
    own.write_text(f"draft: true\n{OWN}", encoding="utf-8")
    table = tmp_path / "own.csv"
    assert typed(here_small, own, "export", "--csv", str(table)).code == 0
    assert table.read_text(encoding="utf-8") == "text,intent\n"


def test_one_problem_is_counted_as_one(here_small: Here, own: Path) -> None:
    own.write_text(OWN.replace("inv/1.1", "inv/1.9"), encoding="utf-8")
    assert typed(here_small, own, "check").err.splitlines()[-1] == "1 problem."
