"""Report what went wrong, and never what a person wrote."""

import logging
from contextlib import suppress

from telegram import Update
from telegram.error import TelegramError

from bot.context import Context
from bot.rendering.html import text_reply
from handlers.replying import send

logger = logging.getLogger(__name__)


async def on_error(update: object, context: Context) -> None:
    """A handler failed: log its type and place, and tell the person."""
    error = context.error
    trace = error.__traceback__ if error else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = (
        f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "an unknown place"
    )
    logger.error("%s in %s", type(error).__name__, place)
    if isinstance(update, Update) and update.message:
        with suppress(TelegramError):  # the failure may be that nothing can be sent
            await send(
                text_reply("Something went wrong here, and it has been noted. Please ask again."),
                update,
            )
