"""Work on the records away from the event loop: one thread, and one commit for all that waits."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Any, TypeVar

from bot.records.store import RecordsFailed, Store

MOST = 256
"""Pieces of work in one commit: the last of them waits for all."""
TIDY_EVERY = 60.0
"""Seconds until what was deleted is gone from every file."""

logger = logging.getLogger(__name__)
T = TypeVar("T")
Work = Callable[[Store], T]
"""Something done with the store: it may be done twice, after the first time came to nothing."""


@dataclass(frozen=True, slots=True)
class _Order:
    work: Work[Any]
    reads: bool
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[Any]


class Desk:
    """Does work on a store in a thread of its own, in the order in which it was asked for."""

    def __init__(self, store: Store, tidy_every: float = TIDY_EVERY) -> None:
        self._store = store
        self._tidy_every = tidy_every
        self._orders: SimpleQueue[_Order | None] = SimpleQueue()
        self._closed, self._door = False, Lock()
        self._thread = Thread(target=self._serve, name="records", daemon=True)
        self._thread.start()

    async def do(self, work: Work[T], reads: bool = False) -> T:
        """What `work` returns, once it is committed. Raises what it raises, or `RecordsFailed`.

        Work that only `reads` is done although another program holds the file.
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        with self._door:
            if self._closed:
                raise RecordsFailed("they are closed")
            self._orders.put(_Order(work, reads, loop, done))
        return await done

    async def close(self) -> None:
        """Finish what waits, tidy and let go of the store."""
        with self._door:
            self._closed = True
            self._orders.put(None)
        await asyncio.to_thread(self._thread.join)

    def _serve(self) -> None:
        tidied, dirty, open_ = monotonic(), False, True
        while open_:
            left = max(tidied + self._tidy_every - monotonic(), 0.0)
            orders, open_ = self._take(left if dirty else None)
            if orders:
                _settle(orders, self._fulfil(orders))
                dirty = dirty or not all(order.reads for order in orders)
            if dirty and monotonic() - tidied >= self._tidy_every:
                tidied, dirty = monotonic(), not self._tidy()
        self._close()

    def _take(self, patience: float | None) -> tuple[list[_Order], bool]:
        """What waits, at most `MOST`, after waiting for the first; and whether more may come."""
        orders: list[_Order] = []
        try:
            while len(orders) < MOST:
                order = (
                    self._orders.get(timeout=patience) if not orders else self._orders.get(False)
                )
                if order is None:
                    return orders, False
                orders.append(order)
        except Empty:
            pass
        return orders, True

    def _fulfil(self, orders: list[_Order]) -> list[tuple[Any, BaseException | None]]:
        """What each order came to; where one fails by itself, each is done by itself."""
        has_begun = False
        all_read = all(order.reads for order in orders)
        try:
            with self._store.reading() if all_read else self._store.transaction():
                has_begun = True
                return [(order.work(self._store), None) for order in orders]
        except RecordsFailed as failed:
            if not has_begun:  # it would fail for each in turn, and each would wait
                return [
                    self._fulfil_alone(order) if order.reads else (None, failed) for order in orders
                ]
            return [self._fulfil_alone(order) for order in orders]
        except Exception:  # told to who asked, when it is done by itself
            return [self._fulfil_alone(order) for order in orders]

    def _fulfil_alone(self, order: _Order) -> tuple[Any, BaseException | None]:
        try:
            with self._store.reading() if order.reads else self._store.transaction():
                return order.work(self._store), None
        except Exception as error:  # raised again where it was asked for
            return None, error

    def _tidy(self) -> bool:
        try:
            self._store.tidy()
        except Exception as error:  # the next one may succeed; the thread has to go on
            logger.warning("not tidied", extra={"told": {"error": type(error).__name__}})
            return False
        return True

    def _close(self) -> None:
        try:
            self._store.close()
        except RecordsFailed:
            return


def _settle(orders: list[_Order], outcomes: list[tuple[Any, BaseException | None]]) -> None:
    """Tell each who asked, those of one loop together."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[_Order, Any, BaseException | None]]] = {}
    for order, (result, error) in zip(orders, outcomes, strict=True):
        by_loop.setdefault(order.loop, []).append((order, result, error))
    for loop, settled in by_loop.items():
        with suppress(RuntimeError):  # the loop is closed: nobody asks any more
            loop.call_soon_threadsafe(_tell, settled)


def _tell(settled: list[tuple[_Order, Any, BaseException | None]]) -> None:
    for order, result, error in settled:
        if order.done.cancelled():
            continue
        if error is None:
            order.done.set_result(result)
        elif isinstance(error, StopIteration):  # a future takes any error but this one
            order.done.set_exception(RuntimeError("the work found nothing"))
        else:
            order.done.set_exception(error)
