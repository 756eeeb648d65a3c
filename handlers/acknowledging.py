"""Answer what Telegram waits for: a pressed button, and what is typed behind the bot's name."""

from collections.abc import Sequence

from telegram import CallbackQuery, InlineQuery, InlineQueryResult, InlineQueryResultsButton

from bot.rendering.buttons import Rows
from handlers.markup import to_markup
from handlers.reaching import if_possible

CACHED = 5
"""Seconds for which Telegram may show an offer again: neither a withdrawal nor the list of who is
let in is outlived by more.
"""


async def edit_buttons(rows: Rows, query: CallbackQuery) -> None:
    """Put other buttons under the message whose button was pressed."""

    async def write() -> None:
        await query.edit_message_reply_markup(to_markup(rows))

    await if_possible(write, None)


async def acknowledge(query: CallbackQuery, text: str = "", alert: bool = False) -> None:
    """Let a pressed button stop turning, with a note of at most 200 characters."""

    async def write() -> None:
        await query.answer(text[:200] or None, show_alert=alert)

    await if_possible(write, None)


async def answer_inline(
    query: InlineQuery, results: Sequence[InlineQueryResult], button: InlineQueryResultsButton
) -> None:
    """Offer results to somebody who types behind the bot's name: to them alone, and for a few
    seconds.
    """

    async def write() -> None:
        await query.answer(results, cache_time=CACHED, is_personal=True, button=button)

    await if_possible(write, None)
