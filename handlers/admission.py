"""Let in who is on a list, was invited, or is in an allowed chat. Closed by default."""

from functools import partial

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.access.invitations import PREFIX, is_member, join, see
from bot.access.roles import roles_of
from bot.context import Context
from bot.records.records import today
from bot.rendering.html import text_reply
from handlers.replying import send

STRANGER = (
    "This bot is for invited people. Your user id is {id}: send it to whoever runs the bot and "
    "ask to be let in."
)
SLOWLY = (
    "That was a lot of questions in a minute. Please wait a moment before the next one. If a child "
    "is in danger now, call 999."
)
IN_CHAT = ("creator", "administrator", "member")
"""The status of who is in a chat."""


async def admit(update: Update, context: Context) -> None:
    """Any update: look at what holds now, and let it pass if its sender may ask; tell a stranger
    its id and whom to ask, and nothing else.
    """
    await context.services.live.refresh()
    if await _is_admitted(update, context) or await _joins(update, context):
        await _note_seen(update, context)
        return
    user, chat = update.effective_user, update.effective_chat
    if update.callback_query:
        await update.callback_query.answer("You are not on this bot's list.")
    elif user and chat and chat.type == chat.PRIVATE and update.message:
        await send(text_reply(STRANGER.format(id=user.id)), update)
    raise ApplicationHandlerStop


async def slow_down(update: Update, context: Context) -> None:
    """A message: stop who asks too much, or a group that does; say so once."""
    user, chat = update.effective_user, update.effective_chat
    if update.message is None or chat is None:
        return
    services = context.services
    over = services.people.over(user.id) if user else 0
    if chat.type != chat.PRIVATE:
        over = over or services.groups.over(chat.id)
    if over == 1:
        await send(text_reply(SLOWLY), update)
    if over:
        raise ApplicationHandlerStop


async def _is_admitted(update: Update, context: Context) -> bool:
    settings = context.settings
    user, chat = update.effective_user, update.effective_chat
    if chat and chat.id in settings.allowed_chats:
        return True
    if user is None:
        return False
    if user.id in settings.allowed_users or roles_of(user.id, settings):
        return True
    if await context.records.attempt(partial(is_member, user=user.id), False):
        return True
    return await _is_in_allowed_chat(user.id, context)


async def _is_in_allowed_chat(user: int, context: Context) -> bool:
    """Whether Telegram says that somebody is in an allowed chat; remembered for a while."""
    remembered = context.services.chat_members
    if user in remembered:
        return remembered[user]
    found = False
    for chat in sorted(context.settings.allowed_chats.ids):
        try:
            member = await context.bot.get_chat_member(chat, user)
        except TelegramError:  # not a member, or the bot is not there itself
            continue
        found = found or member.status in IN_CHAT or bool(getattr(member, "is_member", False))
    remembered[user] = found
    return found


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
    if user and context.services.is_first_today(user.id):
        await context.records.attempt(partial(see, user=user.id, today=today()), None)
