"""Everything is kept for as long as is said, and no longer."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import Field, fields
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.records.entries import ENTRIES, Entry, Resting, Withdrawn
from bot.records.retention import TERMS, YEAR, Term, purge
from bot.records.sqlite.store import SqliteStore
from bot.settings import IN_MEMORY

NOW = datetime(2026, 3, 15, 12, 30, 45, 250_000, UTC)
RETENTION = 30
TIMES = frozenset({"day", "at", "until", "since", "last_seen"})
"""Fields that hold a day or a time."""
UNTIL_UNDONE = (Withdrawn, Resting)
"""What holds until an operator undoes it, however long that is."""


@pytest.fixture
def store() -> Iterator[SqliteStore]:
    with closing(SqliteStore(IN_MEMORY)) as store:
        yield store


def days(term: Term) -> int:
    return RETENTION if term.days is None else term.days


def written(term: Term, at: datetime) -> str:
    """A time as it is kept: of the log of acts with milliseconds, of the rest in seconds."""
    if term.since != "at":
        return at.date().isoformat()
    return at.isoformat(timespec="milliseconds" if term.kind.TABLE == "audit" else "seconds")


def entry(kind: type[Entry], number: int, **given: str) -> Entry:
    """An entry of a kind with these fields, and something in all others."""

    def value(field: Field[Any]) -> Any:
        fillers = {"str": f"{number}", "int": number, "bool": True}
        name = field.type if isinstance(field.type, str) else field.type.__name__
        return given.get(field.name, fillers[name])

    return kind(**{field.name: value(field) for field in fields(kind)})


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.kind.TABLE)
def test_each_term_is_kept_to_its_boundary(store: SqliteStore, term: Term) -> None:
    step = timedelta(seconds=1) if term.since == "at" else timedelta(days=1)
    boundary = NOW - timedelta(days=days(term))
    past, last, young = (written(term, at) for at in (boundary - step, boundary, NOW))
    for number, at in enumerate((past, last, young), 1):
        store.put(entry(term.kind, number, **{term.since: at}))
    deleted = purge(store, NOW, RETENTION)
    assert deleted == {t.kind.TABLE: int(t is term) for t in TERMS}
    left = store.find(term.kind)
    assert [getattr(kept, term.since) for kept in left] == [last, young]


def test_a_second_purge_deletes_nothing(store: SqliteStore) -> None:
    for term in TERMS:
        store.put(entry(term.kind, 1, **{term.since: "2001-01-01"}))
    assert set(purge(store, NOW, RETENTION).values()) == {1}
    assert set(purge(store, NOW, RETENTION).values()) == {0}


@pytest.mark.parametrize("kind", ENTRIES, ids=lambda kind: kind.TABLE)
def test_whatever_has_a_time_has_a_term_or_is_kept_until_it_is_undone(kind: type[Entry]) -> None:
    assert TIMES.intersection(field.name for field in fields(kind))
    assert (kind in [term.kind for term in TERMS]) != (kind in UNTIL_UNDONE)


def test_each_term_counts_from_a_time_that_its_entries_have() -> None:
    assert [t for t in TERMS if t.since not in {field.name for field in fields(t.kind)}] == []
    assert {term.since for term in TERMS} <= TIMES


@pytest.mark.parametrize("kind", UNTIL_UNDONE, ids=lambda kind: kind.TABLE)
def test_what_holds_until_it_is_undone_is_never_purged(
    store: SqliteStore, kind: type[Entry]
) -> None:
    old = entry(kind, 1, day="2001-01-01", since="2001-01-01T00:00:00+00:00")
    store.put(old)
    purge(store, NOW, 1)
    assert store.find(kind) == (old,)


def test_the_terms_are_these() -> None:
    assert {term.kind.TABLE: (term.since, term.days) for term in TERMS} == {
        "asked": ("day", None),
        "unanswered": ("day", None),
        "decided": ("day", None),
        "feedback": ("day", None),
        "invitations": ("until", None),
        "last_answers": ("at", 1),
        "inbox": ("at", 1),
        "seen_updates": ("at", 2),
        "shared": ("day", YEAR),
        "moved_groups": ("day", YEAR),
        "people": ("last_seen", YEAR),
        "audit": ("at", YEAR),
    }


@pytest.mark.parametrize("retention", [1, 30, 3650])
def test_retention_days_move_only_the_terms_without_days_of_their_own(
    store: SqliteStore, retention: int
) -> None:
    at = NOW - timedelta(days=retention)
    for term in TERMS:
        if term.days is None:
            store.put(entry(term.kind, 1, **{term.since: written(term, at)}))
            store.put(entry(term.kind, 2, **{term.since: written(term, at - timedelta(days=1))}))
    deleted = purge(store, NOW, retention)
    assert deleted == {term.kind.TABLE: int(term.days is None) for term in TERMS}
