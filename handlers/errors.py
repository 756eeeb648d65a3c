"""Report what went wrong, and never what a person wrote."""

import logging
from contextlib import suppress

from telegram import Update
from telegram.error import TelegramError

from bot.context import Context
from bot.rendering.html import text_reply
from bot.trials import is_passing
from handlers.acknowledging import acknowledge
from handlers.replying import send

WRONG = "Something went wrong here, and it has been noted. Please ask again."
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
    if is_last and not is_passing(error):
        with suppress(TelegramError):  # the failure may be that nothing can be sent
            await _own_up(update)


async def _own_up(update: Update) -> None:
    """Tell the person that something went wrong: in a group, who pressed a button alone."""
    query, chat = update.callback_query, update.effective_chat
    is_private = chat is not None and chat.type == chat.PRIVATE
    if query:
        await acknowledge(query, "" if is_private else WRONG, alert=not is_private)
    if update.message or (query and is_private):
        await send(text_reply(WRONG), update)
