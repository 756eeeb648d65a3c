"""Correct what was shared: tell the chats, and edit the posts whose ids are held."""

from dataclasses import replace

from telegram import Update
from telegram.error import TelegramError

from bot.context import Context
from bot.links import share
from bot.records.auditing import note
from bot.records.entries import Shared
from bot.records.records import now
from bot.rendering.buttons import Button
from bot.rendering.html import Reply, text_reply, to_html
from bot.rendering.inline import card_of, correction
from bot.rendering.outline import Outline
from handlers.askers import person
from handlers.replying import Posted, edit, send, tell

NONE = "No answer that is known to have been shared has changed."
COPIES = "Copies that were forwarded, and posts whose ids Telegram did not tell, stay as they are."


async def correct(update: Update, context: Context) -> None:
    """/correct: say in the chats where an answer was shared that it has changed since, and put the
    answer as it is now in the place of posts made by inline mode.
    """
    shared = await context.records.do(lambda store: store.find(Shared), reads=True)
    versions = {id: _version(id, context) for id in {one.intent for one in shared}}
    changed = [one for one in shared if one.version != versions[one.intent]]
    if not changed:
        await send(text_reply(NONE), update)
        return
    by, about = person(update, context), f"{len(changed)} answers"
    await context.records.do(lambda store: note(store, now(), by, "correct", about))
    told: set[int] = set()
    edited = gone = failed = 0
    for one in _once_a_chat(changed):
        try:
            done = await _put_right(one, context)
        except TelegramError:
            failed += 1
            continue
        if done and one.inline:
            edited += 1
        elif done:
            told.add(one.chat)
        else:
            gone += 1
        # at once: what fails later does not make a chat be told again
        same = [other for other in changed if _place(other) == _place(one)]
        version = versions[one.intent]
        await context.records.put(*(replace(other, version=version) for other in same))
    lines = (
        f"Told: {len(told)} chats. Edited: {edited} posts.",
        *((f"Out of reach: {gone}.",) if gone else ()),
        *((f"Failed: {failed}. Give /correct again later.",) if failed else ()),
        COPIES,
    )
    await send(text_reply("\n".join(lines)), update)
    if gone + failed:
        await context.services.tell_operators(f"A correction did not reach {gone + failed} places.")


async def _put_right(shared: Shared, context: Context) -> bool:
    """Edit a post, or tell a chat. False where neither is there any more; raises `TelegramError`
    where it may work later.
    """
    if shared.inline:
        return await edit(_post(shared, context), context.bot, Posted(shared.inline))
    said = correction(shared.intent, shared.day, context.handbook)
    return await tell(said, context.bot, shared.chat)


def _version(intent: str, context: Context) -> str:
    """The version of an answer now; empty where it is withdrawn or no more."""
    handbook = context.handbook
    card = card_of(handbook.intent(intent), handbook) if handbook.has_intent(intent) else None
    return card.id.partition("@")[2] if card else ""


def _once_a_chat(changed: list[Shared]) -> list[Shared]:
    """Each post by inline mode; of each answer in a chat the last one shared."""
    return list({_place(one): one for one in sorted(changed, key=_day)}.values())


def _place(shared: Shared) -> tuple[str | int, str]:
    """Where an answer stands, and which."""
    return shared.inline or shared.chat, shared.intent


def _day(shared: Shared) -> str:
    return shared.day


def _post(shared: Shared, context: Context) -> Reply:
    """What is put in the place of a post."""
    handbook, intent = context.handbook, shared.intent
    link = share(context.bot.username, intent, context.records.pseudonyms)
    known = handbook.has_intent(intent)
    if known and (card := card_of(handbook.intent(intent), handbook)):
        return Reply(card.html, card.plain, card.buttons(link))
    words = Outline((correction(intent, shared.day, handbook),))
    buttons = ((Button("See instead", url=link),),) if known else ()
    return Reply(to_html(words), words.plain(), buttons)
