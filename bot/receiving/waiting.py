"""Keep the updates that wait in the records."""

import json
from dataclasses import replace

from bot.receiving import updates
from bot.records.entries import Seen, Waiting
from bot.records.store import Store


def keep(store: Store, entries: list[Waiting]) -> list[Waiting]:
    """Keep those that did not come before, and say which. Raises `RecordsFailed`."""
    new = [entry for entry in entries if store.add(Seen(entry.update, entry.at))]
    for entry in filter(is_written, new):
        store.put(entry)
    return new


def is_written(entry: Waiting) -> bool:
    """Whether an update may be written down: what somebody types behind the bot's name may not."""
    return updates.kind(json.loads(entry.raw)) != "inline_query"


def cross_off(store: Store, updates: tuple[int, ...]) -> bool:
    """Delete what is handled: True, once it is. Raises `RecordsFailed`."""
    store.delete(Waiting, update=updates)
    return True


def take_up(store: Store) -> tuple[Waiting, ...]:
    """What waits since before, each tried once more: one of them may have ended the program.
    Raises `RecordsFailed`.
    """
    waiting = tuple(replace(entry, tries=entry.tries + 1) for entry in store.find(Waiting))
    for entry in waiting:
        store.put(entry)
    return waiting
