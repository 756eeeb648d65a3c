"""Know of an update being handled whether it failed, whether it will be tried again, and what was
sent for it before it failed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from cachetools import LRUCache
from telegram.error import BadRequest, NetworkError, RetryAfter

MOST = 10_000
"""Updates that failed and are remembered."""


def is_passing(error: Exception) -> bool:
    """Whether it was the network that failed. To the library a bad request is such a failure."""
    return isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest)


class Trial:
    """One try at an update. What was sent in the tries before is not sent again."""

    def __init__(self, is_last: bool, is_first: bool, sent: list[int]) -> None:
        self.is_last = is_last
        self.is_first = is_first
        self.error: Exception | None = None
        self._sent = sent
        self._at = 0

    def sent_before(self) -> int | None:
        """The id of the message that was sent in this place in an earlier try; None if none was."""
        if self._at == len(self._sent):
            return None
        self._at += 1
        return self._sent[self._at - 1]

    def note(self, message: int) -> None:
        """Note that a message was sent in this place."""
        self._sent.append(message)
        self._at += 1


_CURRENT: ContextVar[Trial | None] = ContextVar("trial", default=None)


def current() -> Trial | None:
    """The try that is under way here; None outside of one."""
    return _CURRENT.get()


class Trials:
    """The tries that are under way, and what was sent in those that failed."""

    def __init__(self) -> None:
        self._under_way: dict[int, Trial] = {}
        self._sent: LRUCache[int, list[int]] = LRUCache(MOST)

    @contextmanager
    def of(self, update: int, is_last: bool) -> Iterator[Trial]:
        """A try, while the block lasts."""
        is_first = update not in self._sent
        sent = self._sent.setdefault(update, [])
        trial = self._under_way[update] = Trial(is_last, is_first, sent)
        token = _CURRENT.set(trial)
        try:
            yield trial
        finally:
            _CURRENT.reset(token)
            del self._under_way[update]
            if trial.error is None:
                self._sent.pop(update, None)

    def fail(self, update: int, error: Exception) -> bool:
        """Note that a try failed. Whether it was the last one; so it is where none is known of."""
        trial = self._under_way.get(update)
        if trial is None:
            return True
        trial.error = error
        return trial.is_last
