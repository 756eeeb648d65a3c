"""See whether a text has one of some listed wordings, as whole words however they are written."""

import re
from collections.abc import Iterable
from functools import lru_cache

from knowledge.matching.normalising import as_read, tokenise


@lru_cache(maxsize=256)  # more than there are lists
def _any_of(wordings: tuple[str, ...]) -> re.Pattern[str]:
    read = (re.escape(as_read(wording)) for wording in wordings)
    return re.compile(f" (?:{'|'.join(sorted(read, key=len, reverse=True))}) ")


def line(text: str | Iterable[str]) -> str:
    """A text, or its tokens, as wordings are looked for in it: tokens with spaces around each."""
    return f" {' '.join(tokenise(text) if isinstance(text, str) else text)} "


def without(wordings: tuple[str, ...], line: str) -> str:
    """A line without the wordings."""
    return _any_of(wordings).sub(" ", line) if wordings else line


def has_any(wordings: tuple[str, ...], line: str) -> bool:
    """Whether one of the wordings stands in a line that `line` made."""
    return bool(wordings) and _any_of(wordings).search(line) is not None
