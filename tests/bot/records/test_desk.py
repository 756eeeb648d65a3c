"""Work on the records from a running bot."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, current_thread

import pytest

from bot.records.desk import MOST, Desk
from bot.records.entries import Seen
from bot.records.sqlite.store import SqliteStore
from bot.records.store import RecordsFailed, Store


class Counting(SqliteStore):
    """A store that counts its commits."""

    commits = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with super().transaction():
            yield
        self.commits += 1


class Holding:
    """Work that holds everything up until it is let go."""

    def __init__(self) -> None:
        self._begun, self._go = Event(), Event()

    def __call__(self, _: Store) -> None:
        self._begun.set()
        assert self._go.wait(10)

    async def begun(self) -> None:
        assert await asyncio.to_thread(self._begun.wait, 10)

    async def let_go(self) -> None:
        self._go.set()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite"


@pytest.fixture
def store(path: Path) -> Counting:
    return Counting(path, patience=0.05)


@pytest.fixture
async def desk(store: Counting) -> AsyncIterator[Desk]:
    opened = Desk(store)
    yield opened
    await opened.close()


@pytest.fixture
async def held(desk: Desk) -> AsyncIterator[Holding]:
    """What holds the desk up, so that all that is asked for then waits together."""
    holding = Holding()
    work = asyncio.create_task(desk.do(holding))
    await holding.begun()
    yield holding
    await holding.let_go()
    await work


def adding(number: int) -> Callable[[Store], bool]:
    """Work that keeps the id of an update, and tells whether it was new."""
    return lambda store: store.add(Seen(number, ""))


def numbers(store: Store) -> list[int]:
    return [seen.update for seen in store.find(Seen)]


def nothing_found(_: Store) -> int:
    raise LookupError("nothing found")


async def test_work_is_done_in_the_order_in_which_it_was_asked_for(desk: Desk) -> None:
    done: list[int] = []
    await asyncio.gather(
        *(desk.do(lambda _, number=number: done.append(number)) for number in range(500))
    )
    assert done == list(range(500))


async def test_each_who_asked_gets_their_own_result(desk: Desk) -> None:
    twice = [0, 1, 0, 2, 1]
    results = await asyncio.gather(*(desk.do(adding(number)) for number in twice))
    assert results == [True, True, False, True, False]


async def test_work_is_done_away_from_the_event_loop(desk: Desk) -> None:
    assert await desk.do(lambda _: current_thread().name) == "records"


async def test_all_that_waits_is_kept_in_one_commit(
    desk: Desk, held: Holding, store: Counting
) -> None:
    await asyncio.gather(*(desk.do(adding(number)) for number in range(100)), held.let_go())
    assert (store.commits, await desk.do(numbers)) == (2, list(range(100)))


async def test_of_very_many_no_commit_has_more_than_the_most(
    desk: Desk, held: Holding, store: Counting
) -> None:
    await asyncio.gather(*(desk.do(adding(number)) for number in range(MOST + 1)), held.let_go())
    assert (store.commits, await desk.do(numbers)) == (3, list(range(MOST + 1)))


async def test_what_is_told_as_done_can_be_read_by_another_program(desk: Desk, path: Path) -> None:
    assert await desk.do(adding(7))
    with closing(sqlite3.connect(path)) as other:
        assert other.execute('select "update" from seen_updates').fetchall() == [(7,)]


async def test_one_that_fails_is_told_and_does_not_spoil_the_others(
    desk: Desk, held: Holding
) -> None:
    def half(store: Store) -> None:
        store.add(Seen(50, ""))
        nothing_found(store)

    one, failed, another, _ = await asyncio.gather(
        desk.do(adding(1)), desk.do(half), desk.do(adding(2)), held.let_go(), return_exceptions=True
    )
    assert (one, repr(failed), another) == (True, "LookupError('nothing found')", True)
    assert await desk.do(numbers) == [1, 2]


async def test_work_that_runs_out_of_entries_is_told_and_does_not_spoil_the_others(
    desk: Desk, held: Holding
) -> None:
    async with asyncio.timeout(10):
        one, failed, another, _ = await asyncio.gather(
            desk.do(adding(1)),
            desk.do(lambda store: next(iter(store.find(Seen, at="never")))),
            desk.do(adding(2)),
            held.let_go(),
            return_exceptions=True,
        )
    assert (one, type(failed), another) == (True, RuntimeError, True)


async def test_while_the_store_fails_all_are_told_and_afterwards_it_works(
    desk: Desk, held: Holding, path: Path
) -> None:
    waiting = [asyncio.create_task(desk.do(adding(number))) for number in range(10)]
    await held.let_go()
    await asyncio.gather(*waiting)
    with closing(sqlite3.connect(path)) as other:
        other.execute("begin exclusive")
        told = await asyncio.gather(
            *(desk.do(adding(number)) for number in range(10, 30)), return_exceptions=True
        )
    assert [(type(error), str(error)) for error in told] == [
        (RecordsFailed, "another program holds it locked")
    ] * 20
    assert await desk.do(adding(30))
    assert await desk.do(numbers) == [*range(10), 30]


async def test_who_only_reads_is_answered_while_another_program_writes(
    desk: Desk, held: Holding, path: Path
) -> None:
    await asyncio.gather(desk.do(adding(1)), held.let_go())
    with closing(sqlite3.connect(path)) as other:
        other.execute("begin immediate")
        written, read = await asyncio.gather(
            desk.do(adding(2)), desk.do(numbers, reads=True), return_exceptions=True
        )
    assert (str(written), read) == ("another program holds it locked", [1])


async def test_who_no_longer_waits_does_not_hold_up_the_others(desk: Desk, held: Holding) -> None:
    gone = asyncio.create_task(desk.do(adding(1)))
    stays = asyncio.create_task(desk.do(adding(2)))
    await asyncio.gather(_cancel(gone), held.let_go())
    assert await stays
    assert gone.cancelled()


async def _cancel(task: asyncio.Task[bool]) -> None:
    task.cancel()


async def test_two_event_loops_use_one_desk(desk: Desk) -> None:
    async def ask(first: int) -> list[bool]:
        return await asyncio.gather(*(desk.do(adding(first + number)) for number in range(50)))

    elsewhere = asyncio.to_thread(asyncio.run, ask(50))
    assert await asyncio.gather(ask(0), elsewhere) == [[True] * 50, [True] * 50]
    assert await desk.do(numbers) == list(range(100))


async def test_a_loop_that_ended_does_not_hold_up_another(desk: Desk, held: Holding) -> None:
    async def ask_and_leave() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(desk.do(adding(1)), 0.01)

    await asyncio.to_thread(asyncio.run, ask_and_leave())
    await held.let_go()
    assert await desk.do(numbers) == [1]


async def test_closing_finishes_what_waits(store: Counting, path: Path) -> None:
    desk = Desk(store)
    holding = Holding()
    work = asyncio.create_task(desk.do(holding))
    await holding.begun()
    *kept, _, _ = await asyncio.gather(
        *(desk.do(adding(number)) for number in range(50)), desk.close(), holding.let_go()
    )
    await work
    assert kept == [True] * 50
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    with closing(SqliteStore(path)) as again:
        assert numbers(again) == list(range(50))


async def test_after_closing_nothing_is_waited_for(store: Counting) -> None:
    desk = Desk(store)
    await desk.close()
    with pytest.raises(RecordsFailed, match="closed"):
        await asyncio.wait_for(desk.do(adding(1)), 10)
    await desk.close()
