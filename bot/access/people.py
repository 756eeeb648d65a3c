"""Keep what is known of people: since when they are here, when they last were, where they work."""

from dataclasses import replace
from datetime import date, timedelta

from bot.records.entries import Person
from bot.records.store import Store

UNSEEN_DAYS = 90
"""Days after which somebody is listed as not seen."""


def known(store: Store, user: int, today: str) -> Person:
    """What is kept of somebody; of whom nothing is, that they are here since today. Raises
    `RecordsFailed`.
    """
    found = store.find(Person, user=user)
    return found[0] if found else Person(user, "", "", today, today)


def see(store: Store, user: int, today: str) -> None:
    """Note that somebody was here today. Raises `RecordsFailed`."""
    with store.transaction():
        store.put(replace(known(store, user, today), last_seen=today))


def settle(store: Store, user: int, works_in: str, today: str) -> bool:
    """Note where somebody works, and that they were here today: True, once it is. Raises
    `RecordsFailed`.
    """
    with store.transaction():
        store.put(replace(known(store, user, today), works_in=works_in, last_seen=today))
    return True


def unseen(store: Store, today: date) -> tuple[Person, ...]:
    """Who has not been seen for `UNSEEN_DAYS`. Raises `RecordsFailed`."""
    since = (today - timedelta(days=UNSEEN_DAYS)).isoformat()
    return store.find(Person, before=("last_seen", since))
