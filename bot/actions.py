"""What a pressed button means ⇄ its callback_data: stateless, versioned, at most 64 bytes."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

VERSION = "1"


@dataclass(frozen=True, slots=True)
class ShowIntent:
    """Show the answer of an intent."""

    intent: str


@dataclass(frozen=True, slots=True)
class DeleteMessage:
    """Delete the asker's own message, by its id in the chat."""

    message: int


Action: TypeAlias = ShowIntent | DeleteMessage


class UnknownAction(Exception):
    """A button of another version, or of no version at all."""


def encode(action: Action) -> str:
    """The callback_data of a button."""
    match action:
        case ShowIntent(intent):
            return f"{VERSION}:i:{intent}"
        case DeleteMessage(message):
            return f"{VERSION}:d:{message}"
        case other:
            assert_never(other)


def decode(data: str) -> Action:
    """Raises `UnknownAction`."""
    match data.split(":"):
        case [version, "i", intent] if version == VERSION:
            return ShowIntent(intent)
        case [version, "d", message] if version == VERSION and _is_id(message):
            return DeleteMessage(int(message))
        case _:
            raise UnknownAction


def _is_id(text: str) -> bool:
    return len(text) < 16 and text.isascii() and text.isdecimal() and text == str(int(text))
