"""An inbox over a real file, somebody who answers what it hands out, and Telegram's letters."""

import asyncio
import sqlite3
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any

from bot.receiving import updates
from bot.receiving.inbox import FULL, Failure, Inbox
from bot.records.desk import Desk
from bot.records.entries import Entry, Waiting
from bot.records.pseudonyms import Key, Pseudonyms
from bot.records.records import Records
from bot.records.sqlite.store import SqliteStore

PATIENCE = 60.0
"""Seconds until a test gives up."""
QUICK = 0.002
"""Seconds between two tries at an update."""


def letter(number: int, chat: int = 7, text: str = "hello") -> dict[str, Any]:
    """An update as Telegram sends it: somebody's message."""
    person = {"id": chat, "is_bot": False, "first_name": "Sam"}
    place = {"id": chat, "type": "private"}
    message = {"message_id": number, "date": 0, "chat": place, "from": person, "text": text}
    return {"update_id": number, "message": message}


async def until(holds: Callable[[], bool]) -> None:
    """Wait for something to hold."""
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(QUICK)


class Clerk:
    """Answers updates: notes what was answered; fails, or takes its time, where it is told to."""

    def __init__(self) -> None:
        self.answered: list[int] = []
        """The numbers of what was answered, in order."""
        self.tried: list[tuple[int, bool]] = []
        """The number of each that was tried, and whether it was said to be the last try."""
        self.under_way: Counter[int] = Counter()
        """How many of each chat are in hand."""
        self.most_of_a_chat = self.most = 0
        """How many were in hand at a time."""
        self._failures: dict[int, deque[Failure | Exception]] = defaultdict(deque)
        self._held: dict[int, asyncio.Event] = {}

    def fails_at(self, number: int, *failures: Failure | Exception) -> None:
        """Fail at an update, once for each of these."""
        self._failures[number].extend(failures)

    def holds(self, *numbers: int) -> None:
        """Take up these, and finish them only when they are let go."""
        self._held |= {number: asyncio.Event() for number in numbers}

    def lets_go(self, *numbers: int) -> None:
        """Finish these, or all."""
        for number in numbers or tuple(self._held):
            self._held[number].set()

    def has_in_hand(self, number: int) -> bool:
        """Whether a try at an update was begun."""
        return any(tried == number for tried, _ in self.tried)

    async def handle(self, raw: dict[str, Any], is_last_try: bool) -> Failure | None:
        """As `Handle`."""
        number = raw["update_id"]
        chat = updates.chat(raw)
        if updates.kind(raw) == "unknown":
            raise ValueError("it makes no sense")
        self.tried.append((number, is_last_try))
        self.under_way[chat] += 1
        self.most_of_a_chat = max(self.most_of_a_chat, self.under_way[chat])
        self.most = max(self.most, self.under_way.total())
        try:
            for _ in range(number % 5):
                await asyncio.sleep(0)
            if held := self._held.get(number):
                await held.wait()
            failed = self._failures[number].popleft() if self._failures[number] else None
            if isinstance(failed, Exception):
                raise failed
            if failed is None:
                self.answered.append(number)
            return failed
        finally:
            self.under_way[chat] -= 1


class Office:
    """An inbox, the clerk behind it, its records and what the operators were told."""

    def __init__(
        self, path: Path, clerk: Clerk, patience: float, pause: float, full: int = FULL
    ) -> None:
        self.path = path
        self.told: list[str] = []
        self.records = Records(
            Desk(SqliteStore(path, patience)), Pseudonyms((Key.new(),)), self.tell
        )
        self.inbox = Inbox(self.records, clerk.handle, self.tell, pause, full)

    async def tell(self, text: str) -> None:
        """As `tell_operators`."""
        self.told.append(text)

    async def receives(self, *letters: object) -> None:
        """Updates arrive together."""
        await self.inbox.accept(letters)

    async def is_done(self) -> None:
        """All that arrived is answered or set aside."""
        await until(lambda: self.inbox.waiting == 0)


@asynccontextmanager
async def office(
    path: Path,
    clerk: Clerk,
    *,
    patience: float = 1.0,
    pause: float = QUICK,
    at_the_end: float = PATIENCE,
    full: int = FULL,
) -> AsyncIterator[Office]:
    """An office that is open while the block lasts, and has so many seconds to finish.

    `patience`: seconds that its records wait for another program; `full`: updates that wait, from
    which on it takes in no more.
    """
    opened = Office(path, clerk, patience, pause, full)
    try:
        await opened.inbox.open()
        yield opened
    finally:
        await opened.inbox.close(at_the_end)
        await opened.records.close()


@contextmanager
def another_program_writes(path: Path) -> Iterator[None]:
    """Nobody else can write while the block lasts."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("begin immediate")
        yield
        connection.execute("rollback")


def kept(path: Path, kind: type[Entry] = Waiting) -> list[int]:
    """The numbers of the updates that another program finds in the file, in order."""
    with closing(sqlite3.connect(path)) as connection:
        query = f'select "update" from {kind.TABLE} order by "update"'
        return [number for (number,) in connection.execute(query)]
