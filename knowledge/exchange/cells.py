"""A workbook → the rows of its sheets, every cell a text; what is no text is named by its cell."""

import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from string import digits
from struct import error as WrongBytes
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile
from zlib import error as Unpackable

from knowledge.problems import Problem, Unsound, name

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_DAMAGED = (
    *(AttributeError, EOFError, LookupError, RuntimeError, TypeError, ValueError),
    *(Unpackable, WrongBytes),
)
"""What openpyxl and zipfile raise besides where a workbook is damaged or locked."""


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of a row by the heads of their columns, and where it stands."""

    sheet: str
    number: int
    letters: Mapping[str, str]
    texts: Mapping[str, str]

    def place(self, head: str) -> str:
        """The cell under a head."""
        return f"{self.sheet}!{self.letters[head]}{self.number}"


@dataclass(frozen=True, slots=True)
class Book:
    """What was read of a workbook: the rows and the heads of each sheet that is known."""

    rows: Mapping[str, tuple[Row, ...]]
    heads: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    """What is wrong, by cell; what is not taken is a warning."""


def read(path: Path, known: Mapping[str, Sequence[str]]) -> Book:
    """The rows of the known sheets, whose heads are given.

    Raises `Unsound` where the file is no workbook; what is wrong in a cell is in `problems`.
    """
    rows: dict[str, tuple[Row, ...]] = {}
    heads: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for sheet in _open(path):
        title = sheet.title.strip().lower()
        if title not in known or title in rows:
            problems.append(_not_taken(sheet.title, "the sheet", title, known))
            continue
        letters = _letters(sheet, known[title], problems)
        heads[title] = tuple(letters)
        rows[title] = tuple(_rows(sheet, title, letters, problems))
    return Book(rows, heads, tuple(problems))


def _open(path: Path) -> Sequence["Worksheet"]:
    from xml.etree.ElementTree import ParseError

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings(action="ignore"), path.open("rb") as file:
            return load_workbook(file).worksheets
    except OSError as error:
        what = "there is no such file" if isinstance(error, FileNotFoundError) else "unreadable"
        raise Unsound([Problem(name(path), 0, what, "name an .xlsx file")]) from error
    except (BadZipFile, InvalidFileException, ParseError, *_DAMAGED) as error:
        mend = "save it as .xlsx (Excel workbook), without a password"
        raise Unsound([Problem(name(path), 0, "it is no workbook", mend)]) from error


def _letters(sheet: "Worksheet", known: Sequence[str], problems: list[Problem]) -> dict[str, str]:
    """The letter of each column by its head."""
    found: dict[str, str] = {}
    for cell in sheet[1]:
        head = " ".join(str(cell.value or "").split()).lower()
        where = f"{sheet.title}!{cell.coordinate}"
        if head in found:
            problems.append(Problem(where, 0, f"the column '{head}' stands twice", "delete one"))
        elif head in known:
            found[head] = cell.coordinate.rstrip("1")
        elif head:
            problems.append(_not_taken(where, f"the column '{head}'", head, known))
    return found


def _not_taken(where: str, what: str, found: str, known: Iterable[str]) -> Problem:
    close = get_close_matches(found, [*known], 1)
    mend = f"did you mean '{close[0]}'?" if close else f"those that are: {', '.join(known)}"
    return Problem(where, 0, f"{what} is not taken", mend, "warning")


def _rows(
    sheet: "Worksheet",
    title: str,
    letters: Mapping[str, str],
    problems: list[Problem],
) -> Iterator[Row]:
    heads = {letter: head for head, letter in letters.items()}
    named = {cell.coordinate.rstrip("1") for cell in sheet[1] if cell.value is not None}
    nameless: dict[str, list[int]] = {}
    for number, cells in enumerate(sheet.iter_rows(min_row=2), 2):
        texts = dict.fromkeys(letters, "")
        if any([_is_merged_away(cell, heads, title, problems) for cell in cells]):
            continue
        for cell in cells:
            letter = cell.coordinate.rstrip(digits)
            if letter in heads:
                texts[heads[letter]] = _text(cell, f"{title}!{letter}{number}", problems)
            elif cell.value is not None and letter not in named:
                nameless.setdefault(letter, []).append(number)
        if any(texts.values()):
            yield Row(title, number, letters, texts)
    for letter, (first, *more) in nameless.items():
        told = f"it is not taken, nor are {len(more):,} below it" if more else "it is not taken"
        mend = "give its column a heading that is known"
        problems.append(Problem(f"{title}!{letter}{first}", 0, told, mend, "warning"))


def _is_merged_away(cell: Any, heads: Collection[str], title: str, problems: list[Problem]) -> bool:
    """Whether a cell that matters has no text of its own, which is told."""
    from openpyxl.cell.cell import MergedCell

    if not isinstance(cell, MergedCell) or cell.coordinate.rstrip(digits) not in heads:
        return False
    mend = "unmerge the cells, and write the text into each"
    problems.append(Problem(f"{title}!{cell.coordinate}", 0, "it is merged with another", mend))
    return True


def _text(cell: Any, where: str, problems: list[Problem]) -> str:
    if cell.value is None or cell.data_type in ("s", "inlineStr"):
        return " ".join(str(cell.value or "").split())
    if cell.data_type == "f":
        problem, mend = "it is a formula", "put ' before it, so that it is a text"
    else:
        problem = f"it is no text but {cell.value!s}"
        mend = "put ' before it, and see that it is written as you mean it"
    problems.append(Problem(where, 0, problem, mend))
    return str(cell.value)
