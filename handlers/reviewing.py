"""/review: show maintainers what people asked and missed, and let them put it where it belongs."""

import asyncio
from functools import partial
from typing import TypeAlias

from telegram import CallbackQuery, Chat, Message, Update

from bot import actions
from bot.access.roles import KEEPERS, roles_of
from bot.context import Context
from bot.records.auditing import note
from bot.records.deciding import Decision, What, decide, decided, places, wordings
from bot.records.missed import askings
from bot.records.records import now
from bot.records.store import RecordsFailed, Store
from bot.rendering.html import text_replies, text_reply, with_buttons
from bot.rendering.suggesting import (
    CONFIDENTIAL,
    NOTHING,
    asked,
    decided_in_words,
    in_words,
    intents_under,
    routes_under,
)
from handlers.acknowledging import acknowledge, edit_buttons
from handlers.askers import asker
from handlers.replying import Sent, edit, send
from knowledge.quality.suggesting import Suggestion, suggest

Reviewing: TypeAlias = actions.Consider | actions.PassOver | actions.Decide
NOT_YOURS = "This is for maintainers and operators, in a private chat."
NO_MORE = "That is all for now. What was passed over comes again with /review."
CHANGED = "More was asked meanwhile, or it is gone. /review shows what waits now."
ALREADY = "That was decided already: {what}."
TYPE_IT = (
    "Personal data was seen in it, so it can't be accepted as it is. Whoever runs the bot can type "
    "it without: python bot.py suggest accept {id} --wording …"
)
FAILED = "Nothing was changed: the records cannot be used ({why})."


async def review(update: Update, context: Context) -> None:
    """/review: show the first group of questions on which nothing is decided."""
    by = asker(update, context).person
    await context.records.do(lambda store: note(store, now(), by, "read suggestions"))
    found = await _waiting(context)
    await send(text_reply(CONFIDENTIAL if found else NOTHING), update)
    if found:
        await _show(found, 0, update, context)


async def press_review(
    action: Reviewing, query: CallbackQuery, update: Update, context: Context
) -> None:
    """A button under a group of questions: do what it says, if its presser may."""
    user, chat = update.effective_user, update.effective_chat
    may = user is not None and bool(KEEPERS & roles_of(user.id, context.settings))
    if not may or chat is None or chat.type != Chat.PRIVATE:
        await acknowledge(query, NOT_YOURS, alert=True)
        return
    try:
        await _press(action, query, update, context)
    except RecordsFailed as failed:
        await acknowledge(query, FAILED.format(why=failed), alert=True)


async def _press(action: Reviewing, query: CallbackQuery, update: Update, context: Context) -> None:
    found = await _waiting(context)
    place = next((at for at, one in enumerate(found) if one.id == action.suggestion), None)
    if place is None:
        await _tell_why_not(action.suggestion, query, context)
        return
    match action:
        case actions.Consider(suggestion, routes):
            await acknowledge(query)
            closest = intents_under(found[place])
            rows = routes_under(suggestion, context.handbook) if routes else closest
            await edit_buttons(rows, query)
        case actions.PassOver():
            await acknowledge(query)
            await edit_buttons((), query)
            await _show(found, place + 1, update, context)
        case actions.Decide(_, what, into):
            decision = Decision(what, into)
            if await _decide(found[place], decision, query, update, context):
                await _show((*found[:place], *found[place + 1 :]), place, update, context)


async def _waiting(context: Context) -> tuple[Suggestion, ...]:
    """The groups on which nothing is decided; they are made beside the event loop."""
    found = await context.records.do(askings)
    return await asyncio.to_thread(suggest, found, context.knowledge)


async def _show(
    found: tuple[Suggestion, ...], place: int, update: Update, context: Context
) -> None:
    """Show a group, or that there are no more."""
    if place >= len(found):
        await send(text_reply(NO_MORE), update)
        return
    one = found[place]
    lines = (f"{place + 1} of {len(found)}, {asked(one)}", *in_words(one, context.handbook))
    await send(with_buttons(text_replies("\n".join(lines)), intents_under(one)), update)


async def _decide(
    one: Suggestion, decision: Decision, query: CallbackQuery, update: Update, context: Context
) -> bool:
    """Decide on a group, unless somebody else has. False where it was not done."""
    texts = wordings(one) if decision.what is not What.SKIPPED else {}
    if decision.what is not What.SKIPPED and not texts:
        await acknowledge(query, TYPE_IT.format(id=one.id), alert=True)
        return False
    if not _is_there(decision, context):
        await acknowledge(query, CHANGED, alert=True)
        return False
    by = asker(update, context).person
    work = partial(decide, suggestion=one, decision=decision, texts=texts, by=by, now=now())
    if not await context.records.do(work):
        await _tell_why_not(one.id, query, context)
        return False
    await acknowledge(query)
    said = f"“{one.wordings[0].text}” is {decided_in_words(decision, context.handbook)}."
    await _put_in_place(said, query, context)
    return True


def _is_there(decision: Decision, context: Context) -> bool:
    """Whether there is, by now, an intent or a route of that id."""
    return decision.into in places(decision.what, context.handbook)


async def _tell_why_not(suggestion: str, query: CallbackQuery, context: Context) -> None:
    """Say that a group was decided on, or has changed; its buttons go."""

    def look(store: Store) -> Decision | None:
        return decided(store, suggestion)

    done = await context.records.do(look)
    what = decided_in_words(done, context.handbook) if done else ""
    said = ALREADY.format(what=what) if done else CHANGED
    await acknowledge(query, said, alert=True)
    await edit_buttons((), query)


async def _put_in_place(said: str, query: CallbackQuery, context: Context) -> None:
    """Say what was decided in the place of the message with the buttons."""
    if isinstance(query.message, Message):
        first, *_ = text_replies(said)
        await edit(first, context.bot, Sent(query.message.chat_id, query.message.message_id))
