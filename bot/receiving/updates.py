"""What can be told of an update before it is parsed, whatever is in it."""

from collections.abc import Iterator
from typing import Any

ALLOWED = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "my_chat_member",
)
"""The kinds of update that Telegram is asked for."""
_LARGEST = 2**53
"""Telegram's ids fit in 52 bits; what does not is none."""


def number(raw: object) -> int | None:
    """The id of an update; None where it has none that can be kept."""
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if _is_id(found) else None


def kind(raw: dict[str, Any]) -> str:
    """What kind of update it is; `unknown` for one that was not asked for."""
    return next((name for name in ALLOWED if name in raw), "unknown")


def writable(raw: dict[str, Any]) -> dict[str, Any]:
    """An update without what was typed behind the bot's name: of that Telegram tells once more
    where a result was picked, and nobody needs it.
    """
    chosen = raw.get("chosen_inline_result")
    if not isinstance(chosen, dict) or "query" not in chosen:
        return raw
    return raw | {"chosen_inline_result": chosen | {"query": ""}}


def chat(raw: dict[str, Any]) -> int:
    """The chat that an update belongs to, or the person where it belongs to none; 0 where that
    cannot be told.
    """
    return next(filter(_is_id, _owners(raw.get(kind(raw)))), 0)


def _owners(about: object) -> Iterator[Any]:
    if not isinstance(about, dict):
        return
    for holder in (about, about.get("message")):
        if isinstance(holder, dict) and isinstance(holder.get("chat"), dict):
            yield holder["chat"].get("id")
    if isinstance(about.get("from"), dict):
        yield about["from"].get("id")


def _is_id(found: object) -> bool:
    return type(found) is int and abs(found) < _LARGEST
