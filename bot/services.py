"""What the handlers work with: made at start, tended while the bot runs, closed when it stops."""

import asyncio
import logging
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from cachetools import LRUCache, TTLCache

from bot.access.limits import GROUP, Limit
from bot.live import Live
from bot.records.auditing import TERMINAL, note
from bot.records.opening import forget_old_keys
from bot.records.records import Records, now, today
from bot.records.retention import purge
from bot.records.store import Store
from bot.remembering import LastAnswers
from bot.settings import Settings
from knowledge.problems import Unsound

logger = logging.getLogger(__name__)
MOST = 10_000
"""People about whom something is remembered."""
MEMBERSHIP = 600.0
"""Seconds for which membership of a chat is remembered: who leaves is out that much later."""
PURGE_EVERY = 3600.0
"""Seconds between two purges: what is kept for a day is gone within an hour of its time."""


class Services:
    """All that lasts longer than one update."""

    def __init__(self, settings: Settings, live: Live, records: Records) -> None:
        self.settings = settings
        self.live = live
        self.records = records
        self.last_answers = LastAnswers(records)
        self.people = Limit(settings.rate_limit)
        self.groups = Limit(GROUP)
        self.chat_members: TTLCache[int, bool] = TTLCache(MOST, MEMBERSHIP)
        """Whether somebody is in an allowed chat."""
        self._seen: LRUCache[int, str] = LRUCache(MOST)
        self._tasks: set[asyncio.Task[None]] = set()

    def forget(self, user: int) -> None:
        """Forget what is in memory of a person."""
        self.last_answers.forget(user)
        self.chat_members.pop(user, None)
        self._seen.pop(user, None)

    def is_first_today(self, user: int) -> bool:
        """Whether somebody is here for the first time today, as far as is remembered."""
        first = self._seen.get(user) != today()
        self._seen[user] = today()
        return first

    async def start(self) -> None:
        """Say what is wrong with the records, note the start, and tend from now on."""
        await self.records.tell_trouble()
        await self._note("start")
        self._begin(self._purge_for_ever())
        with suppress(NotImplementedError):  # Windows has no such signal
            asyncio.get_running_loop().add_signal_handler(
                signal.SIGHUP, lambda: self._begin(self._reload())
            )

    async def stop(self) -> None:
        """Stop tending and close the records."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.records.close()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _purge(self, store: Store) -> None:
        purge(store, now(), self.settings.retention_days)
        if self.records.opened:
            forget_old_keys(self.settings, now())

    async def _purge_for_ever(self) -> None:
        while True:
            await self.records.attempt(self._purge, None)
            await asyncio.sleep(PURGE_EVERY)

    async def _reload(self) -> None:
        """Reload the content because of a signal."""
        try:
            await self.live.reload()
        except Unsound as unsound:
            for problem in unsound.problems:
                logger.error("content refused", extra={"told": {"problem": str(problem)}})
            return
        await self._note("reload")

    async def _note(self, did: str) -> None:
        about = self.live.knowledge.content[:12]
        await self.records.attempt(lambda store: note(store, now(), TERMINAL, did, about), None)
