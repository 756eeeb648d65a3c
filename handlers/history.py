"""Recall what came before a question, and keep what came of it, once it is answered."""

from dataclasses import dataclass
from functools import partial

from telegram import Update

from bot.context import Context
from bot.records.entries import Asked, Entry, Last, Person, Shared, Unanswered, new_id
from bot.records.outcomes import as_asked, as_last, as_unanswered
from bot.records.records import now, today
from bot.records.store import Store
from bot.remembering import Given
from handlers.askers import asker
from handlers.replying import topic_of
from knowledge.model import Answered, Guidance
from knowledge.splitting import MOST as QUESTIONS


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of a chat before a question."""

    last: Answered | None
    works_in: str


async def recall(update: Update, context: Context) -> Remembered:
    """What is known of the chat and the person of an update."""
    user, chat = update.effective_user, update.effective_chat
    if chat is None or user is None:
        return Remembered(None, "")
    last = await context.services.last_answers.of(chat.id, context.handbook)
    return Remembered(last, await _works_in(user.id, context))


async def _works_in(user: int, context: Context) -> str:
    """Where somebody works, as they told; remembered, as it is asked for with every question."""
    known = context.services.works_in
    if user not in known:
        nothing: tuple[Person, ...] = ()
        found = await context.records.attempt(
            lambda store: store.find(Person, user=user), nothing, reads=True
        )
        known[user] = found[0].works_in if found else ""
    return known[user]


async def keep(
    answered: Answered,
    update: Update,
    context: Context,
    answered_in: tuple[int, ...],
    instead: Given | None = None,
) -> None:
    """Keep that a question was answered, and in which messages, perhaps `instead` of an answer
    that it was given before; in a group, that the answer was shared there.
    """
    chat = update.effective_chat
    if chat is None:
        return
    who, content, day = asker(update, context), context.knowledge.version, today()
    entries: list[Entry] = []
    asked = update.message or update.edited_message
    ids = _ids(chat.id, asked.message_id if asked else None, context)
    for one, id in zip((answered, *answered.also), ids, strict=False):
        entries.append(as_asked(one, who, content, day, id))
        text = context.settings.keep_question_text
        if unanswered := as_unanswered(one, who, content, day, id, text):
            entries.append(unanswered)
        if isinstance(one.answer, Guidance) and chat.type != chat.PRIVATE and answered_in:
            entries.append(_shared(one.answer, chat.id, answered_in[0], day, topic_of(update) or 0))
    if instead is None or instead.is_last:
        context.services.last_answers.remember(chat.id, answered)
    if answered_in:
        at = now().isoformat(timespec="seconds")
        asked_in = asked.message_id if asked else 0
        entries.append(as_last(answered, chat.id, asked_in, answered_in, at))
    await context.records.attempt(partial(_keep, entries=entries, ids=ids, instead=instead), None)


def _ids(chat: int, asked_in: int | None, context: Context) -> tuple[str, ...]:
    """The ids under which the questions of one message are kept."""
    if asked_in is None:
        return tuple(new_id() for _ in range(QUESTIONS))
    names = context.records.pseudonyms
    return tuple(names.entry(chat, asked_in, part) for part in range(QUESTIONS))


def _shared(guidance: Guidance, chat: int, message: int, day: str, thread: int) -> Shared:
    key = f"{chat}:{message}:{guidance.intent.id}"
    return Shared(key, chat, "", guidance.intent.id, guidance.version, day, thread)


def _keep(store: Store, entries: list[Entry], ids: tuple[str, ...], instead: Given | None) -> None:
    if instead:
        for id in ids:  # as it was asked before
            store.delete(Asked, id=id)
            store.delete(Unanswered, id=id)
        chat, message = instead.kept.chat, instead.kept.answered_in
        store.delete(Last, chat=chat, answered_in=message)
        for shared in store.find(Shared, chat=chat):
            if shared.id.startswith(f"{chat}:{message}:"):
                store.delete(Shared, id=shared.id)
    for entry in entries:
        store.put(entry)
