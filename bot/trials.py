"""Know of an update being handled whether it failed, and whether it will be tried again."""

from collections.abc import Iterator
from contextlib import contextmanager

from telegram.error import BadRequest, NetworkError, RetryAfter


def is_passing(error: Exception) -> bool:
    """Whether it was the network that failed. To the library a bad request is such a failure."""
    return isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest)


class Trial:
    """One try at an update."""

    def __init__(self, is_last: bool) -> None:
        self.is_last = is_last
        self.error: Exception | None = None


class Trials:
    """The tries that are under way."""

    def __init__(self) -> None:
        self._under_way: dict[int, Trial] = {}

    @contextmanager
    def of(self, update: int, is_last: bool) -> Iterator[Trial]:
        """A try, while the block lasts."""
        trial = self._under_way[update] = Trial(is_last)
        try:
            yield trial
        finally:
            del self._under_way[update]

    def fail(self, update: int, error: Exception) -> bool:
        """Note that a try failed. Whether it was the last one; so it is where none is known of."""
        trial = self._under_way.get(update)
        if trial is None:
            return True
        trial.error = error
        return trial.is_last
