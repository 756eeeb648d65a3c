"""Limit how often a person or a group asks."""

from collections import deque
from collections.abc import Callable
from time import monotonic

from cachetools import LRUCache

WINDOW = 60.0
"""Seconds over which questions are counted."""
GROUP = 20
"""Messages a minute that Telegram lets a bot send to one group."""
MOST = 10_000
"""People and groups that are counted; of more, the one not heard for longest is forgotten."""


class Limit:
    """So many in `WINDOW` seconds from each; None for any number."""

    def __init__(self, most: int | None, clock: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._clock = clock
        self._times: LRUCache[int, deque[float]] = LRUCache(MOST)
        self._told: LRUCache[int, float] = LRUCache(MOST)

    def over(self, id: int) -> int:
        """Count one from somebody: 0 where it is within the limit; 1 where it is over and they
        have not been told for a while, else 2. What is over is not counted.
        """
        if self._most is None:
            return 0
        now = self._clock()
        times = self._times.setdefault(id, deque())
        while times and now - times[0] >= WINDOW:
            times.popleft()
        if len(times) < self._most:
            times.append(now)
            return 0
        if now - self._told.get(id, -WINDOW) < WINDOW:
            return 2
        self._told[id] = now
        return 1
