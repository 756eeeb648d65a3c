"""A maintainer who lives in a spreadsheet changes what they mean to, and nothing else."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from knowledge.exchange import rows, sheets
from knowledge.exchange.changes import Wanted, changes, differences
from knowledge.exchange.folders import open_folder
from knowledge.exchange.writing import plain, written
from knowledge.loading import load
from knowledge.problems import Unsound
from tests.knowledge.exchange.offices import edited, small_folder, worked_on
from tests.knowledge.small import BOARDS, BRUISES, FILES, NOT_COVERED, write

SPOKEN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), min_size=1)
FORMULAS = st.sampled_from(["=1+1", "+44", "-1", "@home", "5.10", "no", "2026-11-22", "'a", "#N/A"])
TEXTS = (FORMULAS | SPOKEN).filter(lambda text: plain(text) != "")


def problems(folder_path: Path, typed: dict[str, object]) -> tuple[str, ...]:
    """What is said of a workbook into which something was typed."""
    folder = small_folder(folder_path / "content")
    path = edited(folder, folder_path / "book.xlsx", typed)
    try:
        return tuple(map(str, rows.read(folder, path).warnings))
    except Unsound as unsound:
        return tuple(map(str, unsound.problems))


@settings(deadline=None, max_examples=8)
@given(text=TEXTS)
def test_what_is_exported_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    tmp_path = tmp_path_factory.mktemp("sheet")
    checks = f"{BRUISES}  - {written(text)}\n"
    folder = small_folder(tmp_path / "content", {"intents/bruises.yaml": checks})
    sheets.export(folder, tmp_path / "book.xlsx")
    wanted = rows.read(folder, tmp_path / "book.xlsx")
    assert wanted.intents["bruises"]["checks"] == ("had school noticed", plain(text))
    assert (differences(folder, wanted), changes(folder, wanted)) == ((), ())


def test_a_sheet_can_be_read_at_a_glance(tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "content")
    book = load_workbook(edited(folder, tmp_path / "book.xlsx", {}))
    assert book.sheetnames == ["intents", "ways", "checks", "not-covered"]
    ways = book["ways"]
    assert [[cell.value for cell in row] for row in ways.iter_rows(max_row=3)] == [
        ["intent", "text"],
        ["boards", "what should boards ask"],
        ["boards", "questions for the board"],
    ]
    assert (ways["A1"].font.bold, ways.freeze_panes, ways.auto_filter.ref) == (True, "B2", "A1:B5")
    assert (ways["B2"].alignment.wrap_text, ways["B2"].number_format) == (True, "@")
    assert ways.column_dimensions["B"].width > 100


def test_a_long_text_is_seen_whole(tmp_path: Path) -> None:
    long = BRUISES.replace("who saw the bruises", "who saw " * 30)
    folder = small_folder(tmp_path / "content", {"intents/bruises.yaml": long})
    found = load_workbook(edited(folder, tmp_path / "book.xlsx", {}))["ways"].row_dimensions
    assert (found[3].height, found[4].height) == (None, 45)


def test_a_text_that_looks_like_a_formula_is_none(tmp_path: Path) -> None:
    way = BRUISES.replace("who saw the bruises", "=SUM(A1) is what he texted")
    folder = small_folder(tmp_path / "content", {"intents/bruises.yaml": way})
    sheets.export(folder, tmp_path / "book.xlsx")
    cell = load_workbook(tmp_path / "book.xlsx")["ways"]["B4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (
        "=SUM(A1) is what he texted",
        "s",
        True,
    )


def test_what_was_typed_changes_its_lines_and_keeps_the_comments(tmp_path: Path) -> None:
    commented = "# seen at school\n" + BRUISES.replace("checks:", "# these judge\nchecks:")
    folder = small_folder(tmp_path / "content", {"intents/bruises.yaml": commented})
    typed = {
        "intents!B3": "Who noticed the bruises?",
        "intents!E3": None,
        "ways!B4": "who saw the marks",
        "ways!A6": "bruises",
        "ways!B6": "why: nobody asked",
        "not-covered!A5": "police",
        "not-covered!B5": "who robbed me",
        "not-covered!C5": "judges",
    }
    wanted = rows.read(folder, edited(folder, tmp_path / "book.xlsx", typed))
    assert [f"{found.entry}: {found}" for found in differences(folder, wanted)] == [
        "bruises: title changed",
        "bruises: related changed",
        "bruises: ways of asking: 1 added, 1 changed",
        "police: checks: 1 added",
    ]
    assert {change.path.name: change.after for change in changes(folder, wanted)} == {
        "bruises.yaml": """\
# seen at school
title: Who noticed the bruises?
lead: The teachers had.
cites: [inv/1.1]
asked:
  - who saw the marks
  - did any teacher notice marks
  - "why: nobody asked"
# these judge
checks:
  - had school noticed
""",
        "not-covered.yaml": NOT_COVERED + "    checks:\n      - who robbed me\n",
    }


def test_rows_that_were_sorted_anew_change_nothing(tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "content")

    def turn_round(book: Workbook) -> None:
        typed = [[cell.value for cell in row] for row in book["ways"].iter_rows(min_row=2)]
        for number, row in enumerate(reversed(typed), 2):
            book["ways"].cell(number, 1, row[0])
            book["ways"].cell(number, 2, row[1])

    wanted = rows.read(folder, worked_on(folder, tmp_path / "book.xlsx", turn_round))
    assert differences(folder, wanted) == ()


def test_everything_that_is_wrong_is_told_by_its_cell_at_once(tmp_path: Path) -> None:
    assert problems(
        tmp_path,
        {
            "intents!A2": "bords",
            "intents!B3": None,
            "intents!D3": "inv/1.11",
            "intents!F3": "babies",
            "ways!A2": "bruses",
            "ways!B3": "=1+1",
            "ways!B4": 5.1,
            "ways!A5": None,
            "ways!A6": "bruises",
            "checks!B2": None,
            "not-covered!A2": "polise",
            "not-covered!C3": "teach",
        },
    ) == (
        "checks!B2: error: 'text' is empty; write it, or delete the row",
        "intents!A2: error: unknown intent 'bords'; did you mean 'boards'?",
        "intents!B3: error: 'title' is empty; write it",
        "intents!D3: error: there is no unit 'inv/1.11'; did you mean 'inv/1.1'?",
        "intents!F3: error: there is no theme 'babies'; correct it",
        "not-covered!A2: error: unknown route 'polise'; did you mean 'police'?",
        "not-covered!C3: error: 'use' is 'teach'; use one of: teaches, judges",
        "ways!A2: error: unknown intent 'bruses'; did you mean 'bruises'?",
        "ways!A5: error: 'intent' is empty; write it, or delete the row",
        "ways!B3: error: it is a formula; put ' before it, so that it is a text",
        "ways!B4: error: it is no text but 5.1; put ' before it, and see that it is written as you "
        "mean it",
        "ways!B6: error: 'text' is empty; write it, or delete the row",
    )


def test_a_text_that_teaches_twice_is_told_with_both_its_cells(tmp_path: Path) -> None:
    assert problems(tmp_path, {"not-covered!B2": "Who saw the bruises?"}) == (
        "not-covered!B2: error: it stands twice; it is also in ways!B4; delete one",
    )


def test_what_is_not_taken_is_said(tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "content")

    def work(book: Workbook) -> None:
        del book["checks"]
        book.create_sheet("Remarks")
        book["ways"]["C1"] = "wayss"
        book["ways"]["D3"] = "remember this"
        book["intents"]["C1"] = None
        book["intents"].delete_rows(3)

    wanted = rows.read(folder, worked_on(folder, tmp_path / "book.xlsx", work))
    assert differences(folder, wanted) == ()
    assert sorted(map(str, wanted.warnings)) == [
        "Remarks: warning: the sheet is not taken; those that are: intents, ways, checks, "
        "not-covered",
        "checks: warning: there is no such sheet; what it is about stays as it is",
        "intents!C2: warning: it is not taken; give its column a heading that is known",
        "intents: warning: no row of bruises; what it is about stays as it is",
        "intents: warning: there is no column 'lead'; what it is about stays as it is",
        "ways!C1: warning: the column 'wayss' is not taken; those that are: intent, text",
        "ways!D3: warning: it is not taken; give its column a heading that is known",
    ]


def test_a_sheet_without_its_column_of_texts_is_not_read(tmp_path: Path) -> None:
    assert problems(tmp_path, {"ways!B1": "wording"})[0] == (
        "ways!A1: error: there is no column 'text'; put it back"
    )


@pytest.mark.parametrize("content", [b"", b"text,intent\n", b"PK\x03\x04"])
def test_a_file_that_is_no_workbook_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    with pytest.raises(Unsound, match=r"it is no workbook; save it as \.xlsx"):
        rows.read(small_folder(tmp_path / "content"), path)


def test_a_missing_workbook_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(Unsound, match=r"there is no such file; name an \.xlsx file"):
        rows.read(small_folder(tmp_path / "content"), tmp_path / "book.xlsx")


def test_a_text_that_no_sheet_can_hold_is_named(tmp_path: Path) -> None:
    belled = BRUISES.replace("- had school noticed", '- "had\\x07 school"')
    folder = small_folder(tmp_path / "content", {"intents/bruises.yaml": belled})
    with pytest.raises(Unsound, match=r"bruises: error: a control character in 'had\\x07 school'"):
        sheets.export(folder, tmp_path / "book.xlsx")


def test_what_would_be_unsound_is_told_of_the_file_and_changes_nothing(tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "content")
    wanted = Wanted({"bruises": {"asked": (), "title": "Who saw them?"}})
    with pytest.raises(Unsound) as told:
        changes(folder, wanted)
    assert str(told.value) == (
        f"{folder.path}/intents/bruises.yaml:1: error: 'asked' is missing; "
        "add `asked:` and a list under it"
    )
    assert {file: (folder.path / file).read_text() for file in FILES} == dict(FILES)


def new_intent(id: str, asked: int, checks: int, **others: object) -> dict[str, object]:
    """What is typed below the rows of the small folder for one more intent."""
    typed: dict[str, object] = {
        "intents!A4": id,
        "intents!B4": "Who had asked gran?",
        "intents!C4": "Nobody had.",
        "intents!D4": "inv/1.1; inv/3.1",
        "intents!E4": "boards",
    }
    for sheet, first, count in (("ways", 6, asked), ("checks", 3, checks)):
        for number in range(count):
            typed[f"{sheet}!A{first + number}"] = id
            typed[f"{sheet}!B{first + number}"] = f"{'nan' if sheet == 'ways' else 'gran'} {number}"
    return {**typed, **others}


GRAN = """\
title: Who had asked gran?
lead: >-
  Nobody had.
cites: [inv/1.1, inv/3.1]
related: [boards]
asked:
  - nan 0
  - nan 1
  - nan 2
  - nan 3
  - nan 4
checks:
  - gran 0
  - gran 1
"""
SHORT = ("gran", "Who had asked gran?", "Nobody had.", "inv/1.1")
WAYS = [text for number in range(5) for text in ("gran", f"nan {number}")]
CHECKS = [text for number in range(2) for text in ("gran", f"gran {number}")]


def test_a_new_row_of_the_intents_makes_a_new_file(tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "content")
    path = edited(folder, tmp_path / "book.xlsx", new_intent("gran", 5, 2))
    wanted = rows.read(folder, path)
    assert "; ".join(map(str, differences(folder, wanted))) == (
        "title added; lead added; cites added; related added; ways of asking: 5 added; "
        "checks: 2 added"
    )
    (made,) = changes(folder, wanted)
    assert (made.path, made.before, made.after) == (folder.path / "intents/gran.yaml", "", GRAN)
    made.write()
    again = open_folder(folder.path, [])
    assert differences(again, rows.read(again, path)) == ()


def test_a_folder_without_intents_gets_its_first_from_a_sheet(tmp_path: Path) -> None:
    under, own = write(tmp_path / "under"), tmp_path / "own"
    own.mkdir()
    typed = {f"intents!{cell}2": value for cell, value in zip("ABCD", SHORT, strict=True)}
    typed |= {f"ways!{'AB'[n % 2]}{2 + n // 2}": WAYS[n] for n in range(10)}
    typed |= {f"checks!{'AB'[n % 2]}{2 + n // 2}": CHECKS[n] for n in range(4)}
    folder = open_folder(own, [under])
    wanted = rows.read(folder, edited(folder, tmp_path / "book.xlsx", typed))
    for change in changes(folder, wanted):
        change.write()
    assert load((under, own)).intent("gran").checks == ("gran 0", "gran 1")


def test_what_check_would_refuse_of_a_new_intent_is_told_of_its_row(tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "content")
    path = edited(folder, tmp_path / "book.xlsx", new_intent("gran", 1, 0))
    with pytest.raises(Unsound) as told:
        changes(folder, rows.read(folder, path))
    assert str(told.value).split("\n") == [
        "intents!A4: error: only 0 checks; write at least 2",
        "intents!A4: error: only 1 way of asking; write at least 5",
    ]
    assert not (folder.path / "intents/gran.yaml").exists()


def test_a_misspelt_id_makes_no_new_intent(tmp_path: Path) -> None:
    assert problems(tmp_path, {"intents!A2": "boardz", "intents!A3": "Bruises"}) == (
        "intents!A2: error: unknown intent 'boardz'; did you mean 'boards'?",
        "intents!A3: error: 'Bruises' is no id; use a-z, 0-9 and -, 40 at most",
    )


def test_rows_of_an_intent_that_there_is_not_are_told_what_it_lacks(tmp_path: Path) -> None:
    assert problems(tmp_path, {"ways!A2": "weather", "ways!A3": "BOARDS"}) == (
        "ways!A2: error: unknown intent 'weather'; correct it, or give it a row in the sheet "
        "intents",
        "ways!A3: error: unknown intent 'BOARDS'; did you mean 'boards'?",
    )


def test_a_sheet_without_any_row_changes_nothing_and_is_told(tmp_path: Path) -> None:
    typed: dict[str, object] = {"checks!A2": None, "checks!B2": None}
    assert problems(tmp_path, typed) == (
        "checks: warning: it has no rows; what it is about stays as it is",
    )


def test_merged_cells_are_told_and_not_to_be_deleted(tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "content")

    def merge(book: Workbook) -> None:
        book["ways"].merge_cells("A2:A3")

    path = worked_on(folder, tmp_path / "book.xlsx", merge)
    with pytest.raises(Unsound) as told:
        rows.read(folder, path)
    assert str(told.value) == (
        "ways!A3: error: it is merged with another; unmerge the cells, and write the text into each"
    )


def test_a_line_above_the_headings_is_told_in_few_lines(tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "content")

    def add_a_line(book: Workbook) -> None:
        book["ways"].insert_rows(1)
        book["ways"]["A1"] = "Mine"

    path = worked_on(folder, tmp_path / "book.xlsx", add_a_line)
    with pytest.raises(Unsound) as told:
        rows.read(folder, path)
    assert str(told.value).split("\n")[-1] == (
        "ways!B2: warning: it is not taken, nor are 4 below it; give its column a heading that is "
        "known"
    )


def test_a_damaged_workbook_is_told_in_one_line(tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "content")
    path = edited(folder, tmp_path / "book.xlsx", {})
    with ZipFile(path) as book:
        start = book.getinfo("xl/worksheets/sheet1.xml").header_offset
    bytes_of_it = bytearray(path.read_bytes())
    bytes_of_it[start + 80 : start + 100] = b"\xff" * 20
    path.write_bytes(bytes_of_it)
    with pytest.raises(Unsound, match="it is no workbook; save it as"):
        rows.read(folder, path)


def test_a_draft_and_what_is_related_to_it_are_in_the_sheet_and_stay_so(tmp_path: Path) -> None:
    draft = BOARDS.replace("what should boards ask", "asked by boards").replace(
        "questions for the board", "the board's own"
    )
    folder = small_folder(
        tmp_path / "content",
        {
            "intents/unready.yaml": f"draft: true\n{draft}",
            "intents/bruises.yaml": BRUISES.replace("[boards]", "[boards, unready]"),
        },
    )
    typed: dict[str, object] = {"intents!E2": "bruises, unready", "intents!B4": "Is it ready?"}
    typed["intents!E3"] = "unready"
    wanted = rows.read(folder, edited(folder, tmp_path / "book.xlsx", typed))
    assert [f"{found.entry}: {found}" for found in differences(folder, wanted)] == [
        "boards: related added",
        "bruises: related changed",
        "unready: title changed",
    ]
    after = {change.path.stem: change.after for change in changes(folder, wanted)}
    assert "related: [unready]\n" in after["bruises"]
    assert after["unready"].startswith("draft: true\ntitle: Is it ready?\n")
