"""Keep what came of a question, once it is answered."""

from telegram import Update

from bot.context import Context
from bot.records.entries import Entry, Last
from bot.records.keeping import Asker, as_asked, as_last, as_unanswered
from bot.records.records import now, today
from bot.records.store import Store
from knowledge.model import Answered


def asker(update: Update, context: Context) -> Asker:
    """Who sent an update, by pseudonym, and from what kind of chat."""
    user, chat = update.effective_user, update.effective_chat
    person = context.records.pseudonyms.of(user.id) if user else ""
    return Asker(person, chat.type if chat else "inline")


async def keep(answered: Answered, update: Update, context: Context, answered_in: int) -> None:
    """Keep that a question was answered, and the answer as the last one of its chat."""
    chat, message = update.effective_chat, update.effective_message
    who, content = asker(update, context), context.knowledge.content
    entries: list[Entry] = []
    for one in (answered, *answered.also):
        entries.append(as_asked(one, who, content, today()))
        unanswered = as_unanswered(one, who, content, today(), context.settings.keep_question_text)
        entries += [unanswered] if unanswered else []
    if chat:
        context.services.last_answers.remember(chat.id, answered)
        asked_in = message.message_id if message else 0
        last = as_last(answered, chat.id, asked_in, answered_in, now().isoformat("T", "seconds"))
        await context.records.attempt(lambda store: _keep(store, entries, chat.id, last), None)


def _keep(store: Store, entries: list[Entry], chat: int, last: Last | None) -> None:
    for entry in entries:
        store.put(entry)
    if last:
        store.put(last)
    else:
        store.delete(Last, chat=chat)
