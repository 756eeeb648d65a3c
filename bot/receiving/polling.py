"""Ask Telegram for updates, and ask for the next ones only once these are kept."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import cast

from telegram import Bot
from telegram.error import Conflict, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.receiving.inbox import Inbox
from bot.receiving.updates import ALLOWED, number

logger = logging.getLogger(__name__)
HOLD = 30
"""Seconds for which Telegram holds a question open when there is nothing to tell."""
MARGIN = 10
"""Seconds more until it is given up."""
DEAF = 60.0
"""Seconds without an answer of Telegram's from which on the bot is not ready: a quiet question ends
after `HOLD`.
"""
LONGEST_PAUSE = 30.0
"""Seconds between two questions at most, where they fail."""
TOLD_EVERY = 3600.0
"""Seconds until a conflict that lasts is told again: two instances take turns at being heard."""
CONFLICT = "Another instance of this bot asks Telegram for messages; stop it, or neither hears all."
BROKEN = "Telegram's answer cannot be understood"


class Hearing:
    """Whether Telegram was heard of late."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._last = clock()

    def note(self) -> None:
        """Telegram has answered."""
        self._last = self._clock()

    @property
    def is_well(self) -> bool:
        """Whether that is less than `DEAF` seconds ago."""
        return self._clock() - self._last < DEAF


async def poll(
    bot: Bot,
    wire: BaseRequest,
    inbox: Inbox,
    tell: Callable[[str], Awaitable[None]],
    hearing: Hearing,
    shortest_pause: float = 1.0,
) -> None:
    """Ask and accept, until cancelled, while the inbox takes more. The wire waits itself where
    Telegram says to.
    """
    offset, pause, told = 0, shortest_pause, -TOLD_EVERY
    while True:
        if inbox.is_full:
            await asyncio.sleep(shortest_pause)
            continue
        try:
            raws = await _ask(bot, wire, offset)
            hearing.note()
            await inbox.accept(raws)
            offset = _next(raws, offset)
            pause = shortest_pause
        except Exception as error:  # whatever was answered: a bot that is deaf looks alive
            logger.warning("no updates", extra={"told": {"error": type(error).__name__}})
            if isinstance(error, Conflict) and monotonic() - told >= TOLD_EVERY:
                told = monotonic()
                logger.error(CONFLICT)
                await tell(CONFLICT)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the transport needs of a request's words; the library makes its own in private."""

    json_parameters: Mapping[str, str]


async def _ask(bot: Bot, wire: BaseRequest, offset: int) -> list[object]:
    """The updates from an offset on, as they came. Raises `TelegramError`."""
    words = {"timeout": str(HOLD), "allowed_updates": json.dumps(ALLOWED)}
    words |= {"offset": str(offset)} if offset else {}
    url = f"{bot.base_url}/getUpdates"
    found = await wire.post(url, cast(RequestData, _Words(words)), read_timeout=HOLD + MARGIN)
    if not isinstance(found, list):
        raise TelegramError(BROKEN)
    return list(found)


def _next(raws: list[object], offset: int) -> int:
    """Where to go on after some updates. After a quiet week Telegram begins anew with any number,
    perhaps a smaller one. Raises `TelegramError` for updates that cannot be confirmed.
    """
    numbers = [found for raw in raws if (found := number(raw)) is not None]
    if raws and not numbers:
        raise TelegramError(BROKEN)
    return max(numbers) + 1 if numbers else offset
