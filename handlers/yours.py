"""What is held about the asker: said, shown, deleted."""

from collections.abc import Callable
from typing import TypeVar

from telegram import Update

from bot.context import Context
from bot.operation.privacy import privacy_notice
from bot.records.forgetting import forget, held
from bot.records.pseudonyms import Pseudonyms
from bot.records.store import RecordsFailed, Store
from bot.rendering.held import forgotten_in_words, held_in_words
from bot.rendering.html import text_replies, text_reply
from handlers.replying import send

T = TypeVar("T")
NOT_NOW = "The records cannot be used just now ({why}). Please try again later."


async def privacy(update: Update, context: Context) -> None:
    """/privacy: say what is kept, why and for how long."""
    await send(text_reply("\n\n".join(privacy_notice(context.settings))), update)


async def my_data(update: Update, context: Context) -> None:
    """/mydata: show what is held about the asker."""
    if found := await _look(held, update, context, reads=True):
        await send(text_replies(held_in_words(found)), update)


async def forget_me(update: Update, context: Context) -> None:
    """/forgetme: delete what is held about the asker, look again, and say both."""
    found = await _look(forget, update, context)
    if found and update.effective_user:
        context.services.forget(update.effective_user.id)
        await send(text_reply(forgotten_in_words(found)), update)


async def _look(
    what: Callable[[Store, Pseudonyms, int], T],
    update: Update,
    context: Context,
    reads: bool = False,
) -> T | None:
    """What comes of looking for the asker in the records, and perhaps only `reads`; None, and they
    are told, where that is not possible.
    """
    user, names = update.effective_user, context.records.pseudonyms
    if user is None:
        return None
    id = user.id
    try:
        return await context.records.do(lambda store: what(store, names, id), reads)
    except RecordsFailed as failed:
        await send(text_reply(NOT_NOW.format(why=failed)), update)
        return None
