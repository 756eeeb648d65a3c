"""Limit how often a person or a group asks."""

from collections import deque

from cachetools import LRUCache

WINDOW = 60.0
"""Seconds over which questions are counted."""
GROUP = 20
"""Messages a minute that Telegram lets a bot send to one group."""
TOUCHES = 3
"""How many times as many buttons as questions, and as many queries while somebody types behind the
bot's name: these come several to a question.
"""
MOST = 10_000
"""People and groups that are counted; of more, the one not heard for longest is forgotten."""


class Limit:
    """So many in `WINDOW` seconds from each; None for any number."""

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._times: LRUCache[int, deque[float]] = LRUCache(MOST)
        self._told: LRUCache[int, float] = LRUCache(MOST)

    def over(self, id: int, at: float) -> int:
        """Count one from somebody at a time (seconds of any clock, the same for all): 0 where it
        is within the limit; 1 where it is over and they have not been told for a while, else 2.
        What is over is not counted.
        """
        if self._most is None:
            return 0
        times = self._times.setdefault(id, deque(maxlen=self._most))
        if len(times) < self._most or abs(at - times[0]) >= WINDOW:
            times.append(at)
            return 0
        if abs(at - self._told.get(id, at - WINDOW)) < WINDOW:
            return 2
        self._told[id] = at
        return 1
