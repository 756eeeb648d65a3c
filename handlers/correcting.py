"""Correct what was shared: tell the chats, and edit the posts whose ids are held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from bot import actions
from bot.access.roles import Role, roles_of
from bot.actions import encode
from bot.context import Context
from bot.links import share
from bot.records.auditing import note
from bot.records.entries import Shared
from bot.records.records import now
from bot.records.store import RecordsFailed
from bot.rendering.buttons import Button
from bot.rendering.html import Reply, text_reply, to_html
from bot.rendering.inline import card_of, correction
from bot.rendering.outline import Outline
from handlers.acknowledging import acknowledge
from handlers.askers import person
from handlers.replying import Posted, edit, send, send_instead, tell
from knowledge.handbook import Handbook

MAY_CORRECT = frozenset({Role.SUPERVISOR, Role.OPERATOR})
NONE = "No answer that is known to have been shared has changed."
COPIES = "Copies that were forwarded, and posts whose ids Telegram did not tell, stay as they are."
NOT_YOURS = "This is for supervisors and operators."
OTHERWISE = "What is to be corrected is no longer what you saw: please look again."
NOT_NOW = "Nothing was corrected: the records cannot be used just now."
UNDER_WAY = "Somebody else is correcting just now. /correct shows afterwards what is left."
LISTED = 10
"""Answers that are listed one by one before they are corrected."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What was shared and has changed since."""

    shared: tuple[Shared, ...]
    versions: Mapping[str, str]
    """The version of each answer now; empty where it is withdrawn or no more."""

    @property
    def places(self) -> tuple[Shared, ...]:
        """Each post by inline mode; of each answer in a chat, or a topic of it, the last one."""
        by_day = sorted(self.shared, key=lambda one: one.day)
        return tuple({_place(one): one for one in by_day}.values())

    @property
    def fingerprint(self) -> str:
        """Eight digits that are others as soon as something else is to be corrected."""
        about = sorted((one.id, one.version, self.versions[one.intent]) for one in self.shared)
        return sha256(repr(about).encode()).hexdigest()[:8]


async def correct(update: Update, context: Context) -> None:
    """/correct: say which answers that were shared have changed since, and where they stand; they
    are corrected once the button is pressed.
    """
    await send(_preview(await _changes(context), context.handbook), update)


async def correct_now(
    fingerprint: str, query: CallbackQuery, update: Update, context: Context
) -> None:
    """The button of /correct: say in the chats that the answers have changed, put them as they are
    now in the place of posts made by inline mode, and say what came of it.
    """
    user = update.effective_user
    if user is None or not roles_of(user.id, context.settings) & MAY_CORRECT:
        await acknowledge(query, NOT_YOURS)
        return
    if context.services.correcting.locked():
        await acknowledge(query, UNDER_WAY, alert=True)
        return
    async with context.services.correcting:
        await _correct_as_seen(fingerprint, query, update, context)


async def _correct_as_seen(
    fingerprint: str, query: CallbackQuery, update: Update, context: Context
) -> None:
    """Correct, if what is to be corrected is still what was seen; else show it again."""
    try:
        changes = await _changes(context)
        is_as_seen = changes.fingerprint == fingerprint
        if is_as_seen:
            by, about = person(update, context), f"{len(changes.shared)} answers"
            await context.records.do(lambda store: note(store, now(), by, "correct", about))
    except RecordsFailed:
        await acknowledge(query, NOT_NOW, alert=True)
        return
    await acknowledge(query, "" if is_as_seen else OTHERWISE, alert=not is_as_seen)
    said = await _carry_out(changes, context) if is_as_seen else None
    shown = text_reply(said) if said else _preview(changes, context.handbook)
    await send_instead((query.message.message_id,) if query.message else (), (shown,), update)


async def changed_since(context: Context) -> int:
    """How many answers stand somewhere as they were. Raises `RecordsFailed`."""
    return len({one.intent for one in (await _changes(context)).shared})


async def _changes(context: Context) -> Changes:
    shared = await context.records.do(lambda store: store.find(Shared), reads=True)
    versions = {id: _version(id, context) for id in {one.intent for one in shared}}
    return Changes(tuple(one for one in shared if one.version != versions[one.intent]), versions)


def _preview(changes: Changes, handbook: Handbook) -> Reply:
    """What would be corrected, and the button for it."""
    if not changes.shared:
        return text_reply(NONE)
    places = changes.places
    listed = [
        f"{_title(intent, handbook)}: {_counted([one for one in places if one.intent == intent])}"
        for intent in dict.fromkeys(one.intent for one in places)
    ]
    more = [f"and {len(listed) - LISTED} more"] if len(listed) > LISTED else []
    lines = (
        "Shared, and changed since:",
        *listed[:LISTED],
        *more,
        f"To be told or edited in all: {_counted(places)}. Nothing is sent yet.",
    )
    now = Button("Correct now", encode(actions.Correct(changes.fingerprint)))
    return text_reply("\n".join(lines), ((now,),))


def _title(intent: str, handbook: Handbook) -> str:
    return f"“{handbook.intent(intent).title}”" if handbook.has_intent(intent) else intent


def _counted(places: Sequence[Shared]) -> str:
    chats = {one.chat for one in places if not one.inline}
    return f"chats {len(chats)}, posts {sum(bool(one.inline) for one in places)}"


async def _carry_out(changes: Changes, context: Context) -> str:
    """Correct each place: what came of it."""
    told: set[int] = set()
    edited = gone = failed = 0
    for one in changes.places:
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
        same = [other for other in changes.shared if _place(other) == _place(one)]
        version = changes.versions[one.intent]
        await context.records.put(*(replace(other, version=version) for other in same))
    if gone + failed:
        await context.services.tell_operators(f"A correction did not reach {gone + failed} places.")
    lines = (
        f"Told: {len(told)} chats. Edited: {edited} posts.",
        *((f"Out of reach: {gone}.",) if gone else ()),
        *((f"Failed: {failed}. Give /correct again later.",) if failed else ()),
        COPIES,
    )
    return "\n".join(lines)


async def _put_right(shared: Shared, context: Context) -> bool:
    """Edit a post, or tell a chat. False where neither is there any more; raises `TelegramError`
    where it may work later.
    """
    if shared.inline:
        return await edit(_post(shared, context), context.bot, Posted(shared.inline))
    said = correction(shared.intent, shared.day, context.handbook)
    return await tell(said, context.bot, shared.chat, shared.thread)


def _version(intent: str, context: Context) -> str:
    """The version of an answer now; empty where it is withdrawn or no more."""
    handbook = context.handbook
    card = card_of(handbook.intent(intent), handbook) if handbook.has_intent(intent) else None
    return card.id.partition("@")[2] if card else ""


def _place(shared: Shared) -> tuple[str | tuple[int, int], str]:
    """Where an answer stands, and which."""
    return shared.inline or (shared.chat, shared.thread), shared.intent


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
