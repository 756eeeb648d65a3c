"""Send what was rendered. The only module that sends."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.rendering.html import Reply


async def send(reply: Reply, update: Update) -> None:
    """Send a message to the chat of an update; if Telegram refuses the markup, the same words as
    plain text.
    """
    message = update.effective_message
    if message is None:
        return
    rows = [
        [InlineKeyboardButton(b.label, callback_data=b.action) for b in row]
        for row in reply.buttons
    ]
    buttons = InlineKeyboardMarkup(rows) if rows else None
    no_preview = LinkPreviewOptions(is_disabled=True)
    try:
        await message.reply_text(
            reply.html,
            parse_mode=ParseMode.HTML,
            reply_markup=buttons,
            link_preview_options=no_preview,
        )
    except BadRequest as error:
        if "parse entities" not in error.message.lower():
            raise
        await message.reply_text(reply.plain, reply_markup=buttons, link_preview_options=no_preview)
