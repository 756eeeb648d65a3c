"""Somebody at a spreadsheet: opens a workbook, types into cells, saves it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook

from knowledge.exchange import sheets
from knowledge.exchange.folders import Folder, open_folder
from tests.knowledge.small import write

LETTERS = Mapping[str, object]
"""What is typed, by sheet and cell: `ways!B2`."""


def small_folder(path: Path, changed: Mapping[str, str] | None = None) -> Folder:
    """The small content folder, opened."""
    return open_folder(write(path, changed), [])


def edited(folder: Folder, path: Path, typed: LETTERS) -> Path:
    """The folder's content as a workbook, after something was typed into it."""

    def type_all(book: Workbook) -> None:
        for where, value in typed.items():
            sheet, _, cell = where.partition("!")
            book[sheet][cell] = value

    return worked_on(folder, path, type_all)


def worked_on(folder: Folder, path: Path, work: Callable[[Workbook], None]) -> Path:
    """The folder's content as a workbook, after any work on it."""
    sheets.export(folder, path)
    book = load_workbook(path)
    work(book)
    book.save(path)
    return path
