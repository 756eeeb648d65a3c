"""Say an answer so that it can be posted in any chat: short, and with all that it must not lose."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.rendering.buttons import Button, Rows, shorten
from bot.rendering.html import to_html
from bot.rendering.outline import Outline, first_part
from knowledge.answering import show_chosen
from knowledge.guidance import Intent
from knowledge.handbook import Handbook
from knowledge.model import Answered, Guidance, Question
from knowledge.noticing import in_words

DESCRIPTION = 120
"""Characters of a result's description that a phone shows."""


@dataclass(frozen=True, slots=True)
class Card:
    """One answer as it is offered and posted."""

    id: str
    """`<intent>@<version>`."""
    intent: str
    title: str
    description: str
    html: str
    plain: str

    def buttons(self, link: str) -> Rows:
        """A button back to the bot."""
        return ((Button("Read all of it", url=link),),)


def cards(intents: Iterable[Intent], handbook: Handbook) -> Iterator[Card]:
    """The cards of intents that are answered."""
    for intent in intents:
        if card := card_of(intent, handbook):
            yield card


def card_of(intent: Intent, handbook: Handbook) -> Card | None:
    """The card of an intent; None while it is withdrawn."""
    answered = show_chosen(Question(intent.title), intent.id, handbook)
    if not isinstance(answered.answer, Guidance):
        return None
    words = _words(answered.answer, answered, handbook)
    short = shorten(intent.lead, DESCRIPTION)
    return Card(answered.answer.id, intent.id, intent.title, short, to_html(words), words.plain())


def _words(guidance: Guidance, answered: Answered, handbook: Handbook) -> Outline:
    """The first part with its question before it: others read it without having asked."""
    return Outline((guidance.intent.title, *first_part(guidance, answered, handbook)))


def correction(id: str, day: str, handbook: Handbook) -> str:
    """What is said where the answer of an intent was shared and has changed since."""
    if not handbook.has_intent(id):
        return (
            f"An answer shared here on {in_words(day)} is no longer among this bot's answers; "
            "please do not rely on it."
        )
    intent = handbook.intent(id)
    card = card_of(intent, handbook)
    what = f"An answer shared here on {in_words(day)} has changed: “{intent.title}”"
    if card is None:
        return f"{what}. It is withdrawn; please do not rely on it."
    return f"{what}. As it stands now:\n\n{card.plain}"
