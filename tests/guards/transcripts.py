"""The chats that a document shows, to be run as they are printed.

A block of the kind `chat` is read line by line: `Sam: …` is typed, `Sam presses [Why?]` presses a
button of the last message, `Sam edits: …` changes the last question; other lines are what the bot
shows meanwhile: its messages one after the other behind `bot: `, a line of buttons as
`[More] [Why?]`, the note that a button brings up as `(noted)`. A line `…` stands for any lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BLOCK = re.compile(r"^```chat\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"Sam(?:: (?P<says>.*)| edits: (?P<edits>.*)| presses \[(?P<presses>.*)\])")


@dataclass(frozen=True, slots=True)
class Step:
    """What Sam does, and what is seen then."""

    kind: str
    """`says`, `edits` or `presses`."""
    words: str
    shown: tuple[str, ...]


def chats(document: str) -> Iterator[tuple[Step, ...]]:
    """The chats of a document."""
    for block in _BLOCK.findall(document):
        yield tuple(_steps(block.splitlines()))


def _steps(lines: list[str]) -> Iterator[Step]:
    at = [number for number, line in enumerate(lines) if _STEP.fullmatch(line)]
    for number, end in zip(at, [*at[1:], len(lines)], strict=True):
        found = _STEP.fullmatch(lines[number])
        assert found
        ((kind, words),) = ((k, w) for k, w in found.groupdict().items() if w is not None)
        yield Step(kind, words, tuple(line for line in lines[number + 1 : end] if line))
