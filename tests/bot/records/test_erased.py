"""What people wrote is nowhere to be found once it is deleted, and in no copy at any time."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.records.desk import Desk
from bot.records.entries import Unanswered, Waiting
from bot.records.sqlite.store import SqliteStore
from bot.records.store import Store

CANARY = "the yellow bird sang at half past four"
WRITTEN = Waiting(7, 70, f'{{"text": "{CANARY}"}}', 0, "2026-03-02T10:00:00")
SECONDS = 10.0
"""How long something that happens by itself is waited for."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "records.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(path)) as opened:
        yield opened


def holding(folder: Path, text: str = CANARY) -> list[str]:
    """The files of a folder that have a text somewhere."""
    return sorted(file.name for file in folder.iterdir() if text.encode() in file.read_bytes())


def test_a_deleted_text_is_in_no_file(store: Store, path: Path) -> None:
    store.add(WRITTEN)
    assert holding(path.parent)  # else nothing is shown here
    store.delete(Waiting, update=7)
    store.tidy()
    assert holding(path.parent) == []


def test_a_text_that_reached_the_file_itself_is_overwritten(store: Store, path: Path) -> None:
    store.add(WRITTEN)
    store.tidy()
    assert holding(path.parent) == [path.name]
    store.delete(Waiting, update=7)
    store.tidy()
    assert holding(path.parent) == []


@pytest.mark.parametrize("seed", range(5))
def test_a_text_is_in_no_file_though_others_around_it_stay(
    store: Store, path: Path, seed: int
) -> None:
    random, waiting = Random(seed), list[int]()
    for update in range(100):
        text = f"canary{update:04d}." + "p" * random.randrange(300, 1500)
        store.add(Waiting(update, 1, text, 0, WRITTEN.at))
        waiting.append(update)
        while len(waiting) > 1 + seed:
            store.delete(Waiting, update=waiting.pop(random.randrange(len(waiting))))
    store.tidy()
    gone = [update for update in range(100) if update not in waiting]
    assert [u for u in gone if holding(path.parent, f"canary{u:04d}.")] == []


def test_a_text_that_another_took_the_place_of_is_in_no_file(store: Store, path: Path) -> None:
    store.add(WRITTEN)
    store.tidy()
    store.put(Waiting(7, 70, "", 1, WRITTEN.at))
    store.tidy()
    assert holding(path.parent) == []


def test_a_text_of_many_pages_is_in_no_file(store: Store, path: Path) -> None:
    store.add(Waiting(7, 70, CANARY * 1000, 0, WRITTEN.at))
    store.tidy()
    store.delete(Waiting, update=7)
    store.tidy()
    assert holding(path.parent) == []


def test_a_text_in_a_transaction_that_failed_is_in_no_file(store: Store, path: Path) -> None:
    with pytest.raises(LookupError), store.transaction():
        store.add(Waiting(7, 70, CANARY * 1000, 0, WRITTEN.at))
        raise LookupError
    store.tidy()
    assert holding(path.parent) == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=st.dictionaries(st.integers(), st.integers(1, 200), min_size=1, max_size=60),
    order=st.randoms(use_true_random=False),
)
def test_when_the_inbox_is_empty_nothing_of_it_is_left(
    store: Store, path: Path, written: dict[int, int], order: Random
) -> None:
    updates = [update % 2**62 for update in written]
    for update, length in zip(updates, written.values(), strict=True):
        store.put(Waiting(update, 70, CANARY * length, 0, ""))
    order.shuffle(updates)
    for update in updates:
        store.delete(Waiting, update=update)
    store.tidy()
    assert holding(path.parent) == []


def test_what_waits_in_the_inbox_is_in_no_copy(store: Store, path: Path, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    store.add(WRITTEN)
    store.back_up(copies / "waiting.sqlite")
    store.delete(Waiting)
    store.back_up(copies / "deleted.sqlite")
    store.tidy()
    store.back_up(copies / "tidied.sqlite")
    assert [file.name for file in sorted(copies.iterdir())] == [
        "deleted.sqlite",
        "tidied.sqlite",
        "waiting.sqlite",
    ]
    assert holding(copies) == []
    assert holding(path.parent) == []


def test_what_was_deleted_from_another_table_is_in_no_copy(store: Store, tmp_path: Path) -> None:
    store.add(Unanswered("a", "2026-03-02", "p1", "sent_in", "fathers", CANARY, "v1"))
    store.delete(Unanswered)
    store.back_up(tmp_path / "copies" / "copy.sqlite")
    assert holding(tmp_path / "copies") == []


def test_closing_leaves_no_deleted_text(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        store.add(WRITTEN)
        store.delete(Waiting)
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert holding(path.parent) == []


async def test_a_desk_tidies_by_itself(path: Path) -> None:
    desk = Desk(SqliteStore(path), tidy_every=0.01)
    await desk.do(lambda store: store.add(WRITTEN))
    await desk.do(lambda store: store.delete(Waiting))
    until = monotonic() + SECONDS
    log = path.with_name(f"{path.name}-wal")
    while holding(path.parent) or log.stat().st_size:
        assert monotonic() < until, "what was deleted is still there"
        await asyncio.to_thread(path.stat)  # nothing is asked of the desk meanwhile
    await desk.close()


async def test_a_desk_tidies_under_load(path: Path) -> None:
    desk = Desk(SqliteStore(path), tidy_every=0.01)
    await desk.do(lambda store: store.add(WRITTEN))
    await desk.do(lambda store: store.delete(Waiting))
    until = monotonic() + SECONDS
    while holding(path.parent):
        assert monotonic() < until, "what was deleted is still there"
        await desk.do(lambda store: store.count(Waiting))
    await desk.close()


async def test_a_desk_leaves_no_deleted_text_when_it_is_closed(path: Path) -> None:
    desk = Desk(SqliteStore(path))
    await desk.do(lambda store: store.add(WRITTEN))
    await desk.do(lambda store: store.delete(Waiting))
    assert holding(path.parent)
    await desk.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert holding(path.parent) == []
