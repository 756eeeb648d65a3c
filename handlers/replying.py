"""Send what was rendered. The only module that sends."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import TypeVar

from telegram import Bot, LinkPreviewOptions, Message, ReplyParameters, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.rendering.html import Reply
from bot.trials import current
from handlers.markup import to_markup
from handlers.reaching import if_possible

logger = logging.getLogger(__name__)
T = TypeVar("T")
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
At = tuple[int | None, int | None, str | None]
"""A chat and a message in it; or else an inline message."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message of the bot's own stands: in a chat that it is in."""

    chat: int
    message: int

    @property
    def at(self) -> At:
        """As Telegram takes it."""
        return self.chat, self.message, None


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands that was posted by inline mode, in any chat."""

    id: str

    @property
    def at(self) -> At:
        """As Telegram takes it."""
        return None, None, self.id


async def send(
    replies: Reply | Sequence[Reply], update: Update, to: int | None = None
) -> tuple[int, ...]:
    """Send messages to the chat of an update, as an answer to the message of an id (that of the
    update, if none is named). The ids of those that could be sent.
    """
    message = update.effective_message
    if message is None:
        return ()
    replies = (replies,) if isinstance(replies, Reply) else replies
    sent = [await _send(reply, message, to or message.message_id) for reply in replies]
    return tuple(filter(None, sent))


async def send_instead(
    before: Sequence[int], replies: Sequence[Reply], update: Update
) -> tuple[int, ...]:
    """Put messages in the place of those of these ids: what there is too little is sent, what there
    is too much deleted. The ids of those that stand then.
    """
    message = update.effective_message
    if message is None:
        return ()
    bot, chat, stand = message.get_bot(), message.chat_id, []
    for reply, old in zip_longest(replies, before[: len(replies)]):
        if old and await edit(reply, bot, Sent(chat, old)):
            stand.append(old)
        else:
            stand += await send(reply, update)
    for old in before[len(replies) :]:
        await if_possible(partial(bot.delete_message, chat, old), False)
    return tuple(stand)


async def _send(reply: Reply, message: Message, to: int) -> int:
    """Send a message, unless it was sent before its update was tried again."""
    trial = current()
    before = trial.sent_before() if trial else None
    if before is not None:
        return before

    async def write(text: str, parse_mode: ParseMode | None, chat: int, topic: int | None) -> int:
        # in the group that a group has become, another message may have the number
        answers = ReplyParameters(to, allow_sending_without_reply=True)
        sent = await message.get_bot().send_message(
            chat,
            text,
            parse_mode=parse_mode,
            reply_markup=to_markup(reply.buttons),
            link_preview_options=NO_PREVIEW,
            message_thread_id=topic,
            reply_parameters=answers if chat == message.chat_id else None,
        )
        return sent.message_id

    async def write_there(chat: int, topic: int | None) -> int:
        return await _in_markup_or_plain(reply, partial(write, chat=chat, topic=topic))

    sent = await if_possible(lambda: _wherever(message.chat_id, _topic(message), write_there), 0)
    if trial:
        trial.note(sent)
    return sent


async def edit(reply: Reply, bot: Bot, where: Sent | Posted) -> bool:
    """Put a message in the place of one that was sent before. False where that is not possible."""
    chat, message, inline = where.at

    async def write(text: str, parse_mode: ParseMode | None) -> bool:
        await bot.edit_message_text(
            text,
            chat,
            message,
            inline,
            parse_mode=parse_mode,
            reply_markup=to_markup(reply.buttons),
            link_preview_options=NO_PREVIEW,
        )
        return True

    return await if_possible(lambda: _in_markup_or_plain(reply, write), False, True)


async def tell(text: str, bot: Bot, chat: int, topic: int = 0) -> bool:
    """Write to a chat by itself, in a topic of it if one is named. False where that is not possible
    (any more).
    """

    async def write(chat: int, topic: int | None) -> bool:
        await bot.send_message(chat, text, link_preview_options=NO_PREVIEW, message_thread_id=topic)
        return True

    return await if_possible(lambda: _wherever(chat, topic or None, write), False)


async def announce(bot: Bot, chats: Iterable[int], text: str) -> int:
    """Write to people or chats; those that cannot be reached are passed over: to how many."""
    reached = 0
    for chat in chats:
        try:
            await bot.send_message(chat, text, link_preview_options=NO_PREVIEW)
        except TelegramError as error:  # they never wrote to the bot, or have blocked it
            logger.warning("not told", extra={"told": {"why": type(error).__name__}})
        else:
            reached += 1
    return reached


def topic_of(update: Update) -> int | None:
    """The topic of a forum in which something was said; None for none."""
    return _topic(update.effective_message) if update.effective_message else None


def _topic(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


async def _wherever(
    chat: int, topic: int | None, write: Callable[[int, int | None], Awaitable[T]]
) -> T:
    """Write in a topic of a forum; where that is gone, in the forum; and where a group has become
    another, in that one.
    """
    try:
        return await write(chat, topic)
    except ChatMigrated as moved:
        return await write(moved.new_chat_id, None)
    except BadRequest as error:
        if topic is None or "thread not found" not in error.message.lower():
            raise
        return await write(chat, None)


async def _in_markup_or_plain(
    reply: Reply, write: Callable[[str, ParseMode | None], Awaitable[T]]
) -> T:
    """Write with markup; if Telegram refuses the markup, the same words without."""
    try:
        return await write(reply.html, ParseMode.HTML)
    except BadRequest as error:
        if "parse entities" not in error.message.lower():
            raise
        return await write(reply.plain, None)
