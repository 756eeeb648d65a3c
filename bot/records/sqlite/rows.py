"""Read entries from a table, by `sqlite3` alone: sqlite-utils takes a quarter of a second to
import, which a single question asked in a terminal need not wait for.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

from bot.records.store import Before, E, RecordsFailed, Unusable, Value

_PLAIN = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "the file can only be read",
    "SQLITE_BUSY": "another program holds it locked",
    "SQLITE_LOCKED": "another program holds it locked",
    "SQLITE_CANTOPEN": "the file cannot be opened",
    "SQLITE_IOERR": "the disk fails",
    "SQLITE_PERM": "the file may not be opened",
    "SQLITE_CORRUPT": "the file is damaged",
    "SQLITE_NOTADB": "the file is no database",
}
_UNUSABLE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


@contextmanager
def faults_told() -> Iterator[None]:
    """What SQLite complains of, as `RecordsFailed` in plain words."""
    try:
        yield
    except sqlite3.Error as error:
        # SQLITE_IOERR_WRITE, SQLITE_READONLY_DBMOVED …: the first two words are the kind
        name = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
        failed = Unusable if name in _UNUSABLE else RecordsFailed
        raise failed(_PLAIN.get(name, f"the database fails ({type(error).__name__})")) from error


def where(equal: Mapping[str, Value], before: Before | None) -> tuple[str, list[Any]]:
    """The words after WHERE and what is put into them."""
    parts = ["1"]
    given: list[str | int] = []
    for field, value in equal.items():
        values = value if isinstance(value, tuple) else (value,)
        # in brackets: SQLite takes a name in quotes that no column has for a text
        parts.append(f"[{field}] in ({', '.join('?' * len(values))})")
        given += values
    if before:
        parts.append(f"[{before[0]}] < ?")
        given.append(before[1])
    return " and ".join(parts), given


def read(
    connection: sqlite3.Connection,
    kind: type[E],
    before: Before | None = None,
    first: int | None = None,
    **equal: Value,
) -> tuple[E, ...]:
    """As `Store.find`. Raises `RecordsFailed`."""
    condition, given = where(equal, before)
    types = {field.name: field.type for field in fields(kind)}
    columns = ", ".join(f'"{name}"' for name in types)
    order = ", ".join(f'"{name}"' for name in kind.KEY)
    query = f'select {columns} from "{kind.TABLE}" where {condition} order by {order}'
    with faults_told():
        found = connection.execute(f"{query} limit ?", [*given, -1 if first is None else first])
        rows = found.fetchall()
    truths = [at for at, type_ in enumerate(types.values()) if type_ is bool]
    return tuple(_make(kind, row, truths) for row in rows)


def _make(kind: type[E], row: tuple[Any, ...], truths: list[int]) -> E:
    values = [bool(value) if at in truths else value for at, value in enumerate(row)]
    return kind(*values)
