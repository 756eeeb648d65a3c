"""Answer what is typed behind the bot's name in any chat."""

from functools import partial

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode

from bot.context import Context
from bot.links import share
from bot.records.entries import Shared
from bot.records.records import today
from bot.rendering.inline import Card, cards
from handlers.acknowledging import answer_inline
from handlers.markup import to_markup

LONGEST = 256
"""Characters of a query; Telegram cuts longer ones."""
OUTSIDE = "Ask to be let in"
NAMES = "Please leave out names. Ask me in private"
NOTHING = "Nothing sensible found. Ask me in private"
LONG = "Cut at 256 characters. Ask me in private"
DANGER = "In danger now? Call 999. Ask me in private"
RESTING = "The bot is resting. See what it says in private"
MORE = "Ask me in a private chat"
WAIT = "A lot in a minute: wait, or ask me in private"


async def ask_inline(update: Update, context: Context) -> None:
    """``@bot …`` in any chat: offer answers, each as it will be posted; nothing is kept."""
    query = update.inline_query
    if query is None:
        return
    found = await context.services.thinker.find(query.query, context.knowledge)
    link = partial(share, context.bot.username, pseudonyms=context.records.pseudonyms)
    shown = cards(found.intents, context.handbook)
    results = [_result(card, link(card.intent)) for card in shown]
    if found.danger:
        label = DANGER
    elif found.personal_data:
        label = NAMES
    elif context.handbook.standing.maintenance:
        label = RESTING
    elif len(query.query) >= LONGEST:
        label = LONG
    else:
        label = MORE if results else NOTHING
    await answer_inline(query, results, InlineQueryResultsButton(label, start_parameter="ask"))


async def outside(update: Update, context: Context) -> None:
    """A stranger who types behind the bot's name: where to ask, and nothing else."""
    if update.inline_query:
        button = InlineQueryResultsButton(OUTSIDE, start_parameter="ask")
        await answer_inline(update.inline_query, [], button)


async def pausing(update: Update, context: Context) -> None:
    """Somebody who types behind the bot's name too often: to wait, and nothing else."""
    if update.inline_query:
        button = InlineQueryResultsButton(WAIT, start_parameter="ask")
        await answer_inline(update.inline_query, [], button)


async def posted(update: Update, context: Context) -> None:
    """An answer was posted by inline mode: keep which, and where it can be edited."""
    chosen = update.chosen_inline_result
    if chosen is None or not chosen.inline_message_id:
        return
    intent, _, version = chosen.result_id.partition("@")
    if not context.handbook.has_intent(intent):
        return
    inline = chosen.inline_message_id
    entry = Shared(f"inline:{inline}", 0, inline, intent, version, today())
    await context.records.put(entry)


def _result(card: Card, link: str) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        card.id,
        card.title,
        InputTextMessageContent(
            card.html, ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=to_markup(card.buttons(link)),
        description=card.description,
    )
