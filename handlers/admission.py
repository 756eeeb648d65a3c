"""Let in who is on a list, was invited, or is in an allowed chat. Closed by default."""

from contextlib import suppress
from dataclasses import replace
from functools import partial
from time import time

from telegram import Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.access.invitations import PREFIX, is_member, join
from bot.access.people import see
from bot.access.roles import roles_of
from bot.context import Context
from bot.links import NO_LONGER, SHARED, opened
from bot.records.records import today
from bot.rendering.buttons import Under
from bot.rendering.html import text_reply, to_replies
from bot.trials import current
from handlers.acknowledging import acknowledge
from handlers.groups import ids_allowed, is_allowed
from handlers.inline import outside, pausing
from handlers.replying import send
from knowledge.conversing import pick

STRANGER = (
    "This bot is for invited people. Your user id is {id}: send it to whoever runs the bot and "
    "ask to be let in."
)
SLOWLY = (
    "That was a lot of questions in a minute. Please wait a moment before the next one. If a child "
    "is in danger now, call 999."
)
TOO_MANY_PRESSES = "That was a lot in a minute. Please wait a moment, then press it again."
IN_CHAT = ("creator", "administrator", "member")
"""The status of who is in a chat."""


async def look(update: Update, context: Context) -> None:
    """Any update: look at what holds now."""
    await context.services.live.refresh()


async def admit(update: Update, context: Context) -> None:
    """Any update: let it pass if its sender may ask. A stranger may read an answer that was shared,
    and is else told its id and whom to ask, and nothing else.
    """
    if await _is_admitted(update, context) or await _joins(update, context):
        await _note_seen(update, context)
        return
    user, chat = update.effective_user, update.effective_chat
    if update.callback_query:
        await acknowledge(update.callback_query, "You are not on this bot's list.")
    elif update.inline_query:
        await outside(update, context)
    elif await _reads_what_was_shared(update, context):
        pass
    elif user and chat and chat.type == chat.PRIVATE and update.message:
        told = STRANGER.format(id=user.id)
        is_dead = (update.message.text or "").startswith(f"/start {SHARED}")
        await send(text_reply(f"{NO_LONGER}\n\n{told}" if is_dead else told), update)
    raise ApplicationHandlerStop


async def slow_down(update: Update, context: Context) -> None:
    """A message, new or changed, a button, a query in any chat: stop who asks too much, or a group
    that does; say so.
    """
    trial = current()
    if trial and not trial.is_first:
        return
    # stopped though it cannot be said: a further try would pass
    with suppress(TelegramError):
        if not await _is_too_much(update, context):
            return
    raise ApplicationHandlerStop


async def _is_too_much(update: Update, context: Context) -> bool:
    """Whether somebody asks too much; they are told. Raises `TelegramError` where they are not."""
    services, query, typed = context.services, update.callback_query, update.inline_query
    if query and services.presses.over(query.from_user.id, time()):
        await acknowledge(query, TOO_MANY_PRESSES)
        return True
    if typed and services.queries.over(typed.from_user.id, time()):
        await pausing(update, context)
        return True
    message = update.message or update.edited_message
    over = _over(message, context) if message else 0
    if over == 1:
        await send(text_reply(SLOWLY), update)
    return over > 0


def _over(message: Message, context: Context) -> int:
    """By how much a message is too much, as `Limit.over`: by its own time, so that what waited
    while the bot was off is not taken for haste.
    """
    services, chat = context.services, message.chat
    at = (message.edit_date or message.date).timestamp()
    # all who write in the name of a chat have one user id
    who = message.sender_chat or message.from_user
    over = services.people.over(who.id, at) if who else 0
    if chat.type != chat.PRIVATE:
        over = over or services.groups.over(chat.id, at)
    return over


async def _is_admitted(update: Update, context: Context) -> bool:
    settings = context.settings
    user, chat = update.effective_user, update.effective_chat
    if chat and await is_allowed(chat, context):
        return True
    if user is None:
        return False
    if user.id in settings.allowed_users or roles_of(user.id, settings):
        return True
    if await context.records.attempt(partial(is_member, user=user.id), False, reads=True):
        return True
    return await _is_in_allowed_chat(user.id, context)


async def _is_in_allowed_chat(user: int, context: Context) -> bool:
    """Whether Telegram says that somebody is in an allowed chat; remembered for a while."""
    services = context.services
    if user in services.members or user in services.no_members:
        return user in services.members
    found, all_asked = False, True
    for chat in await ids_allowed(context):
        try:
            member = await context.bot.get_chat_member(chat, user)
        except BadRequest:  # not a member, or the bot is not there itself
            continue
        except TelegramError:
            all_asked = False
            continue
        found = found or member.status in IN_CHAT or bool(getattr(member, "is_member", False))
    if found:
        services.members[user] = True
    elif all_asked:
        services.no_members[user] = True
    return found


async def _reads_what_was_shared(update: Update, context: Context) -> bool:
    """Whether a stranger followed the link of a shared answer: then it is shown, by itself."""
    words = (update.message.text or "").split() if update.message else []
    if len(words) != 2 or words[0] != "/start":
        return False
    link = opened(words[1], context.handbook, context.records.pseudonyms)
    if link is None or not link.for_anyone:
        return False
    picked = pick(link.intent, context.knowledge)
    # the team's own steps and numbers are not for everybody
    everyones = tuple(notice for notice in picked.notices if notice.kind != "local")
    answered = replace(picked, notices=everyones)
    await send(to_replies(answered, context.handbook, Under(plain=True)), update)
    return True


async def _joins(update: Update, context: Context) -> bool:
    """Whether somebody comes in by a join link, now."""
    user, message = update.effective_user, update.message
    words = (message.text or "").split() if message else []
    if user is None or len(words) != 2 or words[0] != "/start" or not words[1].startswith(PREFIX):
        return False
    names = context.records.pseudonyms
    work = partial(join, pseudonyms=names, code=words[1], user=user.id, today=today())
    return await context.records.attempt(work, False)


async def _note_seen(update: Update, context: Context) -> None:
    """Keep the day on which somebody was last here, once a day."""
    user = update.effective_user
    # who writes in the name of a chat is a bot of Telegram's to the library
    if user and not user.is_bot and context.services.is_first_today(user.id):
        await context.records.attempt(partial(see, user=user.id, today=today()), None)
