"""The records as the running bot uses them: what fails is told once, and is never in the way of an
answer.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from bot.records.desk import Desk, Work
from bot.records.entries import Entry
from bot.records.pseudonyms import Pseudonyms
from bot.records.store import RecordsFailed, Store

logger = logging.getLogger(__name__)
T = TypeVar("T")
TROUBLE = (
    "The records cannot be used: {why}. Questions are answered, but nothing is kept meanwhile: a "
    "message in hand when the bot stops is lost, and "
    "who came in by an invitation may be kept out. `python bot.py doctor` says more."
)
Tell = Callable[[str], Awaitable[None]]
"""Tell the operators something."""


class Records:
    """What is kept, and how people are named in it."""

    def __init__(self, desk: Desk, pseudonyms: Pseudonyms, tell: Tell, trouble: str = "") -> None:
        self._desk = desk
        self._tell = tell
        self.pseudonyms = pseudonyms
        self.opened = not trouble
        """Whether they are those of the file, and not of memory because the file fails."""
        self.trouble = trouble
        """Why the file could not be opened, or the last work failed; empty where it did not."""

    @property
    def is_well(self) -> bool:
        """Whether what is put in is kept."""
        return not self.trouble

    async def attempt(self, work: Work[T], otherwise: T, reads: bool = False) -> T:
        """What `work` returns, or `otherwise` where the records fail: then the operators are
        told, once until they work again, which work that only `reads` does not show: on a full
        disk, and while another program holds the file, it goes on.
        """
        try:
            result = await self._desk.do(work, reads)
        except RecordsFailed as failed:
            if str(failed) != self.trouble:
                self.trouble = str(failed)
                await self.tell_trouble()
            return otherwise
        if self.trouble and self.opened and not reads:
            self.trouble = ""
            logger.warning("records work again")
            await self._tell("The records can be used again.")
        return result

    async def put(self, *entries: Entry) -> bool:
        """Keep entries, all or none. Whether they are kept; where not, as `attempt`."""

        def work(store: Store) -> bool:
            for entry in entries:
                store.put(entry)
            return True

        return await self.attempt(work, False)

    async def tell_trouble(self) -> None:
        """Tell the operators what is wrong with the records, if something is."""
        if self.trouble:
            logger.error("records fail", extra={"told": {"why": self.trouble}})
            await self._tell(TROUBLE.format(why=self.trouble))

    async def do(self, work: Work[T], reads: bool = False) -> T:
        """What `work` returns; it may only read. Raises what it raises, or `RecordsFailed`: also
        where the file could not be opened, as nothing would come of it.
        """
        if not self.opened:
            raise RecordsFailed(self.trouble)
        return await self._desk.do(work, reads)

    async def close(self) -> None:
        """Finish what waits and close the file."""
        await self._desk.close()


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def today() -> str:
    """The day (ISO 8601) in UTC."""
    return now().date().isoformat()
