"""Build the Telegram application from its parts, and run it by long polling."""

import logging
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Bot, BotCommand, Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import ApplicationBuilder, BaseHandler, ContextTypes

from bot.access.roles import NOBODY, Role
from bot.context import App, Context, install, installed
from bot.live import Live
from bot.logbook import open_logbook
from bot.records.opening import open_records
from bot.services import Services
from bot.settings import Settings
from knowledge.opening import Knowledge

logger = logging.getLogger(__name__)
Handlers = Sequence[Sequence[BaseHandler[Update, Context, None]]]
"""Groups of handlers: in each group the first that fits answers; groups are asked in turn."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what `/help`, Telegram's menu and the registration are made of."""

    name: str
    help: str
    do: Callable[[Update, Context], Coroutine[Any, Any, None]]
    roles: frozenset[Role] = NOBODY
    """Who may give it: any of these; empty for everyone who is let in."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the bot listens for, and how it speaks up: what `handlers` brings."""

    handlers: Handlers
    commands: Sequence[Command]
    on_error: Callable[[object, Context], Coroutine[Any, Any, None]]
    announce: Callable[[Bot, Iterable[int], str], Coroutine[Any, Any, None]]
    """Write something to people, by their ids."""


def build_application(
    settings: Settings,
    load: Callable[[], Knowledge],
    conversation: Conversation,
    builder: Callable[[], Any] = ApplicationBuilder,
) -> App:
    """The application, ready to run.

    `load` loads the content, now and at each reload; `builder` lets a test put in its own wire.
    """

    async def start(application: App) -> None:
        everyones = (command for command in conversation.commands if not command.roles)
        await application.bot.set_my_commands([BotCommand(c.name, c.help) for c in everyones])
        await installed(application).start()

    async def stop(application: App) -> None:
        await installed(application).stop()

    async def tell_operators(text: str) -> None:
        await conversation.announce(application.bot, settings.operators, text)

    made = (
        builder()
        .token(settings.token)
        .context_types(ContextTypes(context=Context))
        .post_init(start)
        .post_shutdown(stop)
    )
    if settings.api_base_url:
        # with or without the `/bot` in which python-telegram-bot's own `base_url` ends
        server = settings.api_base_url.rstrip("/").removesuffix("/bot")
        made = made.base_url(f"{server}/bot")
    application: App = made.build()
    records = open_records(settings, tell_operators)
    install(application, Services(settings, Live(load(), records, load), records))
    for group, members in enumerate(conversation.handlers):
        application.add_handlers(list(members), group)
    application.add_error_handler(conversation.on_error)
    return application


def run(application: App, settings: Settings) -> None:
    """Run until stopped by a signal. Raises `click.ClickException` with the mend where Telegram
    refuses.
    """
    import click

    open_logbook(settings.log_level)
    if not (settings.allowed_users or settings.allowed_chats):
        logger.warning("ALLOWED_USER_IDS is empty: only who is invited is let in")
    try:
        application.run_polling(allowed_updates=["message", "callback_query"])
    except InvalidToken as error:
        raise click.ClickException(
            "Telegram does not know this TELEGRAM_BOT_TOKEN; copy it again from @BotFather."
        ) from error
    except Conflict as error:
        raise click.ClickException(
            "Another instance of this bot is running; stop it first."
        ) from error
    except NetworkError as error:
        raise click.ClickException(
            f"Telegram cannot be reached ({type(error).__name__}); check the network."
        ) from error
    except TelegramError as error:
        raise click.ClickException(f"Telegram refused ({type(error).__name__}).") from error
