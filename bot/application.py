"""Build the Telegram application from its parts, and run it by long polling."""

import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import BotCommand, Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import ApplicationBuilder, BaseHandler, ContextTypes

from bot.context import App, Context, Services, install
from bot.logbook import open_logbook
from bot.settings import Settings
from knowledge.opening import Knowledge

Handlers = Sequence[Sequence[BaseHandler[Update, Context, None]]]
"""Groups of handlers: in each group the first that fits answers; groups are asked in turn."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what `/help`, Telegram's menu and the registration are made of."""

    name: str
    help: str
    do: Callable[[Update, Context], Coroutine[Any, Any, None]]


def build_application(
    settings: Settings,
    knowledge: Knowledge,
    handlers: Handlers,
    commands: Sequence[Command],
    on_error: Callable[[object, Context], Coroutine[Any, Any, None]],
    builder: Callable[[], Any] = ApplicationBuilder,
) -> App:
    """The application, ready to run; `builder` lets a test put in its own wire."""

    async def tell_telegram(application: App) -> None:
        await application.bot.set_my_commands([BotCommand(c.name, c.help) for c in commands])

    made = (
        builder()
        .token(settings.token)
        .context_types(ContextTypes(context=Context))
        .post_init(tell_telegram)
    )
    if settings.api_base_url:
        # with or without the `/bot` in which python-telegram-bot's own `base_url` ends
        server = settings.api_base_url.rstrip("/").removesuffix("/bot")
        made = made.base_url(f"{server}/bot")
    application: App = made.build()
    install(application, Services(settings, knowledge))
    for group, members in enumerate(handlers):
        application.add_handlers(list(members), group)
    application.add_error_handler(on_error)
    return application


def run(application: App, settings: Settings) -> None:
    """Run until stopped by a signal. Raises `click.ClickException` with the mend where Telegram
    refuses.
    """
    import click

    open_logbook(settings.log_level)
    if not (settings.allowed_users or settings.allowed_chats):
        logging.getLogger(__name__).warning("ALLOWED_USER_IDS is empty: nobody is let in")
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
