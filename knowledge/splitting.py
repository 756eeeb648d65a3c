"""Cut a message into the questions that it asks."""

import re
from collections.abc import Iterator

from knowledge.matching.normalising import tokenise

SHORTEST = 3
"""Words of a question that can stand by itself."""
PASSAGE = 30
MOST = 4
"""Questions of one message that are looked at."""

_ASKING = (
    "what who whose how when where why which do does did should can could is are was were has have "
    "any whats whos hows"
).split()
_BREAK = re.compile(r"(?<=[?!.])\s+|\s*\n+\s*|\s+//?\s+|;\s+")
_JOIN = re.compile(
    r"(?:,\s*|\s+)(?:and also|and|also|plus|oh and|then|another thing)\s+"
    rf"(?=(?:{'|'.join(_ASKING)})\b)",
    re.IGNORECASE,
)


def split(text: str) -> tuple[str, ...]:
    """The parts of a text that may ask something by themselves; empty unless there are two."""
    parts = [piece.strip(" ,") for part in _BREAK.split(text) for piece in _JOIN.split(part)]
    asking = tuple(part for part in parts if len(tokenise(part)) >= SHORTEST)
    return asking[:MOST] if len(asking) > 1 else ()


def passages(text: str) -> Iterator[str]:
    """A long text in passages of `PASSAGE` words, each overlapping half of the one before."""
    words = text.split()
    for start in range(0, max(1, len(words) - PASSAGE // 2), PASSAGE // 2):
        yield " ".join(words[start : start + PASSAGE])
