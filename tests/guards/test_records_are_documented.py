"""What docs/records.md says is kept, is kept; and nothing else is."""

import ast
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from bot.records.entries import ENTRIES
from bot.records.forgetting import held
from bot.records.pseudonyms import Key, Pseudonyms
from bot.records.retention import TERMS
from bot.records.sqlite.migrations import migrations
from bot.records.sqlite.store import SqliteStore
from bot.settings import IN_MEMORY, Settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
KEPT = {kind.TABLE: tuple(field.name for field in fields(kind)) for kind in ENTRIES}
NOT_YET = "Nothing is written to it yet."
BEYOND_FORGETTING = {"audit", "invitations"}
"""Tables with pseudonyms of those who have special rights; these stay until their time is over."""


@dataclass(frozen=True)
class Section:
    """What the page says of a table."""

    text: str
    rows: tuple[tuple[str, ...], ...]
    """The cells of each row: column, what, why, personal data."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it names, in their order."""
        return tuple(row[0].strip("`") for row in self.rows)

    @property
    def term(self) -> tuple[str, str] | None:
        """How long entries are kept, and from when on; None for what has no term."""
        found = re.search(r"^Kept for `?(.+?)`? by `(\w+)`\.$", self.text, re.MULTILINE)
        return (found[1], found[2]) if found else None


def sections(page: str) -> dict[str, Section]:
    """Each table that a page has a section about."""
    found: dict[str, Section] = {}
    for part in re.split(r"^## ", page, flags=re.MULTILINE):
        if name := re.match(r"`(\w+)`\n", part):
            lines = re.findall(r"^\| (`.*) \|$", part, re.MULTILINE)
            found[name[1]] = Section(part, tuple(tuple(line.split(" | ")) for line in lines))
    return found


SAID = sections(PAGE)


def test_a_section_is_read_as_it_is_written() -> None:
    page = "# x\n## `a`\nThat.\n\nKept for 1 day by `at`.\n\n| `b` | c | d | no |\n## e\n| `f` |\n"
    (section,) = sections(page).values()
    assert (section.columns, section.rows) == (("b",), (("`b`", "c", "d", "no"),))
    assert section.term == ("1 day", "at")


def test_every_table_and_column_is_documented_and_no_other() -> None:
    assert {table: section.columns for table, section in SAID.items()} == KEPT


@pytest.mark.parametrize("table", SAID)
def test_of_every_column_it_is_said_what_why_and_whether_it_is_personal_data(table: str) -> None:
    rows = SAID[table].rows
    assert [row for row in rows if len(row) != 4 or not all(row)] == []
    assert [row for row in rows if not re.match(r"(?:yes|no|may be)\b", row[3])] == []


def test_the_terms_are_those_by_which_is_deleted() -> None:
    def words(days: int | None) -> str:
        if days is None:
            return "RETENTION_DAYS"
        return "1 day" if days == 1 else f"{days} days"

    assert {table: section.term for table, section in SAID.items() if section.term} == {
        term.kind.TABLE: (words(term.days), term.since) for term in TERMS
    }
    without = [section.text for section in SAID.values() if not section.term]
    assert [text for text in without if not re.search(r"^Kept until ", text, re.MULTILINE)] == []
    assert f"`RETENTION_DAYS` is {Settings().retention_days} unless" in PAGE


def test_the_database_has_these_columns_and_no_others(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("select name from pragma_table_list")]
        columns = {
            table: tuple(
                name
                for (name,) in connection.execute("select name from pragma_table_info(?)", [table])
            )
            for table in tables
            if not table.startswith("sqlite_")
        }
    assert columns.pop(migrations.migrations_table)
    assert f"`{migrations.migrations_table}`" in PAGE
    assert columns == KEPT


def test_forgetting_looks_wherever_the_page_says_that_something_is_about_a_person() -> None:
    with closing(SqliteStore(IN_MEMORY)) as store:
        looked = set(held(store, Pseudonyms((Key.new(),)), 7001))
    personal = {
        table
        for table, section in SAID.items()
        if any(row[3].startswith("yes") for row in section.rows)
    }
    assert personal == looked | BEYOND_FORGETTING


def test_nothing_is_said_of_a_table_that_is_written_as_if_it_were_not() -> None:
    made = {
        node.func.id
        for package in ("bot", "handlers")
        for module in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert {
        table for table, section in SAID.items() if NOT_YET in " ".join(section.text.split())
    } == {kind.TABLE for kind in ENTRIES if kind.__name__ not in made}
