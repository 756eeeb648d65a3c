"""A file of an earlier version is brought up to date with what is in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from bot.records.entries import Last
from bot.records.sqlite.migrations import migrations
from bot.records.sqlite.store import SqliteStore


def as_before(migration: str, path: Path, *does: str) -> None:
    """Make a file as it was before a migration, with something in it."""
    with closing(sqlite3.connect(path)) as connection:
        migrations.apply(Database(connection), stop_before=migration)
        for words in does:
            connection.execute(words)
        connection.commit()


def test_a_chat_goes_on_from_what_it_was_last_answered_before_the_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    last = "(7, 'fathers', '', 3, 4, '2026-03-02T10:00:00+00:00')"
    as_before("the_answers_of_a_day", path, f"insert into last_answers values {last}")
    with closing(SqliteStore(path)) as store:
        kept = Last(7, "fathers", "", 3, 4, "", "2026-03-02T10:00:00+00:00")
        assert store.find(Last) == (kept,)
        store.put(Last(7, "boards", "", 5, 6, "7", "2026-03-02T10:01:00+00:00"))
        assert [one.intent for one in store.find(Last, chat=7)] == ["fathers", "boards"]
