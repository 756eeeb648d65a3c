"""What a pressed button means ⇄ its callback_data: stateless, versioned, at most 64 bytes."""

from dataclasses import dataclass

VERSION = "1"


@dataclass(frozen=True, slots=True)
class ShowIntent:
    """Show the answer of an intent."""

    intent: str


class UnknownAction(Exception):
    """A button of another version, or of no version at all."""


def encode(action: ShowIntent) -> str:
    """The callback_data of a button."""
    return f"{VERSION}:i:{action.intent}"


def decode(data: str) -> ShowIntent:
    """Raises `UnknownAction`."""
    match data.split(":"):
        case [version, "i", intent] if version == VERSION:
            return ShowIntent(intent)
        case _:
            raise UnknownAction
