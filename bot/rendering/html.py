"""Turn an answer into a Telegram message: HTML and buttons. The only writer of HTML."""

from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from bot import actions
from bot.rendering.outline import Outline, Section, outline
from knowledge.handbook import Handbook
from knowledge.model import Answered, offers

LIMIT = 4096
"""Characters of a message, as Telegram counts them: without the markup."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message."""

    label: str
    action: str
    """callback_data: at most 64 bytes."""


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to be sent. `plain`: the same words without markup."""

    html: str
    plain: str
    buttons: Rows = ()


def to_reply(answered: Answered, handbook: Handbook, asked_in: int | None = None) -> Reply:
    """The message for one answer; `asked_in` is the id of the message that asked."""
    words = _fit(outline(answered, handbook))
    return Reply(to_html(words), words.plain(), _buttons(answered, asked_in))


def _fit(words: Outline) -> Outline:
    """An outline that one message can hold: the last sections go first."""
    while words.more and len(words.plain()) > LIMIT:
        words = Outline(words.first, words.more[:-1])
    return words


def text_reply(text: str) -> Reply:
    """A message of plain words."""
    return Reply(escape(text, quote=False), text)


def to_html(words: Outline) -> str:
    """The outline as Telegram's HTML, the further parts in an expandable quotation."""
    first, *rest = (escape(line, quote=False) for line in words.first)
    more = "\n\n".join(_section(section) for section in words.more)
    quotation = f"\n<blockquote expandable>{more}</blockquote>" if more else ""
    return "\n\n".join((f"<b>{first}</b>", *rest)) + quotation


def _section(section: Section) -> str:
    lines = "\n".join(escape(line, quote=False) for line in section.lines)
    return f"<b>{escape(section.heading, quote=False)}</b>\n{lines}"


def _buttons(answered: Answered, asked_in: int | None) -> Rows:
    """The intents of a choice, or instead of what was withdrawn, one below the other; a way to be
    rid of a message with personal data.
    """
    rows = tuple(
        (Button(intent.title, actions.encode(actions.ShowIntent(intent.id))),)
        for intent in offers(answered.answer)
    )
    if asked_in is None or not answered.question.personal_data:
        return rows
    return (*rows, (Button("Delete my message", actions.encode(actions.DeleteMessage(asked_in))),))
