"""Tables of texts → a workbook that is pleasant to work in; every cell is a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.problems import Problem, Unsound

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FORMULA = ("=", "+", "-", "@")
"""A text that begins so would be taken for a formula when it is typed anew."""
_LINE = 15.0
"""Points of a line of text in its row."""
ROWS = 2**20
"""The rows of a sheet."""
_TEXT = "@"
"""The number format of a text: 5.10 stays 5.10."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in characters, and what may stand in it."""

    head: str
    width: int
    among: str = ""
    """A list in Excel's own form; empty where anything may."""


def write(
    path: Path, tables: Mapping[str, tuple[Sequence[Column], Sequence[Sequence[str]]]]
) -> None:
    """Write a sheet for each table. Raises `Unsound` for a text that no sheet can hold."""
    from openpyxl import Workbook
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, (columns, rows) in tables.items():
        sheet = book.create_sheet(title)
        _head(sheet, columns, len(rows) + 1)
        for number, row in enumerate(rows, 2):
            if (lines := _lines(row, columns)) > 1:  # one line is what it has by itself
                sheet.row_dimensions[number].height = lines * _LINE
            for place, text in enumerate(row, 1):
                try:
                    _put(sheet, number, place, text)
                except IllegalCharacterError as error:
                    mend = "write it anew without it"
                    problem = f"a control character in {text!r}"
                    raise Unsound([Problem(row[0], 0, problem, mend)]) from error
    out = BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())


def _lines(row: Sequence[str], columns: Sequence[Column]) -> int:
    """How many lines the longest text of a row takes, at the widths of its columns."""
    return max(ceil(len(text) / column.width) for text, column in zip(row, columns, strict=True))


def _head(sheet: "Worksheet", columns: Sequence[Column], last: int) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, column in enumerate(columns, 1):
        cell = sheet.cell(1, place, column.head)
        cell.font = Font(name="Calibri", size=11, bold=True)
        cell.fill = PatternFill("solid", start_color="DDE6EE")
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].number_format = _TEXT
        if column.among:
            choice = DataValidation("list", formula1=column.among, showErrorMessage=True)
            choice.add(f"{letter}2:{letter}{ROWS}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"


def _put(sheet: "Worksheet", number: int, place: int, text: str) -> None:
    from openpyxl.styles import Alignment

    cell = sheet.cell(number, place, text)
    cell.data_type = "s"
    cell.number_format = _TEXT
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if text.startswith(_FORMULA):
        cell.quotePrefix = True
