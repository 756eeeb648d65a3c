"""Answer questions."""

from telegram import Update

from bot.context import Context
from bot.rendering.html import to_reply
from handlers.replying import send
from knowledge.conversing import reply


async def ask(update: Update, context: Context) -> None:
    """A text in a private chat: answer it."""
    if update.message is None or not update.message.text:
        return
    answered = reply(update.message.text, context.knowledge, context.last)
    context.last = answered
    for one in (answered, *answered.also):
        await send(to_reply(one, context.handbook, update.message.message_id), update)
