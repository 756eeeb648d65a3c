"""What is live: the content as it was last loaded, without what was withdrawn since."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from bot.records.records import Records, today
from bot.records.suspensions import standing
from knowledge.opening import Knowledge
from knowledge.standing import Standing

logger = logging.getLogger(__name__)
LOOK_EVERY = 1.0
"""Seconds that what holds may be out of date: another process may have changed it."""
STALE = (
    "The calibration was fitted on other content, so how sure an answer is cannot be relied on: "
    "run `python bot.py calibrate`"
)


class Live:
    """The knowledge that answers now."""

    def __init__(
        self,
        knowledge: Knowledge,
        records: Records,
        load: Callable[[], Knowledge],
        glance: Callable[[], Standing | None] = lambda: None,
    ) -> None:
        self.knowledge = knowledge
        self._records = records
        self._load = load
        self._glance = glance
        """Read what holds from the file, where that is all that can be done with it."""
        self._looked = -LOOK_EVERY
        self._reloading = asyncio.Lock()

    async def refresh(self) -> None:
        """Look, a second later at most, what was withdrawn and whether the bot rests; where that
        cannot be read, what held before holds.
        """
        if monotonic() - self._looked < LOOK_EVERY:
            return
        self._looked = monotonic()
        holds = self.knowledge.handbook.standing
        found = await self._records.attempt(
            lambda store: standing(store, today()), None, reads=True
        )
        if not self._records.opened:  # these are in memory: the file may still be read
            found = await asyncio.to_thread(self._glance)
        if found is None:
            # what was read before holds; where nothing was, that is said beside each answer
            found = replace(holds, is_known=holds.is_known and bool(holds.today))
        self.knowledge = self.knowledge.stand(found)

    def look_again(self) -> None:
        """Look at the next refresh, however soon it comes."""
        self._looked = -LOOK_EVERY

    async def reload(self) -> None:
        """Load the content anew and put it in the place of the old in one step.

        Raises `Unsound` for content that cannot be used: then the old one stays.
        """
        async with self._reloading:
            loaded = await asyncio.to_thread(self._load)
            self.knowledge = loaded.stand(self.knowledge.handbook.standing)
            logger.info("content loaded", extra={"told": {"content": loaded.version}})
            self.tell_calibration()

    def tell_calibration(self) -> None:
        """Tell the log if the calibration is of other content."""
        if not self.knowledge.is_calibrated:
            logger.warning("the calibration is stale", extra={"told": {"problem": STALE}})
