"""Build the Telegram application from its parts."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from cachetools import TTLCache
from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.ext import ApplicationBuilder, ApplicationHandlerStop, BaseHandler, ContextTypes
from telegram.request import BaseRequest

from bot.access.roles import NOBODY, Role
from bot.context import App, Context, install, installed
from bot.live import Live
from bot.receiving.wire import Wire
from bot.records.opening import glance_if_possible, open_records
from bot.services import Services
from bot.settings import Settings
from knowledge.opening import Knowledge

logger = logging.getLogger(__name__)
INTRODUCTION = 20.0
"""Seconds in which the bot may tell Telegram what it is: after a few starts in a row Telegram says
to wait for an hour.
"""
TOLD_AGAIN = 600.0
"""Seconds until operators are told the same again."""
Handlers = Sequence[Sequence[BaseHandler[Update, Context, None]]]
"""Groups of handlers: in each group the first that fits answers; groups are asked in turn."""


class Where(StrEnum):
    """The kinds of chat in which a command is given."""

    PRIVATE = "private"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what `/help`, Telegram's menu and the registration are made of."""

    name: str
    help: str
    do: Callable[[Update, Context], Coroutine[Any, Any, None]]
    roles: frozenset[Role] = NOBODY
    """Who may give it: any of these; empty for everyone who is let in."""
    where: frozenset[Where] = frozenset({Where.PRIVATE})


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the bot listens for, and how it speaks up: what `handlers` brings."""

    handlers: Handlers
    commands: Sequence[Command]
    on_error: Callable[[object, Context], Coroutine[Any, Any, None]]
    announce: Callable[[Bot, Iterable[int], str], Coroutine[Any, Any, int]]
    """Write something to people, by their ids: to how many it went."""
    introduce: Callable[[Bot, Settings], Coroutine[Any, Any, None]]
    """Tell Telegram what the bot is and which commands it has."""


def build_application(
    settings: Settings,
    load: Callable[[], Knowledge],
    conversation: Conversation,
    wire: BaseRequest | None = None,
) -> App:
    """The application, ready to run. It fetches no updates itself: they are put into it.

    `load` loads the content, now and at each reload; `wire` carries the calls to Telegram.
    """

    async def start(application: App) -> None:
        try:
            async with asyncio.timeout(INTRODUCTION):
                await conversation.introduce(application.bot, settings)
        except (TelegramError, TimeoutError) as error:  # no reason to leave people unanswered
            logger.warning("not introduced", extra={"told": {"error": type(error).__name__}})
        await installed(application).start()

    async def on_error(update: object, context: Context) -> None:
        await conversation.on_error(update, context)
        # else the next group would go on: a stranger who could not be told so would be answered
        raise ApplicationHandlerStop

    told: TTLCache[str, bool] = TTLCache(100, TOLD_AGAIN)

    async def tell_operators(text: str) -> None:
        if text in told:
            return
        told[text] = True
        await conversation.announce(application.bot, settings.operators, text)

    wire = wire or Wire()
    made: Any = (
        ApplicationBuilder()
        .token(settings.token)
        .context_types(ContextTypes(context=Context))
        .updater(None)
        .request(wire)
        .get_updates_request(wire)
        .post_init(start)
    )
    if settings.api_base_url:
        # with or without the `/bot` in which python-telegram-bot's own `base_url` ends
        server = settings.api_base_url.rstrip("/").removesuffix("/bot")
        made = made.base_url(f"{server}/bot")
    application: App = made.build()
    records = open_records(settings, tell_operators)
    install(
        application,
        Services(
            settings,
            Live(load(), records, load, partial(glance_if_possible, settings)),
            records,
            tell_operators,
        ),
    )
    for group, members in enumerate(conversation.handlers):
        application.add_handlers(list(members), group)
    application.add_error_handler(on_error)
    return application
