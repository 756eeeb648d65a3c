"""Keep good manners in groups: leave those that are not allowed, follow one that moves."""

from contextlib import suppress

from telegram import Bot, Chat, Message, MessageEntity, Update
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.context import Context
from bot.records.entries import Moved, Shared
from bot.records.records import today
from bot.records.store import Store
from bot.rendering.html import text_reply
from handlers.acknowledging import acknowledge
from handlers.replying import announce, send

NOT_ALLOWED = (
    "This bot is not set up for this group, so it leaves. Its id is {id}: whoever runs the bot can "
    "allow it."
)
MOVED = (
    "A group that is allowed has become another: put {new} in the place of {old} in "
    "ALLOWED_CHAT_IDS. Until the bot is started again it answers in both."
)
NOT_HERE = "This bot is not set up for this group."


async def is_allowed(chat: Chat, context: Context) -> bool:
    """Whether a chat is on the list; a group also if it was, under the id that it had before."""
    allowed = context.settings.allowed_chats
    if chat.id in allowed:
        return True
    if chat.type == chat.PRIVATE:  # it never moves: the records are not asked
        return False
    nothing: tuple[Moved, ...] = ()
    found = await context.records.attempt(
        lambda store: store.find(Moved, new=chat.id), nothing, reads=True
    )
    return any(moved.old in allowed for moved in found)


async def ids_allowed(context: Context) -> tuple[int, ...]:
    """The ids of the groups on the list, and those that they have got since."""
    listed = tuple(sorted(context.settings.allowed_chats.ids))
    nothing: tuple[Moved, ...] = ()
    moved = await context.records.attempt(
        lambda store: store.find(Moved, old=listed), nothing, reads=True
    )
    return (*listed, *(one.new for one in moved))


def replied_to(message: Message) -> Message | None:
    """The message to which somebody replied. In a topic everything is a reply to the note that
    opened it, if to nothing else: that is none.
    """
    replied = message.reply_to_message
    return None if replied is None or replied.forum_topic_created else replied


async def keep_manners(update: Update, context: Context) -> None:
    """Anything from a group or a channel: go on if it is allowed and a person said it to the bot;
    leave, if it is not, after saying so once. In a private chat an answer of the bot's own, posted
    there by inline mode, is no question.
    """
    chat, message = update.effective_chat, update.effective_message
    if chat is None or chat.type == chat.PRIVATE:
        said = update.message or update.edited_message
        if said and said.via_bot and said.via_bot.id == context.bot.id:
            raise ApplicationHandlerStop
        return
    if chat.type == chat.CHANNEL:
        await _leave(chat.id, context.bot)
        raise ApplicationHandlerStop
    # Telegram tells both the old group and the new one, and either may be heard first
    if message and message.migrate_to_chat_id:
        await _move(chat.id, message.migrate_to_chat_id, context)
        raise ApplicationHandlerStop
    if message and message.migrate_from_chat_id:
        await _move(message.migrate_from_chat_id, chat.id, context)
    if not await is_allowed(chat, context):
        if update.callback_query:
            await acknowledge(update.callback_query, NOT_HERE)
        told = context.services.groups_told
        if _is_there(update) and chat.id not in told:
            told[chat.id] = True
            await announce(context.bot, [chat.id], NOT_ALLOWED.format(id=chat.id))
        if _is_there(update):
            await _leave(chat.id, context.bot)
        raise ApplicationHandlerStop
    if update.callback_query:
        return
    if message is None or _is_of_a_bot(message) or not _is_to_the_bot(message, context.bot):
        raise ApplicationHandlerStop


def _is_there(update: Update) -> bool:
    """Whether the bot is in the group still: it is told too when it was put out."""
    member = update.my_chat_member
    return member is None or member.new_chat_member.status not in ("left", "kicked")


def _is_of_a_bot(message: Message) -> bool:
    """Whether a message is from or by way of a bot; an anonymous admin is a person."""
    if message.via_bot:
        return True
    user = message.from_user
    anonymous = message.sender_chat and message.sender_chat.id == message.chat_id
    return bool(user and user.is_bot and not anonymous)


def _is_to_the_bot(message: Message, bot: Bot) -> bool:
    """Whether a message is a command that may be the bot's, or a reply to the bot: an admin bot
    hears all the others too, which are neither counted nor kept.
    """
    first = message.entities[0] if message.entities else None
    if message.text and first and first.type == MessageEntity.BOT_COMMAND and not first.offset:
        name = message.parse_entity(first).partition("@")[2]
        return name.lower() in ("", bot.username.lower())
    replied = replied_to(message)
    return bool(replied and replied.from_user and replied.from_user.id == bot.id)


async def _move(old: int, new: int, context: Context) -> None:
    """A group got another id: what is kept about it goes with it."""

    def move(store: Store) -> bool:
        if not store.add(Moved(old, new, today())):
            return False
        for shared in store.find(Shared, chat=old):
            store.delete(Shared, id=shared.id)
            # the messages' own ids change with the group's: only the chat is known from now on
            store.put(
                Shared(f"{new}:{shared.id}", new, "", shared.intent, shared.version, shared.day)
            )
        return True

    allowed = context.settings.allowed_chats
    if old in allowed and await context.records.attempt(move, True) and not allowed.everyone:
        await context.services.tell_operators(MOVED.format(old=old, new=new))


async def _leave(chat: int, bot: Bot) -> None:
    """Leave a group or a channel."""
    with suppress(TelegramError):  # it may be out already
        await bot.leave_chat(chat)


async def help_in_group(update: Update, context: Context) -> None:
    """/help in a group: one line."""
    said = "Ask with /ask and your question, or reply to me. The rest is in a private chat."
    await send(text_reply(said), update)
