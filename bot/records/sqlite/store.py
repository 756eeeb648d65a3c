"""Keep the records in one SQLite file. All SQL of the project is in this package."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import fields
from pathlib import Path

from sqlite_utils import Database

from bot.records.entries import Entry, Last, Seen, Waiting
from bot.records.sqlite.migrations import migrations
from bot.records.sqlite.rows import faults_told, read, where
from bot.records.store import Before, E, RecordsFailed, Unusable, Value
from bot.settings import IN_MEMORY

_FLEETING = (Waiting, Seen, Last)
"""What is deleted all the time. Of the last two only ids could be left for a while."""
PATIENCE = 1.0
"""Seconds that a write waits for another program: a person waits behind it."""


class SqliteStore:
    """The records in one file, used by one thread at a time.

    An older file is copied beside itself before it is brought up to date. Raises `Unusable` for a
    file that is no database, is damaged, or comes from a newer program; `RecordsFailed` where it
    cannot be opened.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self.path = path
        if path != IN_MEMORY:
            _create(path)
        # a WAL that is there already may hold what was deleted just before a crash
        log = path.with_name(f"{path.name}-wal")
        self._to_vacuum = log.exists() and log.stat().st_size > 0
        self._to_rewrite = True
        with faults_told():
            self._connection = sqlite3.connect(path, patience, check_same_thread=False)
            try:
                self._db = Database(self._connection, execute_plugins=False)
                self._open()
            except BaseException:
                self._connection.close()
                raise

    def _open(self) -> None:
        self.check()
        self._connection.execute("pragma temp_store = memory")
        self._connection.execute("pragma secure_delete = on")
        applied = {migration.name for migration in migrations.applied(self._db)}
        if newer := applied - _all_migrations():
            raise Unusable(f"the file is from a newer program ({', '.join(sorted(newer))})")
        if not applied and set(self._db.table_names()) - {migrations.migrations_table}:
            raise Unusable("the file is another program's")
        self._db.enable_wal()
        if pending := migrations.pending(self._db):
            if applied:
                older = self.path.with_name(f"{self.path.name}.before-{pending[0].name}")
                older.unlink(missing_ok=True)  # of an attempt that did not come to its end
                self.back_up(older)
            migrations.apply(self._db)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """As `Store.transaction`."""
        with self._within("begin immediate"):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """As `Store.reading`."""
        with self._within("begin"):
            yield

    @contextmanager
    def _within(self, begin: str) -> Iterator[None]:
        if self._connection.in_transaction:
            yield
            return
        with faults_told():
            self._connection.execute(begin)
            try:
                yield
                self._connection.execute("commit")
            except BaseException:
                self._db.rollback()
                raise

    def add(self, entry: Entry) -> bool:
        """As `Store.add`."""
        return self._write("ignore", entry) == 1

    def put(self, entry: Entry) -> None:
        """As `Store.put`."""
        self._write("replace", entry)
        self._to_rewrite |= isinstance(entry, Waiting)

    def _write(self, where_taken: str, entry: Entry) -> int:
        # each update is written here: sqlite-utils' own insert looks at the table first, and takes
        # twenty times as long
        values = [getattr(entry, field.name) for field in fields(entry)]
        columns = ", ".join(f'"{field.name}"' for field in fields(entry))
        marks = ", ".join("?" * len(values))
        with faults_told():
            return self._db.execute(
                f'insert or {where_taken} into "{entry.TABLE}" ({columns}) values ({marks})', values
            ).rowcount

    def find(
        self,
        kind: type[E],
        before: Before | None = None,
        first: int | None = None,
        **equal: Value,
    ) -> tuple[E, ...]:
        """As `Store.find`."""
        return read(self._connection, kind, before, first, **equal)

    def delete(self, kind: type[Entry], before: Before | None = None, **equal: Value) -> int:
        """As `Store.delete`."""
        condition, given = where(equal, before)
        with faults_told():
            query = f'delete from "{kind.TABLE}" where {condition}'
            deleted = self._db.execute(query, given).rowcount
        self._to_rewrite |= kind is Waiting and deleted > 0
        self._to_vacuum |= kind not in _FLEETING and deleted > 0
        return deleted

    def count(self, kind: type[Entry], before: Before | None = None, **equal: Value) -> int:
        """As `Store.count`."""
        condition, given = where(equal, before)
        with faults_told():
            return self._db.table(kind.TABLE).count_where(condition, given)

    def tidy(self) -> None:
        """As `Store.tidy`.

        `secure_delete` has overwritten the rows, but not the copies that SQLite leaves in a page
        when it moves rows to another: the inbox, which is small, is written anew each time, and
        the whole file after anything else was deleted. The WAL still has everything.
        """
        with faults_told():
            if self._to_vacuum:
                self._db.vacuum()
            elif self._to_rewrite:
                self._rewrite_inbox()
            self._to_vacuum = self._to_rewrite = False
            busy, *_ = self._connection.execute("pragma wal_checkpoint(truncate)").fetchone()
        if busy:
            raise RecordsFailed("another program reads them")

    def _rewrite_inbox(self) -> None:
        with self.transaction():
            waiting = self.find(Waiting)
            self._db.execute(f'delete from "{Waiting.TABLE}"')
            for entry in waiting:
                self.add(entry)

    def back_up(self, to: Path) -> None:
        """As `Store.back_up`: the copy is made in memory, so that no file ever has the inbox."""
        if self._connection.in_transaction:
            # it would wait for ever
            raise RecordsFailed("a copy cannot be made within a transaction")
        with faults_told(), closing(sqlite3.connect(IN_MEMORY)) as copy:
            self._connection.backup(copy)
            copy.execute(f'delete from "{Waiting.TABLE}"')
            copy.commit()
            _create(to, anew=True)
            try:
                copy.execute("vacuum into ?", (str(to),))
            except sqlite3.Error:
                to.unlink()  # half a copy would be taken for one
                raise

    def check(self) -> None:
        """As `Store.check`."""
        with faults_told():
            found = self._connection.execute("pragma integrity_check(1)").fetchone()
        if found != ("ok",):
            raise Unusable("the file is damaged")

    def close(self) -> None:
        """As `Store.close`."""
        try:
            self.tidy()
        finally:
            self._connection.close()


def _all_migrations() -> set[str]:
    return {
        migration.name
        for migration in migrations.pending(Database(memory=True, execute_plugins=False))
    }


def _create(path: Path, anew: bool = False) -> None:
    """An empty file that only its owner may read, where there is none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY | (os.O_EXCL if anew else 0), 0o600))
    except OSError as error:
        raise RecordsFailed(f"the file cannot be created ({error.strerror})") from error
