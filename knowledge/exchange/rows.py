"""The rows of a workbook → what its writer wants the content to be."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from knowledge.cautions import PARTS
from knowledge.exchange import cells
from knowledge.exchange.cells import Book, Row
from knowledge.exchange.changes import Values, Wanted, intents
from knowledge.exchange.folders import Folder
from knowledge.exchange.sheets import COLUMNS, LISTS, TEXTS, USES
from knowledge.guidance import Intent, Route
from knowledge.loading.entries import ID
from knowledge.matching.normalising import as_read
from knowledge.problems import Problem, Unsound

_COMMA = re.compile("[,;]")
_SLIP = 0.8
"""So much alike are an id and its misspelling: set by hand, between `bords` and another word."""


def read(folder: Folder, path: Path) -> Wanted:
    """What a workbook wants the folder's content to be.

    A sheet that is missing, and a list without any row, leave the content as it is and are told.
    Raises `Unsound` with every problem, by sheet and cell.
    """
    heads = {sheet: [column.head for column in columns] for sheet, columns in COLUMNS.items()}
    reading = _Reading(folder, cells.read(path, heads))
    intents, routes = reading.intents(), reading.routes()
    if reading.has_errors:
        raise Unsound(reading.problems)
    return Wanted(intents, routes, tuple(reading.problems), reading.new)


class _Reading:
    """A workbook that is being read, and what is wrong in it."""

    def __init__(self, folder: Folder, book: Book) -> None:
        self.problems = list(book.problems)
        self._folder = folder
        self._taught: dict[str, str] = {}
        self._rows = {sheet: book.rows[sheet] for sheet in COLUMNS if self._is_whole(sheet, book)}
        self.new = self._new()
        self._intents = intents(folder, self.new)

    @property
    def has_errors(self) -> bool:
        """Whether anything was found for which nothing can be taken."""
        return any(problem.severity == "error" for problem in self.problems)

    def _is_whole(self, sheet: str, book: Book) -> bool:
        """Whether a sheet can be read; what it lacks is told."""
        if sheet not in book.heads:
            self._stays(sheet, "there is no such sheet")
            return False
        missing = [c.head for c in COLUMNS[sheet] if c.head not in book.heads[sheet]]
        needed = [head for head in missing if head not in (*TEXTS, *LISTS)]
        for head in missing:
            problem = f"there is no column '{head}'"
            if head in needed:
                self.problems.append(Problem(f"{sheet}!A1", 0, problem, "put it back"))
            else:
                self._stays(sheet, problem)
        return not needed

    def _new(self) -> dict[str, str]:
        """The intents that have a row and no file yet, and their cells. An id much like one that
        has no row is a slip, and no new one.
        """
        cells = {row.texts["id"]: row.place("id") for row in self._rows.get("intents", ())}
        rowless = [id for id in self._folder.intents if id not in cells]
        return {
            id: cell
            for id, cell in cells.items()
            if id not in self._folder.intents
            and ID.fullmatch(id)
            and not self._folder.is_elsewhere("intent", id)
            and not get_close_matches(id, rowless, 1, _SLIP)
        }

    def intents(self) -> dict[str, dict[str, str | tuple[str, ...]]]:
        """What is wanted of intents, by id."""
        found: dict[str, dict[str, str | tuple[str, ...]]] = {}
        for row in self._known("intents", "id", "intent", self._intents):
            if row.texts["id"] in found:
                self._complain(row, "id", "the id stands twice", "delete one of the rows")
            found[row.texts["id"]] = values = dict(_values(row))
            self._hold_together(row, values)
        if "intents" in self._rows:
            self._left("intents", self._folder.intents, found)
        for sheet, key in (("ways", "asked"), ("checks", "checks")):
            rows = self._known(sheet, "intent", "intent", self._intents)
            for id, texts in self._lists(sheet, key, rows, "intent", self._intents).items():
                found.setdefault(id, {})[key] = texts
        return found

    def _hold_together(self, row: Row, values: Values) -> None:
        """Complain of what is empty and must not be, and of ids that lead nowhere."""
        for head in ("title", "lead", "cites"):
            if values.get(head) in ("", ()):
                self._complain(row, head, f"'{head}' is empty", "write it")
        handbook = self._folder.handbook
        everything = (*handbook.intents, *handbook.drafts)
        for head, what, known in (
            ("cites", "unit", [unit.id for unit in handbook.units]),
            ("related", "intent", [*(intent.id for intent in everything), *self.new]),
            ("theme", "theme", [theme.id for theme in handbook.themes]),
            ("local", "part of the local way", PARTS),
        ):
            ids = values.get(head, ())
            for id in filter(None, (ids,) if isinstance(ids, str) else ids):
                if id not in known:
                    close = get_close_matches(id, known, 1)
                    mend = f"did you mean '{close[0]}'?" if close else "correct it"
                    self._complain(row, head, f"there is no {what} '{id}'", mend)

    def routes(self) -> dict[str, dict[str, str | tuple[str, ...]]]:
        """What is wanted of what is not covered, by the ids of routes."""
        found: dict[str, dict[str, str | tuple[str, ...]]] = {}
        rows = self._known("not-covered", "route", "route", self._folder.routes)
        for row in rows:
            if (use := row.texts["use"]) not in USES:
                self._complain(row, "use", f"'use' is '{use}'", f"use one of: {', '.join(USES)}")
        for use, key in USES.items():
            of_use = [row for row in rows if row.texts["use"] == use]
            told = f"not-covered ({use})"
            for id, texts in self._lists(told, key, of_use, "route", self._folder.routes).items():
                found.setdefault(id, {})[key] = texts
        return found

    def _known(self, sheet: str, head: str, what: str, known: Collection[str]) -> list[Row]:
        """The rows of a sheet that name something known."""
        found = []
        for row in self._rows.get(sheet, ()):
            id = row.texts[head]
            if not id:
                self._complain(row, head, f"'{head}' is empty", "write it, or delete the row")
            elif id in known:
                found.append(row)
            else:
                self._complain(row, head, *self._unknown(sheet, what, id))
        return found

    def _unknown(self, sheet: str, what: str, id: str) -> tuple[str, str]:
        """Why a row cannot be about an id, and the mend."""
        if sheet == "intents" and not ID.fullmatch(id):
            return f"'{id}' is no id", "use a-z, 0-9 and -, 40 at most"
        problem, mend = self._folder.unknown(what, id)
        if sheet in ("ways", "checks") and mend.startswith("write one"):
            mend = "correct it, or give it a row in the sheet intents"
        return problem, mend

    def _lists(
        self,
        sheet: str,
        key: str,
        rows: Sequence[Row],
        head: str,
        there: Mapping[str, Intent] | Mapping[str, Route],
    ) -> dict[str, tuple[str, ...]]:
        """The texts of the rows by what they belong to."""
        found: dict[str, list[str]] = {}
        for row in rows:
            if not row.texts["text"]:
                self._complain(row, "text", "'text' is empty", "write it, or delete the row")
            elif key == "asked":
                self._once(row)
            found.setdefault(row.texts[head], []).append(row.texts["text"])
        if sheet.partition(" ")[0] in self._rows:
            self._left(sheet, [id for id, entry in there.items() if getattr(entry, key)], found)
        return {id: _in_order(getattr(there[id], key), texts) for id, texts in found.items()}

    def _once(self, row: Row) -> None:
        """Complain of a text that teaches twice."""
        read, here = as_read(row.texts["text"]), row.place("text")
        if (first := self._taught.setdefault(read, here)) != here:
            self._complain(row, "text", "it stands twice", f"it is also in {first}; delete one")

    def _left(self, sheet: str, there: Collection[str], found: Collection[str]) -> None:
        left = [id for id in there if id not in found]
        if left and not self.has_errors:  # else what has no row may be what is misspelt
            self._stays(sheet, f"no row of {', '.join(left)}" if found else "it has no rows")

    def _stays(self, sheet: str, problem: str) -> None:
        """Tell of what is not there, and therefore changes nothing."""
        mend = "what it is about stays as it is"
        self.problems.append(Problem(sheet, 0, problem, mend, "warning"))

    def _complain(self, row: Row, head: str, problem: str, mend: str) -> None:
        self.problems.append(Problem(row.place(head), 0, problem, mend))


def _values(row: Row) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for key in TEXTS:
        if key in row.texts:
            yield key, row.texts[key]
    for key in LISTS:
        if key in row.texts:
            yield key, tuple(id for part in _COMMA.split(row.texts[key]) if (id := part.strip()))


def _in_order(before: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The wanted texts; where they were sorted anew, those that were there in their old order."""
    kept = [text for text in before if text in wanted]
    if kept == [text for text in wanted if text in before]:
        return tuple(wanted)
    return (*kept, *(text for text in wanted if text not in before))
