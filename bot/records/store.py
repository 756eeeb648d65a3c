"""What a store of records can do: few things, so that another database is a small work. The tests
of this contract are those of every store.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, TypeVar

from bot.records.entries import Entry

E = TypeVar("E", bound=Entry)
Value = str | int | bool | tuple[str, ...] | tuple[int, ...]
Before = tuple[str, str]
"""A field and the time or day (ISO 8601, UTC) before which it lies."""


class RecordsFailed(Exception):
    """The records cannot be read or written: says why, in a few words without what was kept."""


class Unusable(RecordsFailed):
    """The file is no database of records, or one that this program does not understand."""


class Store(Protocol):
    """Keeps entries. Every method raises `RecordsFailed`; what was done in a transaction that
    fails was never done.
    """

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing, and alone among all who write; one within another is part of it."""

    def reading(self) -> AbstractContextManager[None]:
        """What is read in it is of one moment. It waits for nobody who writes."""

    def add(self, entry: Entry) -> bool:
        """Keep an entry. False, and nothing is changed, where there is one of its key."""

    def put(self, entry: Entry) -> None:
        """Keep an entry in the place of the one of its key."""

    def find(
        self,
        kind: type[E],
        before: Before | None = None,
        first: int | None = None,
        **equal: Value,
    ) -> tuple[E, ...]:
        """The entries whose fields have these values (a tuple: one of them), by their keys, the
        smallest first; of many, the first so many.
        """

    def delete(self, kind: type[Entry], before: Before | None = None, **equal: Value) -> int:
        """Delete entries, found as by `find`; how many. What they held is overwritten."""

    def count(self, kind: type[Entry], before: Before | None = None, **equal: Value) -> int:
        """How many `find` would find."""

    def tidy(self) -> None:
        """Leave nothing that was deleted in any file."""

    def back_up(self, to: Path) -> None:
        """Write a copy without the inbox, consistent though others write. Raises `RecordsFailed`
        where there is a file already.
        """

    def check(self) -> None:
        """Raises `RecordsFailed` where what is kept is damaged."""

    def close(self) -> None:
        """Tidy, and let go."""
