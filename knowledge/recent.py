"""Remember the answers of the last minutes: a question asked again costs next to nothing."""

import secrets
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

MOST = 1024
"""Answers that are remembered; of more, the oldest is forgotten."""
SECONDS = 600.0
"""How long an answer is remembered."""

Found = TypeVar("Found")


class Recent(Generic[Found]):
    """What was found for a text, for `SECONDS` at most.

    A text is kept as a keyed hash of it, with a key that only this object knows.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._found: dict[bytes, tuple[float, Found]] = {}  # the oldest first
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._found)

    def find(
        self,
        text: str,
        look: Callable[[str], Found],
        may_keep: Callable[[Found], bool] = lambda found: True,
    ) -> Found:
        """What `look` finds for a text, or found for it a short while ago; kept if it may be."""
        name = blake2b(text.encode(errors="surrogatepass"), key=self._key).digest()
        now = self._clock()
        with self._lock:
            self._forget(now)
            if kept := self._found.get(name):
                return kept[1]
        found = look(text)
        if not may_keep(found):
            return found
        with self._lock:
            self._found[name] = (now, found)
            self._forget(now)
        return found

    def _forget(self, now: float) -> None:
        while self._found:
            oldest = next(iter(self._found))
            if len(self._found) <= MOST and now - self._found[oldest][0] < SECONDS:
                return
            del self._found[oldest]
