"""Do what a pressed button says."""

from telegram import Update

from bot import actions
from bot.context import Context
from bot.rendering.html import to_reply
from handlers.replying import send
from knowledge.answering import show_chosen
from knowledge.model import Question

TOO_OLD = "This button is too old. Please ask your question again."


async def press(update: Update, context: Context) -> None:
    """A pressed button: show the answer that was picked."""
    query = update.callback_query
    if query is None:
        return
    try:
        action = actions.decode(query.data or "")
    except actions.UnknownAction:
        await query.answer(TOO_OLD)
        return
    if not context.handbook.has_intent(action.intent):
        await query.answer(TOO_OLD)
        return
    await query.answer()
    chosen = show_chosen(
        Question(context.handbook.intent(action.intent).title), action.intent, context.handbook
    )
    context.last = chosen
    await send(to_reply(chosen, context.handbook), update)
