"""What the handlers work with: made at start, tended while the bot runs, closed when it stops."""

import asyncio
import logging
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from cachetools import LRUCache, TTLCache

from bot.access.limits import GROUP, TOUCHES, Limit
from bot.live import Live
from bot.records.auditing import TERMINAL, note
from bot.records.opening import forget_old_files
from bot.records.records import Records, Tell, now, today
from bot.records.retention import purge
from bot.records.store import RecordsFailed, Store
from bot.remembering import LastAnswers
from bot.settings import Settings
from bot.thinking import Thinker
from bot.trials import Trials
from knowledge.problems import Unsound

logger = logging.getLogger(__name__)
MOST = 10_000
"""People about whom something is remembered."""
MEMBERSHIP = 600.0
"""Seconds for which membership of a chat is remembered: who leaves is out that much later."""
NO_MEMBERSHIP = 60.0
"""Seconds until it is asked again whether somebody has come into one."""
PURGE_EVERY = 3600.0
"""Seconds between two purges: what is kept for a day is gone within an hour of its time."""


class Services:
    """All that lasts longer than one update."""

    def __init__(self, settings: Settings, live: Live, records: Records, tell: Tell) -> None:
        self.settings = settings
        self.live = live
        self.records = records
        self.tell_operators = tell
        self.trials = Trials()
        self.thinker = Thinker()
        self.albums: LRUCache[str, bool] = LRUCache(MOST)
        """The albums of which a part was looked at: the rest gets no answer of its own."""
        self.last_answers = LastAnswers(records)
        self.people = Limit(settings.rate_limit)
        touches = settings.rate_limit and TOUCHES * settings.rate_limit
        self.presses = Limit(touches)
        self.queries = Limit(touches)
        self.groups = Limit(GROUP)
        self.members: TTLCache[int, bool] = TTLCache(MOST, MEMBERSHIP)
        """Who is in an allowed chat, as far as it was asked."""
        self.no_members: TTLCache[int, bool] = TTLCache(MOST, NO_MEMBERSHIP)
        """Who is in none."""
        self.correcting = asyncio.Lock()
        """Held while a correction goes out: a second one would tell the same chats again."""
        self.groups_told: LRUCache[int, bool] = LRUCache(MOST)
        """The groups that were told why the bot leaves."""
        self.works_in: LRUCache[int, str] = LRUCache(MOST)
        """Where people work, as they told."""
        self._seen: LRUCache[int, str] = LRUCache(MOST)
        self._tasks: set[asyncio.Task[None]] = set()

    def forget(self, user: int) -> None:
        """Forget what is in memory of a person."""
        self.last_answers.forget(user)
        self.members.pop(user, None)
        self.no_members.pop(user, None)
        self._seen.pop(user, None)
        self.works_in.pop(user, None)

    def is_first_today(self, user: int) -> bool:
        """Whether somebody is here for the first time today, as far as is remembered."""
        first = self._seen.get(user) != today()
        self._seen[user] = today()
        return first

    async def start(self) -> None:
        """Say what is wrong with the records, note the start, and tend from now on."""
        await self.records.tell_trouble()
        await self._note("start", TERMINAL)
        self._begin(self._purge_for_ever())

    def heed_reloads(self) -> None:
        """Load the content anew whenever a signal says to: also while the bot starts."""
        with suppress(NotImplementedError):  # Windows has no such signal
            asyncio.get_running_loop().add_signal_handler(
                signal.SIGHUP, lambda: self._begin(self._reload_by_signal())
            )

    async def reload(self, by: str) -> None:
        """Load the content anew for somebody, and keep that. Raises `Unsound`, as `Live.reload`."""
        await self.live.reload()
        await self._note("reload", by)

    async def stop(self) -> None:
        """Stop tending and close the records."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.thinker.close()
        await self.records.close()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._end)

    def _purge(self, store: Store) -> None:
        purge(store, now(), self.settings.retention_days)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error:
            logger.error("tending failed", extra={"told": {"error": type(error).__name__}})

    def _purge_files(self) -> None:
        if not self.records.opened:
            return
        try:
            forget_old_files(self.settings, now())
        except RecordsFailed as failed:
            logger.error("old files stay", extra={"told": {"why": str(failed)}})

    async def _purge_for_ever(self) -> None:
        while True:
            await self.records.attempt(self._purge, None)
            await asyncio.to_thread(self._purge_files)
            await asyncio.sleep(PURGE_EVERY)

    async def _reload_by_signal(self) -> None:
        """Load the content anew; where it is refused, log why."""
        try:
            await self.reload(TERMINAL)
        except Unsound as unsound:
            for problem in unsound.problems:
                logger.error("content refused", extra={"told": {"problem": str(problem)}})

    async def _note(self, did: str, by: str) -> None:
        """Keep who made which version live, and how."""
        about = self.live.knowledge.version
        await self.records.attempt(lambda store: note(store, now(), by, did, about), None)
