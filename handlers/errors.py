"""Report what went wrong, and never what a person wrote."""

import logging
from contextlib import suppress

from telegram import Update
from telegram.error import TelegramError

from bot.context import Context
from bot.rendering.html import text_reply
from bot.trials import is_passing
from handlers.replying import send

logger = logging.getLogger(__name__)


def _kind(update: object) -> str:
    """What kind of update it was: `message`, `callback_query` …"""
    if not isinstance(update, Update):
        return ""
    return next((name for name in Update.ALL_TYPES if getattr(update, name, None)), "")


async def on_error(update: object, context: Context) -> None:
    """A handler failed: log its type and place, and tell the person."""
    error = context.error
    trace = error.__traceback__ if error else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    told = {
        "error": type(error).__name__,
        "place": f"{trace.tb_frame.f_globals['__name__']}:{trace.tb_lineno}" if trace else "",
        "update": _kind(update),
    }
    logger.error("a handler failed", extra={"told": told})
    if not isinstance(update, Update) or error is None:
        return
    is_last = context.services.trials.fail(update.update_id, error)
    if is_last and not is_passing(error) and update.message:
        with suppress(TelegramError):  # the failure may be that nothing can be sent
            await send(
                text_reply("Something went wrong here, and it has been noted. Please ask again."),
                update,
            )
