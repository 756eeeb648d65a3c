"""Remember the answers of the last minutes: a question asked again costs next to nothing."""

import secrets
from collections.abc import Callable, Sequence
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

    def __init__(self, clock: Callable[[], float] = monotonic, most: int = MOST) -> None:
        self._clock = clock
        self._most = most
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
        name = self._name(text)
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

    def find_all(
        self, texts: Sequence[str], look: Callable[[Sequence[str]], Sequence[Found]]
    ) -> list[Found]:
        """What `look` finds for each text; it is given those of which nothing is remembered."""
        now = self._clock()
        names = [self._name(text) for text in texts]
        with self._lock:
            self._forget(now)
            found = {name: self._found[name][1] for name in names if name in self._found}
        missing = {name: text for name, text in zip(names, texts, strict=True) if name not in found}
        if missing:
            new = dict(zip(missing, look(tuple(missing.values())), strict=True))
            with self._lock:
                self._found |= {name: (now, one) for name, one in new.items()}
                self._forget(now)
            found |= new
        return [found[name] for name in names]

    def _name(self, text: str) -> bytes:
        return blake2b(text.encode(errors="surrogatepass"), key=self._key).digest()

    def _forget(self, now: float) -> None:
        while self._found:
            oldest = next(iter(self._found))
            if len(self._found) <= self._most and now - self._found[oldest][0] < SECONDS:
                return
            del self._found[oldest]
