"""Read the corpora: invented messages that judge what was learnt and never teach."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import yaml

from knowledge.places import CORPORA

_MARK = re.compile(r"\[\[(\w+)\|(.*?)\]\]")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Mark(NamedTuple):
    """A piece of personal data in a message: its kind, and where it stands."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Message:
    """A message whose personal data is known; without marks it has none."""

    plain: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Messages one after the other; the last answer has to lead with one of the units."""

    turns: tuple[str, ...]
    units: frozenset[str]


@cache
def _read(name: str) -> Any:
    return yaml.load((CORPORA / f"{name}.yaml").read_text(encoding="utf-8"), _LOADER)


def messages(file: str, list_: str) -> tuple[str, ...]:
    """The messages of a list of a corpus: of `alarms`, `turned` or `personal-data`."""
    return tuple(_read(file)[list_])


def conversations() -> tuple[Conversation, ...]:
    """The conversations with a follow-up."""
    return tuple(
        Conversation(tuple(one["turns"]), frozenset(one["units"])) for one in _read("conversations")
    )


def marked(part: str) -> tuple[Message, ...]:
    """The messages of a part of the personal data, `first` or `second`."""
    return tuple(map(_unmark, messages("personal-data", part)))


def _unmark(text: str) -> Message:
    """A text without its marks, and where what they marked stands."""
    plain, at = "", 0
    marks: list[Mark] = []
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        marks.append(Mark(mark[1], len(plain), len(plain) + len(mark[2])))
        plain, at = plain + mark[2], mark.end()
    return Message(plain + text[at:], tuple(marks))
