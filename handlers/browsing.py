"""Browse what is known: topics, reports, units of guidance; and say where one works."""

from functools import partial

from telegram import CallbackQuery, Message, Update

from bot.access.people import settle
from bot.context import Context
from bot.records.records import today
from bot.rendering.browsing import (
    agencies,
    page_of,
    roles,
    source_in_words,
    sources_in_words,
    topics,
    unit_in_words,
)
from bot.rendering.html import text_reply
from handlers.acknowledging import acknowledge
from handlers.replying import Sent, edit, send

TOO_OLD = "This list has changed. Please type /topics again."
NO_SOURCE = "There is no such report. /sources lists them."


async def show_topics(update: Update, context: Context) -> None:
    """/topics: browse by theme, age group or agency."""
    await send(topics(context.handbook), update)


async def show_sources(update: Update, context: Context) -> None:
    """/sources: list the reports, and how far each can be relied on."""
    await send(sources_in_words(context.handbook), update)


async def show_source(update: Update, context: Context) -> None:
    """/source ages-of-concern: show a report and its units; without a name, list all."""
    slug = " ".join(context.args or [])
    if not slug:
        await show_sources(update, context)
        return
    if not any(source.slug == slug for source in context.handbook.sources):
        await send(text_reply(NO_SOURCE), update)
        return
    await send(source_in_words(slug, context.handbook), update)


async def show_page(by: str, key: str, page: int, query: CallbackQuery, context: Context) -> None:
    """A button of a list: turn to that page, in the same message."""
    shown = page_of(by, key, page, context.handbook)
    if shown is None or not isinstance(query.message, Message):
        await acknowledge(query, TOO_OLD)
        return
    await acknowledge(query)
    await edit(shown, context.bot, Sent(query.message.chat_id, query.message.message_id))


async def show_unit(unit: str, query: CallbackQuery, update: Update, context: Context) -> None:
    """A button of a unit: show it, with the questions that it answers."""
    if not context.handbook.has_unit(unit):
        await acknowledge(query, TOO_OLD)
        return
    await acknowledge(query)
    await send(unit_in_words(unit, context.handbook), update)


async def choose_role(update: Update, context: Context) -> None:
    """/role: say where one works, so that the points that concern it come first."""
    await send(roles(), update)


async def set_role(works_in: str, query: CallbackQuery, update: Update, context: Context) -> None:
    """A button of a role: remember it."""
    user, known = update.effective_user, agencies()
    if user is None or (works_in and works_in not in known):
        await acknowledge(query, TOO_OLD)
        return
    name = known.get(works_in, "")
    work = partial(settle, user=user.id, works_in=name, today=today())
    if not await context.records.attempt(work, False):
        await acknowledge(query, "That could not be noted just now.")
        return
    context.services.works_in[user.id] = name
    await acknowledge(query)
    said = f"Noted: {name}. What concerns it comes first now." if name else "Noted: none of these."
    await send(text_reply(f"{said} Which answer you get does not change."), update)
