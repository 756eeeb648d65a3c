"""Answer questions."""

from telegram import Update

from bot.context import Context
from bot.rendering.html import to_reply
from handlers.keeping import keep
from handlers.replying import send
from knowledge.conversing import reply


async def ask(update: Update, context: Context) -> None:
    """A text in a private chat: answer it."""
    message = update.message
    if message is None or not message.text:
        return
    last = await context.services.last_answers.of(message.chat_id, context.handbook)
    answered = reply(message.text, context.knowledge, last)
    answered_in = 0
    for one in (answered, *answered.also):
        answered_in = await send(to_reply(one, context.handbook, message.message_id), update)
    await keep(answered, update, context, answered_in)
