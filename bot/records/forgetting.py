"""What is held about one person: shown, deleted, and looked for again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.records.entries import (
    Act,
    Asked,
    Decided,
    Entry,
    Feedback,
    Last,
    Person,
    Shared,
    Unanswered,
    Waiting,
)
from bot.records.missed import question_id
from bot.records.pseudonyms import Pseudonyms
from bot.records.store import Store, Value


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was deleted, and what a second look still found: tables and numbers."""

    deleted: Mapping[str, int]
    left: Mapping[str, int]
    acts: int
    """Privileged acts by or about this person: they stay until their time is over."""


def held(store: Store, pseudonyms: Pseudonyms, user: int) -> Mapping[str, tuple[Entry, ...]]:
    """All entries about a person, by table. Raises `RecordsFailed`."""
    with store.reading():
        return {
            kind.TABLE: store.find(kind, None, None, **place)
            for kind, place in _places(store, pseudonyms, user)
        }


def forget(store: Store, pseudonyms: Pseudonyms, user: int) -> Forgotten:
    """Delete everything about a person, and look again. Raises `RecordsFailed`."""
    with store.transaction():
        places = tuple(_places(store, pseudonyms, user))
        return Forgotten(
            {kind.TABLE: store.delete(kind, None, **place) for kind, place in places},
            {kind.TABLE: store.count(kind, None, **place) for kind, place in places},
            store.count(Act, by=pseudonyms.all_of(user))
            + store.count(Act, about=pseudonyms.all_of(user)),
        )


def _places(
    store: Store, pseudonyms: Pseudonyms, user: int
) -> Iterator[tuple[type[Entry], Mapping[str, Value]]]:
    """Where something about a person may be. The id of a private chat is its person's."""
    names = pseudonyms.all_of(user)
    by_name: tuple[type[Entry], ...] = (Asked, Unanswered, Feedback)
    by_chat: tuple[type[Entry], ...] = (Last, Shared, Waiting)
    yield from ((kind, {"person": names}) for kind in by_name)
    yield from ((kind, {"chat": user}) for kind in by_chat)
    # while their question is kept, what was accepted of it is known to be theirs
    own = store.find(Unanswered, person=names)
    yield Decided, {"id": tuple({question_id(one.text) for one in own if one.text})}
    yield Person, {"user": user}
