"""Make one call of many: what several threads ask for while a call runs waits, and is then done
together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

Row = TypeVar("Row")

MOST = 32
"""Texts that go together, at most: more of them are no quicker."""


@dataclass(slots=True, eq=False)
class _Asked(Generic[Row]):
    texts: Sequence[str]
    rows: Sequence[Row] | None = None


class Gathering(Generic[Row]):
    """A function of texts, called by many threads, that works for all that wait at once.

    The first thread works for itself. Whoever comes meanwhile waits for its turn; the next to have
    it works for all of them, so that the others find theirs done.
    """

    def __init__(self, work: Callable[[Sequence[str]], Sequence[Row]]) -> None:
        self._work = work
        self._turn = Lock()
        self._lock = Lock()
        self._waiting: list[_Asked[Row]] = []

    @property
    def waiting(self) -> int:
        """How many calls wait for their turn."""
        return len(self._waiting)

    def __call__(self, texts: Sequence[str]) -> Sequence[Row]:
        """A row for each text, as the function has it. Raises what the function raises."""
        mine: _Asked[Row] = _Asked(texts)
        with self._lock:
            self._waiting.append(mine)
        with self._turn:
            if mine.rows is None:
                self._work_with(mine)
        assert mine.rows is not None
        return mine.rows

    def _work_with(self, mine: _Asked[Row]) -> None:
        together = self._take(mine)
        rows = self._work([text for asked in together for text in asked.texts])
        start = 0
        for asked in together:
            asked.rows = rows[start : start + len(asked.texts)]
            start += len(asked.texts)

    def _take(self, mine: _Asked[Row]) -> list[_Asked[Row]]:
        """This and others that wait. Should the work fail, each of them does its own."""
        with self._lock:
            taken, room = [mine], MOST - len(mine.texts)
            left = []
            for asked in self._waiting:
                if asked is mine:
                    continue
                if len(asked.texts) <= room:
                    taken.append(asked)
                    room -= len(asked.texts)
                else:
                    left.append(asked)
            self._waiting = left
        return taken
