"""Send what was rendered. The only module that sends."""

import logging
from collections.abc import Iterable

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.rendering.html import Reply

logger = logging.getLogger(__name__)


async def announce(bot: Bot, people: Iterable[int], text: str) -> None:
    """Write to people who have a role; who cannot be reached is passed over."""
    for person in people:
        try:
            await bot.send_message(person, text)
        except TelegramError as error:  # they never wrote to the bot, or have blocked it
            logger.warning("not told", extra={"told": {"why": type(error).__name__}})


async def send(reply: Reply, update: Update) -> int:
    """Send a message to the chat of an update; if Telegram refuses the markup, the same words as
    plain text. The id of what was sent; 0 where there is nowhere to send it.
    """
    message = update.effective_message
    if message is None:
        return 0
    rows = [
        [InlineKeyboardButton(b.label, callback_data=b.action) for b in row]
        for row in reply.buttons
    ]
    buttons = InlineKeyboardMarkup(rows) if rows else None
    no_preview = LinkPreviewOptions(is_disabled=True)
    try:
        sent = await message.reply_text(
            reply.html,
            parse_mode=ParseMode.HTML,
            reply_markup=buttons,
            link_preview_options=no_preview,
        )
    except BadRequest as error:
        if "parse entities" not in error.message.lower():
            raise
        sent = await message.reply_text(
            reply.plain, reply_markup=buttons, link_preview_options=no_preview
        )
    return sent.message_id
