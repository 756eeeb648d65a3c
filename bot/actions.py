"""What a pressed button means ⇄ its callback_data: stateless, versioned, at most 64 bytes."""

import re
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from bot.records.deciding import What

VERSION = "1"
REASONS = {"t": "not what I asked", "c": "not clear", "w": "not right"}
"""Why an answer was not useful, by the letter in a button."""
_GROUP = re.compile(r"[0-9a-f]{8}")
ROUTE = re.compile(r"[a-z0-9_-]{1,40}")
"""The ids of routes that a button can carry."""
_SLUG = re.compile(r"[a-z0-9-]{1,40}")
_UNIT = re.compile(r"[a-z0-9-]{1,30}/[a-z0-9.-]{1,20}")
_VERSION = re.compile(r"[0-9a-f]{8}")
_LETTERS = {What.INTENT: "i", What.NOT_COVERED: "r", What.SKIPPED: "x"}


@dataclass(frozen=True, slots=True)
class ShowIntent:
    """Show the answer of an intent."""

    intent: str


@dataclass(frozen=True, slots=True)
class ShowUnit:
    """Show a unit of guidance by itself."""

    unit: str


@dataclass(frozen=True, slots=True)
class ShowMore:
    """Offer the questions that are near an intent."""

    intent: str


@dataclass(frozen=True, slots=True)
class Explain:
    """Say why the answer of an intent was given."""

    intent: str


@dataclass(frozen=True, slots=True)
class Judge:
    """Say whether an answer was useful, and why it was not, by a letter of `REASONS`."""

    intent: str
    version: str
    useful: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SendWording:
    """Show the wording of a question as it would be sent to the maintainers."""

    intent: str = ""
    """The one whose answer was of no use; empty where there was none."""


@dataclass(frozen=True, slots=True)
class SettleWording:
    """Send the wording that was shown, or do not."""

    sends: bool
    intent: str = ""


@dataclass(frozen=True, slots=True)
class Browse:
    """Show a page of a list: `by` what, which one of these, and the page, counted from 0."""

    by: str
    key: str
    page: int


@dataclass(frozen=True, slots=True)
class SetRole:
    """Remember where the asker works; empty for nowhere in particular."""

    works_in: str


@dataclass(frozen=True, slots=True)
class DeleteMessage:
    """Delete the asker's own message, by its id in the chat."""

    message: int


@dataclass(frozen=True, slots=True)
class Correct:
    """Correct what was shared, if it is what was seen: by the fingerprint of that."""

    fingerprint: str


@dataclass(frozen=True, slots=True)
class Consider:
    """Offer the intents to which a group of questions may belong, or the routes."""

    suggestion: str
    routes: bool


@dataclass(frozen=True, slots=True)
class PassOver:
    """Show the group of questions after this one, on which nothing is decided."""

    suggestion: str


@dataclass(frozen=True, slots=True)
class Decide:
    """Decide on a group of questions."""

    suggestion: str
    what: What
    into: str = ""
    """The intent or the route; empty where it is skipped."""


Action: TypeAlias = (
    ShowIntent
    | ShowUnit
    | ShowMore
    | Explain
    | Judge
    | SendWording
    | SettleWording
    | Browse
    | SetRole
    | DeleteMessage
    | Correct
    | Consider
    | PassOver
    | Decide
)


class UnknownAction(Exception):
    """A button of another version, or of no version at all."""


def encode(action: Action) -> str:
    """The callback_data of a button."""
    words: tuple[str, ...]
    match action:
        case ShowIntent(intent):
            words = ("i", intent)
        case ShowUnit(unit):
            words = ("u", unit)
        case ShowMore(intent):
            words = ("m", intent)
        case Explain(intent):
            words = ("w", intent)
        case Judge(intent, version, useful, reason):
            words = ("j", intent, version, "1" if useful else "0", reason)
        case SendWording(intent):
            words = ("s", intent)
        case SettleWording(sends, intent):
            words = ("c", "1" if sends else "0", intent)
        case Browse(by, key, page):
            words = ("b", by, key, str(page))
        case SetRole(works_in):
            words = ("r", works_in)
        case DeleteMessage(message):
            words = ("d", str(message))
        case Correct(fingerprint):
            words = ("k", fingerprint)
        case Consider(suggestion, routes):
            words = ("o", suggestion, "1" if routes else "0")
        case PassOver(suggestion):
            words = ("n", suggestion)
        case Decide(suggestion, what, into):
            words = ("a", suggestion, _LETTERS[what], into)
        case other:
            assert_never(other)
    return ":".join((VERSION, *words))


def decode(data: str) -> Action:
    """Raises `UnknownAction`."""
    version, *words = data.split(":")
    if version == VERSION:
        match words:
            case ["i", intent] if _SLUG.fullmatch(intent):
                return ShowIntent(intent)
            case ["u", unit] if _UNIT.fullmatch(unit):
                return ShowUnit(unit)
            case ["m", intent] if _SLUG.fullmatch(intent):
                return ShowMore(intent)
            case ["w", intent] if _SLUG.fullmatch(intent):
                return Explain(intent)
            case ["j", intent, shown, "0" | "1" as useful, reason] if (
                _SLUG.fullmatch(intent)
                and _VERSION.fullmatch(shown)
                and (not reason or reason in REASONS)
            ):
                return Judge(intent, shown, useful == "1", reason)
            case ["s", intent] if not intent or _SLUG.fullmatch(intent):
                return SendWording(intent)
            case ["c", "0" | "1" as sends, intent] if not intent or _SLUG.fullmatch(intent):
                return SettleWording(sends == "1", intent)
            case ["b", by, key, page] if (
                _SLUG.fullmatch(by) and (not key or _SLUG.fullmatch(key)) and _is_number(page)
            ):
                return Browse(by, key, int(page))
            case ["r", works_in] if not works_in or _SLUG.fullmatch(works_in):
                return SetRole(works_in)
            case ["d", message] if _is_number(message):
                return DeleteMessage(int(message))
            case ["k", fingerprint] if _VERSION.fullmatch(fingerprint):
                return Correct(fingerprint)
            case ["o", suggestion, "0" | "1" as routes] if _GROUP.fullmatch(suggestion):
                return Consider(suggestion, routes == "1")
            case ["n", suggestion] if _GROUP.fullmatch(suggestion):
                return PassOver(suggestion)
            case ["a", suggestion, "i", into] if _GROUP.fullmatch(suggestion) and _SLUG.fullmatch(
                into
            ):
                return Decide(suggestion, What.INTENT, into)
            case ["a", suggestion, "r", into] if _GROUP.fullmatch(suggestion) and ROUTE.fullmatch(
                into
            ):
                return Decide(suggestion, What.NOT_COVERED, into)
            case ["a", suggestion, "x", ""] if _GROUP.fullmatch(suggestion):
                return Decide(suggestion, What.SKIPPED)
    raise UnknownAction


def _is_number(text: str) -> bool:
    return len(text) < 16 and text.isascii() and text.isdecimal() and text == str(int(text))
