"""Say who asks, as they are named in the records, and where the answer is shown."""

from telegram import Update

from bot.context import Context
from bot.links import share
from bot.records.outcomes import Asker
from bot.rendering.buttons import Under


def place(update: Update, context: Context, works_in: str = "") -> Under:
    """Where an answer to an update is shown."""
    message, chat = update.effective_message, update.effective_chat
    asked = update.message or update.edited_message
    name, names = context.bot.username, context.records.pseudonyms
    return Under(
        asked_in=asked.message_id if asked and message else None,
        works_in=works_in,
        in_group=chat is not None and chat.type != chat.PRIVATE,
        link=lambda intent: share(name, intent, names),
        inline=bool(context.bot.bot.supports_inline_queries),
    )


def person(update: Update, context: Context) -> str:
    """The pseudonym of who sent an update; empty where nobody is named."""
    user = update.effective_user
    return context.records.pseudonyms.of(user.id) if user else ""


def asker(update: Update, context: Context) -> Asker:
    """Who sent an update, by pseudonym, and from what kind of chat."""
    chat = update.effective_chat
    return Asker(person(update, context), chat.type if chat else "inline")
