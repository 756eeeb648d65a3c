"""How long what is kept is kept: one table, for the purge, the documentation and the privacy
notice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.records.entries import (
    Act,
    Asked,
    Decided,
    Entry,
    Feedback,
    Invitation,
    Last,
    Moved,
    Person,
    Seen,
    Shared,
    Unanswered,
    Waiting,
)
from bot.records.store import Store

YEAR = 365


@dataclass(frozen=True, slots=True)
class Term:
    """How long the entries of a kind are kept, from the time in one of their fields on."""

    kind: type[Entry]
    since: str
    days: int | None = None
    """None for `RETENTION_DAYS`."""


TERMS = (
    Term(Asked, "day"),
    Term(Unanswered, "day"),
    Term(Decided, "day"),
    Term(Feedback, "day"),
    Term(Invitation, "until"),
    Term(Last, "at", 1),
    Term(Waiting, "at", 1),
    Term(Seen, "at", 2),
    # a correction has to find what was shared long ago
    Term(Shared, "day", YEAR),
    Term(Moved, "day", YEAR),
    Term(Person, "last_seen", YEAR),
    Term(Act, "at", YEAR),
)


def purge(store: Store, now: datetime, retention_days: int) -> Mapping[str, int]:
    """Delete what has been kept long enough: how many of each table. Raises `RecordsFailed`."""
    with store.transaction():
        return {
            term.kind.TABLE: store.delete(
                term.kind, (term.since, oldest(term, now, retention_days))
            )
            for term in TERMS
        }


def oldest(term: Term, now: datetime, retention_days: int) -> str:
    """The day or time before which entries are deleted: days count whole."""
    days = retention_days if term.days is None else term.days
    then = (now - timedelta(days=days)).isoformat(timespec="seconds")
    return then if term.since == "at" else then[:10]
