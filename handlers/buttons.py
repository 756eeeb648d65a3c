"""Do what a pressed button says."""

from typing import assert_never

from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from bot import actions
from bot.context import Context
from bot.remembering import restore
from bot.rendering.buttons import Button
from bot.rendering.explaining import explain
from bot.rendering.html import text_reply, to_replies
from handlers.acknowledging import acknowledge
from handlers.askers import place
from handlers.browsing import set_role, show_page, show_unit
from handlers.correcting import correct_now
from handlers.history import keep, recall
from handlers.judging import asked, judge, question, settle_wording, show_wording
from handlers.replying import send
from handlers.reviewing import press_review
from knowledge.conversing import pick
from knowledge.model import Answered, Guidance

TOO_OLD = "This button is too old. Please ask your question again."
DELETED = "Your message is deleted here."
NOT_DELETED = (
    "I can't delete it here. Press and hold your message, choose Delete, and delete it for "
    "everyone."
)
NO_LONGER = "I no longer hold how I came to this answer. Ask your question again, then press Why."
NEAR = 8
"""Questions near an answer that are offered at most."""


async def press(update: Update, context: Context) -> None:
    """A pressed button: do what it says, or say kindly that it is too old."""
    query = update.callback_query
    if query is None:
        return
    try:
        action = actions.decode(query.data or "")
    except actions.UnknownAction:
        await acknowledge(query, TOO_OLD)
        return
    match action:
        case actions.ShowIntent(intent) | actions.ShowMore(intent) | actions.Explain(intent) if (
            not context.handbook.has_intent(intent)
        ):
            await acknowledge(query, TOO_OLD)
        case actions.ShowIntent(intent):
            await acknowledge(query)
            await show(pick(intent, context.knowledge), update, context)
        case actions.ShowMore(intent):
            await acknowledge(query)
            await _show_more(intent, update, context)
        case actions.Explain(intent):
            await _explain(intent, query, update, context)
        case actions.Judge():
            await judge(action, query, update, context)
        case actions.SendWording(intent):
            await show_wording(intent, query, update, context)
        case actions.SettleWording():
            await settle_wording(action, query, update, context)
        case actions.Browse(by, key, page):
            await show_page(by, key, page, query, context)
        case actions.ShowUnit(unit):
            await show_unit(unit, query, update, context)
        case actions.SetRole(works_in):
            await set_role(works_in, query, update, context)
        case actions.DeleteMessage(message):
            await _delete(message, query, update, context)
        case actions.Consider() | actions.PassOver() | actions.Decide():
            await press_review(action, query, update, context)
        case actions.Correct(fingerprint):
            await correct_now(fingerprint, query, update, context)
        case other:
            assert_never(other)


async def show(answered: Answered, update: Update, context: Context) -> None:
    """Show an answer that was picked, and keep it as the last one."""
    known = await recall(update, context)
    where = place(update, context, known.works_in)
    answered_in = await send(to_replies(answered, context.handbook, where), update)
    await keep(answered, update, context, answered_in)


async def _show_more(intent: str, update: Update, context: Context) -> None:
    """Offer the questions near an answer."""
    about = context.handbook.intent(intent)
    near = context.handbook.neighbours(about)
    if not near:
        await send(text_reply("There is no more on this. /topics lists everything."), update)
        return
    rows = tuple(
        (Button(other.title, actions.encode(actions.ShowIntent(other.id))),)
        for other in near[:NEAR]
    )
    await send(text_reply(f"Related to “{about.title}”:", rows), update)


async def _explain(intent: str, query: CallbackQuery, update: Update, context: Context) -> None:
    """Say why an answer was given: from memory, or by asking once more."""
    chat, text = update.effective_chat, question(query)
    last = context.services.last_answers.whole(chat.id) if chat else None
    found = _about(intent, last)
    seen = await context.services.thinker.screen(text, context.knowledge) if text else None
    if seen and (last is None or seen.question != last.question):
        before = await _before(query, context)
        again = await context.services.thinker.reply(text, context.knowledge, before)
        found = _about(intent, again) or found
    if found is None and asked(query) and not text:
        found = pick(intent, context.knowledge)
    if found is None:
        await acknowledge(query, NO_LONGER, alert=True)
        return
    await acknowledge(query)
    await send(text_reply("\n".join(("Why this?", *explain(found)))), update)


async def _before(query: CallbackQuery, context: Context) -> Answered | None:
    """What was answered before the message with the button: a follow-up went on from it."""
    message = query.message
    if message is None:
        return None
    given = await context.services.last_answers.answered_in(message.chat.id, message.message_id)
    return restore(given.before, context.handbook) if given else None


def _about(intent: str, answered: Answered | None) -> Answered | None:
    """The part of an answer that is guidance of an intent."""
    for one in (answered, *answered.also) if answered else ():
        if isinstance(one.answer, Guidance) and one.answer.intent.id == intent:
            return one
    return None


async def _delete(message: int, query: CallbackQuery, update: Update, context: Context) -> None:
    chat = update.effective_chat
    if chat is None or chat.type != chat.PRIVATE:  # elsewhere it might be anybody's message
        await acknowledge(query, TOO_OLD)
        return
    try:
        await context.bot.delete_message(chat.id, message)
    except TelegramError:  # too old, gone, the bot may not, or Telegram cannot be reached
        await acknowledge(query, NOT_DELETED, alert=True)
    else:
        await acknowledge(query, DELETED)
