"""Hear what people think of an answer, and take a wording for the maintainers."""

from contextlib import suppress

from telegram import CallbackQuery, Chat, Message, Update

from bot import actions
from bot.context import Context
from bot.records.entries import Feedback, Unanswered, new_id
from bot.records.outcomes import writable
from bot.records.records import today
from bot.rendering.buttons import Button, judged
from bot.rendering.html import text_replies, with_buttons
from handlers.acknowledging import acknowledge, edit_buttons
from handlers.askers import asker, place
from handlers.questions import question_of
from handlers.replying import Sent, edit, send

NO_WORDING = "I no longer hold the wording. Please ask your question again, then press it."
LOOK = (
    "This would be sent to the maintainers, without your name: “{wording}”. Personal data that I "
    "saw is masked. Please look for what I missed."
)
SENT = "Sent to the maintainers: “{wording}”. Thank you."
NOT_SENT = "Nothing was sent."
NOTED = "Noted. Thank you."
WHY_NOT = "Noted. What was wrong?"
NOT_NOTED = "That could not be noted just now."


def asked(query: CallbackQuery) -> Message | None:
    """The message that the one with the button answers."""
    answer = query.message
    return answer.reply_to_message if isinstance(answer, Message) else None


def question(query: CallbackQuery) -> str:
    """The words that asked; empty where they are not known."""
    message = asked(query)
    return question_of(message) if message else ""


async def judge(
    said: actions.Judge, query: CallbackQuery, update: Update, context: Context
) -> None:
    """Note whether an answer was useful; ask why, if it was not."""
    who = asker(update, context)
    reason = actions.REASONS.get(said.reason, "")
    entry = Feedback(who.person, f"{said.intent}@{said.version}", today(), said.useful, reason)
    if not await context.records.put(entry):
        await acknowledge(query, NOT_NOTED)
        return
    # in a group the buttons are everyone's, and stay as they are
    asks = who.chat == Chat.PRIVATE and not said.useful and not said.reason
    await acknowledge(query, WHY_NOT if asks else NOTED)
    if who.chat == Chat.PRIVATE:
        can_send, where = bool(question(query)), place(update, context)
        await edit_buttons(judged(said, where, can_send, _deleting(query)), query)


async def show_wording(intent: str, query: CallbackQuery, update: Update, context: Context) -> None:
    """Show the wording of a question as it would be sent in."""
    message, text = asked(query), question(query)
    if message is None or not text:
        await acknowledge(query, NO_WORDING, alert=True)
        return
    await acknowledge(query)
    shown = text_replies(LOOK.format(wording=await _masked(text, context)))
    rows = (
        (
            Button("Send it", actions.encode(actions.SettleWording(True, intent))),
            Button("Don't send it", actions.encode(actions.SettleWording(False, intent))),
        ),
    )
    await send(with_buttons(shown, rows), update, message.message_id)


async def settle_wording(
    settled: actions.SettleWording, query: CallbackQuery, update: Update, context: Context
) -> None:
    """Keep the wording for the maintainers, masked, or do not; say which."""
    text, shown = question(query), query.message
    if not isinstance(shown, Message) or (settled.sends and not text):
        await acknowledge(query, NO_WORDING, alert=True)
        return
    said = NOT_SENT
    if settled.sends:
        wording = await _masked(text, context)
        who, content = asker(update, context), context.knowledge.version
        entry = Unanswered(
            new_id(), today(), who.person, "sent_in", settled.intent, wording, content
        )
        if not await context.records.put(entry):
            await acknowledge(query, NOT_NOTED)
            return
        said = SENT.format(wording=wording)
    await acknowledge(query)
    first, *_ = text_replies(said)
    await edit(first, context.bot, Sent(shown.chat_id, shown.message_id))


async def _masked(text: str, context: Context) -> str:
    seen = await context.services.thinker.screen(text, context.knowledge)
    return writable(seen.question.text)


def _deleting(query: CallbackQuery) -> Button | None:
    """The button that deletes the asker's message, if there is one under the answer."""
    markup = query.message.reply_markup if isinstance(query.message, Message) else None
    for button in (button for row in (markup.inline_keyboard if markup else ()) for button in row):
        data = str(button.callback_data or "")
        with suppress(actions.UnknownAction):
            if isinstance(actions.decode(data), actions.DeleteMessage):
                return Button(button.text, data)
    return None
