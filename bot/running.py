"""Run the bot until it is told to stop."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import click
from telegram import Update
from telegram.error import InvalidToken, TelegramError

from bot.context import App, installed
from bot.live import STALE
from bot.logbook import open_logbook
from bot.receiving.inbox import Again, Failure, Inbox
from bot.receiving.polling import Hearing, poll
from bot.receiving.updates import ALLOWED
from bot.receiving.web import add_webhook, listening, make_app
from bot.receiving.wire import Wire
from bot.settings import Settings
from bot.trials import is_passing

logger = logging.getLogger(__name__)
LAST_WORDS = 20.0
"""Seconds in which what has begun may be finished once the bot is told to stop."""


def run(application: App, settings: Settings) -> None:
    """Run until a signal stops it. Raises `click.ClickException` with the mend where Telegram
    refuses.
    """
    open_logbook(settings.log_level)
    try:
        asyncio.run(serve(application, settings))
    except InvalidToken as error:
        raise click.ClickException(
            "Telegram does not know this TELEGRAM_BOT_TOKEN; copy it again from @BotFather."
        ) from error
    except TelegramError as error:
        kind = type(error).__name__
        raise click.ClickException(
            f"Telegram cannot be reached ({kind}); check the network."
            if is_passing(error)
            else f"Telegram refused ({kind})."
        ) from error


async def serve(application: App, settings: Settings) -> None:
    """Answer until a signal stops it, also while it starts. Raises `TelegramError`."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C raises there
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    installed(application).heed_reloads()
    async with AsyncExitStack() as stack:
        if await _unless(stop, _begin(stack, application, settings)):
            logger.info("running")
            await stop.wait()
        logger.info("stopping")


async def _begin(stack: AsyncExitStack, application: App, settings: Settings) -> None:
    await stack.enter_async_context(_started(application, settings))
    inbox = await stack.enter_async_context(_opened(application))
    await stack.enter_async_context(_receiving(application, inbox, settings))


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do some work, unless the bot is told to stop meanwhile: whether it was done. Raises what it
    raises.
    """
    under_way, told = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait((under_way, told), return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if under_way.done():
        await under_way
        return True
    under_way.cancel()
    await asyncio.gather(under_way, return_exceptions=True)
    return False


@asynccontextmanager
async def _started(application: App, settings: Settings) -> AsyncIterator[None]:
    """The application, known to Telegram. Raises `click.ClickException` where its answers cannot be
    relied on.
    """
    services = installed(application)
    try:
        if not (services.live.knowledge.is_calibrated or settings.stale_calibration):
            raise click.ClickException(f"{STALE}, or start with --stale-calibration.")
        services.live.tell_calibration()
        await application.initialize()
        if application.post_init:
            await application.post_init(application)
        yield
    finally:
        await application.shutdown()
        await application.bot.request.shutdown()  # where it did not come so far as to be started
        await services.stop()


@asynccontextmanager
async def _opened(application: App) -> AsyncIterator[Inbox]:
    """The inbox, handing out what waits; at the end what has begun is finished."""
    services = installed(application)
    inbox = Inbox(services.records, Handling(application).handle, services.tell_operators)
    await inbox.open()
    try:
        yield inbox
    finally:
        await inbox.close(LAST_WORDS)


@asynccontextmanager
async def _receiving(application: App, inbox: Inbox, settings: Settings) -> AsyncIterator[None]:
    """Updates coming in: asked for, or sent."""
    services, hearing = installed(application), Hearing()
    is_asking = not settings.webhook_url
    web = make_app(
        inbox,
        lambda: (
            services.records.is_well and not inbox.is_full and (hearing.is_well or not is_asking)
        ),
    )
    async with AsyncExitStack() as stack:
        if settings.webhook_url:
            add_webhook(web, inbox, settings.webhook_url, settings.webhook_secret)
            await stack.enter_async_context(_listen(web, settings.webhook_listen))
            await application.bot.set_webhook(
                settings.webhook_url,
                secret_token=settings.webhook_secret,
                allowed_updates=ALLOWED,
            )
            yield
            return
        if settings.health_listen:
            await stack.enter_async_context(_listen(web, settings.health_listen))
        await application.bot.delete_webhook()
        wire = Wire(pauses=())
        await wire.initialize()
        stack.push_async_callback(wire.shutdown)
        asking = asyncio.create_task(
            poll(application.bot, wire, inbox, services.tell_operators, hearing)
        )
        try:
            yield
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)


@asynccontextmanager
async def _listen(web: Any, address: tuple[str, int]) -> AsyncIterator[None]:
    try:
        async with listening(web, address):
            yield
    except OSError as error:
        where = f"{address[0]}:{address[1]}"
        raise click.ClickException(f"Cannot listen at {where} ({error.strerror}).") from error


class Handling:
    """Handles updates by the application's handlers."""

    def __init__(self, application: App) -> None:
        self._application = application

    async def handle(self, raw: dict[str, Any], is_last_try: bool) -> Failure | None:
        """Handle an update; why it could not be, if so."""
        trials = installed(self._application).trials
        try:
            update = Update.de_json(raw, self._application.bot)
        except Exception as error:  # whatever is in it: told by its type, and set aside
            return Failure(type(error).__name__, Again.NEVER)
        with trials.of(update.update_id, is_last_try) as trial:
            await self._application.process_update(update)
        if trial.error is None:
            return None
        again = Again.UNTIL_IT_WORKS if is_passing(trial.error) else Again.A_FEW_TIMES
        return Failure(type(trial.error).__name__, again)
