"""Keep every update until it is answered, and hand them out, one of each chat at a time."""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from functools import partial
from itertools import islice
from typing import Any

from cachetools import LRUCache

from bot.receiving import updates, waiting
from bot.receiving.counting import Counts
from bot.records.entries import Waiting
from bot.records.records import Records, now

logger = logging.getLogger(__name__)
SLOTS = 64
"""Updates that are handled at a time."""
TRIES = 3
"""How often an update may make a handler fail."""
LONGEST_PAUSE = 60.0
"""Seconds between two tries at most, where it is the network that fails."""
FULL = 10_000
"""Updates that wait, from which on no more are taken in: Telegram keeps them better for a while."""
REMEMBERED = 10_000
"""Ids of updates that are remembered while the records cannot be written."""
AT_ONCE = 500
"""Updates that are crossed off together at most: SQLite takes so many values and more."""


class Again(Enum):
    """Whether to try once more."""

    NEVER = "it would fail as it did"
    A_FEW_TIMES = "what failed may not fail again"
    UNTIL_IT_WORKS = "the network failed"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an update could not be handled."""

    error: str
    """The type of the error: its words may be a person's."""
    again: Again


Handle = Callable[[dict[str, Any], bool], Awaitable[Failure | None]]
"""Handle an update as it came; told whether this is its last try."""


def oldest() -> str:
    """The time before which an update that waits is given up: its text is kept no longer."""
    return (now() - timedelta(days=1)).isoformat(timespec="seconds")


class Inbox:
    """The updates that wait: kept from the moment that they are accepted until they are handled."""

    def __init__(
        self,
        records: Records,
        handle: Handle,
        tell: Callable[[str], Awaitable[None]],
        pause: float = 1.0,
        full: int = FULL,
    ) -> None:
        self._full = full
        self.counts = Counts()
        self._records = records
        self._handle = handle
        self._tell = tell
        self._pause = pause
        self._chats: dict[int, deque[Waiting]] = {}
        self._slots = asyncio.Semaphore(SLOTS)
        self._working: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()
        self._known: LRUCache[int, bool] = LRUCache(REMEMBERED)
        self._done: set[int] = set()
        """What is handled, and not crossed off yet."""

    @property
    def waiting(self) -> int:
        """How many updates wait or are being handled."""
        return sum(map(len, self._chats.values()))

    @property
    def is_full(self) -> bool:
        """Whether no more should be taken in before some are handled."""
        return self.waiting >= self._full

    async def open(self) -> None:
        """Hand out what was waiting when the bot last stopped: later, if that cannot be read."""
        if not await self._take_up():
            self._begin(self._take_up_later())

    async def accept(self, raws: Iterable[object]) -> None:
        """Keep updates, as Telegram sent them; they are kept once this returns.

        One that came before is passed over. Where the records fail, it is answered all the same.
        """
        at = now().isoformat(timespec="seconds")
        entries = [entry for raw in raws if (entry := self._read(raw, at))]
        new = [entry for entry in entries if entry.update not in self._known]
        for entry in await self._records.attempt(partial(waiting.keep, entries=new), new):
            if self._is_unknown(entry):  # while it was kept it may have come once more
                self.counts.add("received")
                self._hand_out(entry)

    async def close(self, patience: float) -> None:
        """Finish what has begun, for so many seconds at most; the rest waits for the next start."""
        self._stopping.set()
        if self._working:
            await asyncio.wait(self._working, timeout=patience)
        for task in self._working:
            task.cancel()
        await asyncio.gather(*self._working, return_exceptions=True)

    def _read(self, raw: object, at: str) -> Waiting | None:
        """An update as it is kept; None for what has no id, or cannot be written down."""
        number = updates.number(raw)
        if number is None or not isinstance(raw, dict):
            return None
        try:
            return Waiting(number, updates.chat(raw), json.dumps(updates.writable(raw)), 0, at)
        except (RecursionError, TypeError, ValueError) as error:
            self.counts.add("set_aside")
            told = {"update": updates.kind(raw), "error": type(error).__name__}
            logger.error("an update cannot be kept", extra={"told": told})
            return None

    def _is_unknown(self, entry: Waiting) -> bool:
        """Whether an update is seen for the first time; it is known from now on."""
        if entry.update in self._known:
            return False
        self._known[entry.update] = True
        return True

    async def _take_up(self) -> bool:
        """Hand out what waits since before. False where that cannot be read."""
        found = await self._records.attempt(waiting.take_up, None)
        for entry in filter(self._is_unknown, found or ()):
            self._hand_out(entry)
        return found is not None

    async def _take_up_later(self) -> None:
        pause = self._pause
        while not await self._stops_within(pause) and not await self._take_up():
            pause = min(2 * pause, LONGEST_PAUSE)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _stops_within(self, seconds: float) -> bool:
        """Wait so long. Whether the inbox is closed meanwhile."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def _hand_out(self, entry: Waiting) -> None:
        """Put an update behind the others of its chat."""
        if entry.chat in self._chats:
            self._chats[entry.chat].append(entry)
            return
        self._chats[entry.chat] = deque([entry])
        self._begin(self._serve(entry.chat))

    async def _serve(self, chat: int) -> None:
        """Handle what waits of one chat, in order."""
        entries = self._chats[chat]
        while entries and not self._stopping.is_set():
            try:
                await self._finish(entries[0])
            except Exception as error:  # one update must not silence its chat
                told = {"error": type(error).__name__}
                logger.error("an update is left for the next start", extra={"told": told})
            entries.popleft()
        del self._chats[chat]

    async def _finish(self, entry: Waiting) -> None:
        """Handle an update until it is handled, or set aside; then cross it off. It has a slot only
        while it is tried.
        """
        pause = self._pause
        while True:
            async with self._slots:
                if self._stopping.is_set():
                    return  # it waits for the next start
                failure = await self._try(entry)
            if failure is None:
                break
            self.counts.add("failed")
            if entry.at < oldest():
                await self._set_aside(entry, failure)
                break
            if failure.again is not Again.UNTIL_IT_WORKS:
                entry = replace(entry, tries=entry.tries + 1)
                if entry.tries >= TRIES or failure.again is Again.NEVER:
                    await self._set_aside(entry, failure)
                    break
                if waiting.is_written(entry):
                    await self._records.put(entry)
            if await self._stops_within(pause):
                return  # it waits for the next start
            pause = min(2 * pause, LONGEST_PAUSE)
        self.counts.add("handled")
        await self._cross_off(entry.update)

    async def _try(self, entry: Waiting) -> Failure | None:
        try:
            return await self._handle(json.loads(entry.raw), entry.tries + 1 >= TRIES)
        except Exception as error:  # told by its type, as what a handler raises
            return Failure(type(error).__name__, Again.A_FEW_TIMES)

    async def _cross_off(self, update: int) -> None:
        """Cross an update off, and others with it that could not be before."""
        self._done.add(update)
        done = (update, *islice(self._done - {update}, AT_ONCE))
        if await self._records.attempt(partial(waiting.cross_off, updates=done), False):
            self._done.difference_update(done)

    async def _set_aside(self, entry: Waiting, failure: Failure) -> None:
        """Give an update up: its kind, the error's and the time are all that is told."""
        kind = updates.kind(json.loads(entry.raw))
        self.counts.add("set_aside")
        told = {"update": kind, "error": failure.error, "tries": entry.tries}
        logger.error("an update is set aside", extra={"told": told})
        at = now().isoformat(timespec="seconds")
        await self._tell(f"An update could not be handled ({kind}, {failure.error}, {at}).")
