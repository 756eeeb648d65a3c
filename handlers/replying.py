"""Send what was rendered. The only module that sends."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import TypeVar

from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResult,
    InlineQueryResultsButton,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.rendering.buttons import Button, Rows
from bot.rendering.html import Reply
from bot.trials import current

logger = logging.getLogger(__name__)
T = TypeVar("T")
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
CACHED = 5
"""Seconds for which Telegram may show an offer again: neither a withdrawal nor the list of who is
let in is outlived by more.
"""
UNCHANGED = "message is not modified"
GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "query is too old",
    "chat not found",
    "have no rights to send",
    "not enough rights",
    "chat_write_forbidden",
    "topic_closed",
    "topic_deleted",
)
"""What Telegram says where there is nothing (any more) to be done: it is no fault."""


async def send(replies: Reply | Sequence[Reply], update: Update, to: int | None = None) -> int:
    """Send messages to the chat of an update, as an answer to the message of an id (that of the
    update, if none is named). The id of the first that was sent; 0 where none could be.
    """
    message = update.effective_message
    first = 0
    for reply in (replies,) if isinstance(replies, Reply) else replies:
        if message:
            sent = await _send(reply, message, to or message.message_id)
            first = first or sent
    return first


async def _send(reply: Reply, message: Message, to: int) -> int:
    """Send a message, unless it was sent before its update was tried again."""
    trial = current()
    before = trial.sent_before() if trial else None
    if before is not None:
        return before

    async def write(text: str, parse_mode: ParseMode | None) -> int:
        sent = await message.get_bot().send_message(
            message.chat_id,
            text,
            parse_mode=parse_mode,
            reply_markup=_markup(reply.buttons),
            link_preview_options=NO_PREVIEW,
            message_thread_id=message.message_thread_id if message.is_topic_message else None,
            reply_parameters=ReplyParameters(to, allow_sending_without_reply=True),
        )
        return sent.message_id

    sent = await _if_possible(lambda: _in_markup_or_plain(reply, write), 0)
    if trial:
        trial.note(sent)
    return sent


async def edit(reply: Reply, bot: Bot, chat: int, message: int) -> bool:
    """Put a message in the place of one that was sent before. False where that is not possible."""

    async def write(text: str, parse_mode: ParseMode | None) -> bool:
        await bot.edit_message_text(
            text,
            chat,
            message,
            parse_mode=parse_mode,
            reply_markup=_markup(reply.buttons),
            link_preview_options=NO_PREVIEW,
        )
        return True

    return await _if_possible(lambda: _in_markup_or_plain(reply, write), False, True)


async def edit_inline(reply: Reply, bot: Bot, inline: str) -> bool:
    """Put a message in the place of one that was posted by inline mode. False where that is not
    possible.
    """

    async def write(text: str, parse_mode: ParseMode | None) -> bool:
        await bot.edit_message_text(
            text,
            inline_message_id=inline,
            parse_mode=parse_mode,
            reply_markup=_markup(reply.buttons),
            link_preview_options=NO_PREVIEW,
        )
        return True

    return await _if_possible(lambda: _in_markup_or_plain(reply, write), False, True)


async def edit_buttons(rows: Rows, query: CallbackQuery) -> None:
    """Put other buttons under the message whose button was pressed."""

    async def write() -> None:
        await query.edit_message_reply_markup(_markup(rows))

    await _if_possible(write, None)


async def acknowledge(query: CallbackQuery, text: str = "", alert: bool = False) -> None:
    """Let a pressed button stop turning, with a note of at most 200 characters."""

    async def write() -> None:
        await query.answer(text[:200] or None, show_alert=alert)

    await _if_possible(write, None)


async def answer_inline(
    query: InlineQuery, results: Sequence[InlineQueryResult], button: InlineQueryResultsButton
) -> None:
    """Offer results to somebody who types behind the bot's name: to them alone, and for a few
    seconds.
    """

    async def write() -> None:
        await query.answer(results, cache_time=CACHED, is_personal=True, button=button)

    await _if_possible(write, None)


async def leave(chat: int, bot: Bot) -> None:
    """Leave a group or a channel."""
    with suppress(TelegramError):  # it may be out already
        await bot.leave_chat(chat)


async def tell(text: str, bot: Bot, chat: int) -> bool:
    """Write to a chat by itself. False where that is not possible (any more)."""

    async def write() -> bool:
        await bot.send_message(chat, text, link_preview_options=NO_PREVIEW)
        return True

    return await _if_possible(write, False)


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


def to_markup(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram takes them."""
    return _markup(rows)


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


async def _if_possible(work: Callable[[], Awaitable[T]], otherwise: T, same: T | None = None) -> T:
    """What `work` gives; `otherwise` where the message, the chat or the person is gone; `same`
    where all is as it would be already.
    """
    try:
        return await work()
    except Forbidden:
        logger.info("may not write there")
    except BadRequest as error:
        said = error.message.lower()
        if UNCHANGED in said:
            return otherwise if same is None else same
        if not any(words in said for words in GONE):
            raise
    return otherwise


def _markup(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    if button.query:
        return InlineKeyboardButton(button.label, switch_inline_query=button.query)
    return InlineKeyboardButton(button.label, callback_data=button.action)
