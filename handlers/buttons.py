"""Do what a pressed button says."""

from typing import assert_never

from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from bot import actions
from bot.context import Context
from bot.rendering.html import to_reply
from handlers.keeping import keep
from handlers.replying import send
from knowledge.conversing import pick

TOO_OLD = "This button is too old. Please ask your question again."
DELETED = "Your message is deleted here."
NOT_DELETED = (
    "I can't delete it here. Press and hold your message, choose Delete, and delete it for "
    "everyone."
)


async def press(update: Update, context: Context) -> None:
    """A pressed button: show the answer that was picked, or delete the asker's message."""
    query = update.callback_query
    if query is None:
        return
    try:
        action = actions.decode(query.data or "")
    except actions.UnknownAction:
        await query.answer(TOO_OLD)
        return
    match action:
        case actions.ShowIntent(intent):
            await _show(intent, query, update, context)
        case actions.DeleteMessage(message):
            await _delete(message, query, update, context)
        case other:
            assert_never(other)


async def _show(intent: str, query: CallbackQuery, update: Update, context: Context) -> None:
    if not context.handbook.has_intent(intent):
        await query.answer(TOO_OLD)
        return
    await query.answer()
    chosen = pick(intent, context.knowledge)
    answered_in = await send(to_reply(chosen, context.handbook), update)
    await keep(chosen, update, context, answered_in)


async def _delete(message: int, query: CallbackQuery, update: Update, context: Context) -> None:
    if update.effective_chat is None:
        return
    try:
        await context.bot.delete_message(update.effective_chat.id, message)
    except TelegramError:  # too old, gone, the bot may not, or Telegram cannot be reached
        await query.answer(NOT_DELETED, show_alert=True)
    else:
        await query.answer(DELETED)
