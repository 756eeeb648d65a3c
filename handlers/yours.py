"""What is held about the asker: said, shown, deleted."""

from functools import partial

from telegram import Update

from bot.context import Context
from bot.operation.privacy import privacy_notice
from bot.records.forgetting import forget, held
from bot.records.store import RecordsFailed
from bot.rendering.held import forgotten_in_words, held_in_words
from bot.rendering.html import text_replies, text_reply
from handlers.replying import send

NOT_NOW = "The records cannot be read just now ({why}). Please try again later."


async def privacy(update: Update, context: Context) -> None:
    """/privacy: say what is kept, why and for how long."""
    await send(text_reply("\n\n".join(privacy_notice(context.settings))), update)


async def my_data(update: Update, context: Context) -> None:
    """/mydata: show what is held about the asker."""
    user = update.effective_user
    if user is None:
        return
    names = context.records.pseudonyms
    try:
        found = await context.records.do(partial(held, pseudonyms=names, user=user.id))
    except RecordsFailed as failed:
        await send(text_reply(NOT_NOW.format(why=failed)), update)
        return
    await send(text_replies(held_in_words(found)), update)


async def forget_me(update: Update, context: Context) -> None:
    """/forgetme: delete what is held about the asker, look again, and say both."""
    user = update.effective_user
    if user is None:
        return
    names = context.records.pseudonyms
    try:
        found = await context.records.do(partial(forget, pseudonyms=names, user=user.id))
    except RecordsFailed as failed:
        await send(text_reply(NOT_NOW.format(why=failed)), update)
        return
    context.services.forget(user.id)
    await send(text_reply(forgotten_in_words(found)), update)
