"""Say what people asked, group by group, and what may be done about it."""

from collections.abc import Iterator
from typing import Any

from bot import actions
from bot.actions import encode
from bot.records.deciding import Decision, What
from bot.records.missed import NotUseful
from bot.rendering.browsing import LABEL
from bot.rendering.buttons import Button, Rows, capital, shorten
from knowledge.handbook import Handbook
from knowledge.quality.suggesting import Suggestion

CONFIDENTIAL = (
    "Each person counts once a day. What was seen as personal data is masked; still, read it as "
    "confidential."
)
NOTHING = "Nothing waits to be decided."


def asked(suggestion: Suggestion) -> str:
    """How often a group was asked."""
    times = suggestion.times
    return "asked once" if times == 1 else f"asked {times} times"


def in_words(suggestion: Suggestion, handbook: Handbook) -> Iterator[str]:
    """A group's wordings, and what is closest to it, line by line."""
    yield from (f"“{wording.text}”" for wording in suggestion.wordings)
    unclean = sum(not wording.is_clean for wording in suggestion.wordings)
    if unclean:
        them = "it" if len(suggestion.wordings) == 1 else f"{unclean} of these"
        yield f"Personal data was seen in {them}: that can't be accepted as it is."
    if suggestion.not_useful:
        titles = (_title(intent, handbook) for intent in suggestion.not_useful)
        yield f"Of no use to who asked: {'; '.join(titles)}"
    if suggestion.answered_by:
        yield f"Answered by now: {suggestion.answered_by.title}"
    yield "Closest:"
    for number, candidate in enumerate(suggestion.closest, 1):
        yield f"{number}. {candidate.intent.title} ({candidate.confidence:.0%})"


def decided_in_words(decision: Decision, handbook: Handbook) -> str:
    """What became of a group."""
    match decision.what:
        case What.INTENT:
            return f"put to “{_title(decision.into, handbook)}”"
        case What.NOT_COVERED:
            return f"put to what is not covered ({in_plain(decision.into)})"
        case What.SKIPPED:
            return "left out"


def in_plain(route: str) -> str:
    """The id of a route as it is read."""
    return route.replace("_", " ").replace("-", " ")


def _title(intent: str, handbook: Handbook) -> str:
    return handbook.intent(intent).title if handbook.has_intent(intent) else intent


def not_useful_in_words(found: NotUseful, handbook: Handbook) -> str:
    """An answer that was of no use, to how many, and why."""
    people = "few people" if found.people is None else f"{found.people} people"
    why = f": {', '.join(found.reasons)}" if found.reasons else ""
    return f"{_title(found.intent, handbook)} ({people}{why})"


def intents_under(suggestion: Suggestion) -> Rows:
    """The buttons under a group: where it may belong."""
    id = suggestion.id
    closest = tuple(
        (_decide(candidate.intent.title, id, What.INTENT, candidate.intent.id),)
        for candidate in suggestion.closest
    )
    others = (
        Button("Not covered", encode(actions.Consider(id, routes=True))),
        _decide("Leave out", id, What.SKIPPED),
        Button("Next", encode(actions.PassOver(id))),
    )
    return (*closest, others)


def routes_under(suggestion: str, handbook: Handbook) -> Rows:
    """The buttons under a group that is not covered: where to turn with it."""
    routes = [
        _decide(capital(in_plain(route.id)), suggestion, What.NOT_COVERED, route.id)
        for route in handbook.routes
        if actions.ROUTE.fullmatch(route.id)
    ]
    pairs = tuple(tuple(routes[at : at + 2]) for at in range(0, len(routes), 2))
    return (*pairs, (Button("Back", encode(actions.Consider(suggestion, routes=False))),))


def _decide(label: str, suggestion: str, what: What, into: str = "") -> Button:
    return Button(shorten(label, LABEL), encode(actions.Decide(suggestion, what, into)))


def to_json(suggestion: Suggestion) -> dict[str, Any]:
    """A group as other programs read it."""
    return {
        "id": suggestion.id,
        "times": suggestion.times,
        "wordings": [
            {"text": wording.text, "personal_data": not wording.is_clean}
            for wording in suggestion.wordings
        ],
        "closest": [
            {
                "intent": candidate.intent.id,
                "title": candidate.intent.title,
                "confidence": candidate.confidence,
            }
            for candidate in suggestion.closest
        ],
        "answered_by": suggestion.answered_by and suggestion.answered_by.id,
        "not_useful": list(suggestion.not_useful),
    }
