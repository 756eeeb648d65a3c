"""What every store of records does: the contract of `bot.records.store`."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields, replace
from operator import attrgetter
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.records.entries import ENTRIES, Asked, Entry, Feedback, Seen, Waiting, Withdrawn
from bot.records.sqlite.store import IN_MEMORY, SqliteStore
from bot.records.store import RecordsFailed, Store

Open = Callable[[Path], Store]
SHARED: dict[str, Open] = {"file": lambda folder: SqliteStore(folder / "records.sqlite")}
"""Stores that several programs use at once, by how they are opened."""
STORES: dict[str, Open] = {**SHARED, "memory": lambda _: SqliteStore(IN_MEMORY)}

ANSWERED = Asked("b", "2026-03-02", "p1", "private", "guidance", "fathers", "high", "v1")
ANSWERED_EARLIER = replace(ANSWERED, id="a", day="2026-03-01", person="p2")
ANSWERED_LATER = replace(ANSWERED, id="c", day="2026-03-03", intent="neglect")
ALL_ANSWERED = (ANSWERED_EARLIER, ANSWERED, ANSWERED_LATER)
LIKED = Feedback("p1", "fathers@v1", "2026-03-02", True, "")
WRITTEN = Waiting(7, 70, "what a person wrote", 0, "2026-03-02T10:00:00")

OF_EACH_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    int: st.integers(-(2**63), 2**63 - 1),
    bool: st.booleans(),
}


@pytest.fixture(params=STORES.values(), ids=STORES.keys())
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with closing(request.param(tmp_path)) as opened:
        yield opened


@pytest.fixture
def answered(store: Store) -> Store:
    """A store that keeps `ALL_ANSWERED`, the last first."""
    for entry in reversed(ALL_ANSWERED):
        store.add(entry)
    return store


def key(entry: Entry) -> tuple[Any, ...]:
    return tuple(getattr(entry, name) for name in entry.KEY)


def entries(kind: type[Entry]) -> st.SearchStrategy[list[Entry]]:
    """Any entries of a kind, no two with one key."""
    values = {field.name: OF_EACH_TYPE[field.type] for field in fields(kind)}
    return st.lists(st.builds(kind, **values), unique_by=key, max_size=8)


def test_what_is_read_together_is_of_one_moment(tmp_path: Path) -> None:
    with closing(SHARED["file"](tmp_path)) as one, closing(SHARED["file"](tmp_path)) as another:
        one.add(ANSWERED)
        with one.reading():
            before = one.find(Asked)
            another.add(ANSWERED_LATER)
            assert one.find(Asked) == before == (ANSWERED,)
        assert one.find(Asked) == (ANSWERED, ANSWERED_LATER)


@pytest.mark.parametrize("kind", ENTRIES, ids=attrgetter("__name__"))
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.data())
def test_what_is_kept_of_each_kind_comes_back_by_its_keys_and_goes(
    store: Store, kind: type[Entry], drawn: st.DataObject
) -> None:
    kept = drawn.draw(entries(kind))
    with store.transaction():
        assert [store.add(entry) for entry in kept] == [True for _ in kept]
    found = store.find(kind)
    assert found == tuple(sorted(kept, key=key))
    assert [[type(value) for value in _values(entry)] for entry in found] == [
        [field.type for field in fields(kind)] for _ in kept
    ]
    one_by_one = [store.find(kind, **_of_key(entry)) for entry in kept]
    assert one_by_one == [(entry,) for entry in kept]
    assert store.delete(kind) == len(kept)
    assert store.find(kind) == ()


def _values(entry: Entry) -> list[Any]:
    return [getattr(entry, field.name) for field in fields(entry)]


def _of_key(entry: Entry) -> dict[str, Any]:
    return dict(zip(entry.KEY, key(entry), strict=True))


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=entries(Feedback), second=entries(Feedback))
def test_the_last_put_of_each_key_stays(
    store: Store, first: list[Feedback], second: list[Feedback]
) -> None:
    with store.transaction():
        for entry in [*first, *second]:
            store.put(entry)
    stays = {key(entry): entry for entry in [*first, *second]}
    assert store.find(Feedback) == tuple(stays[place] for place in sorted(stays))
    store.delete(Feedback)


def test_a_second_entry_of_one_key_is_not_added(store: Store) -> None:
    assert store.add(ANSWERED)
    assert not store.add(replace(ANSWERED, outcome="not_covered"))
    assert store.find(Asked) == (ANSWERED,)


def test_an_entry_takes_the_place_of_the_one_of_its_key(store: Store) -> None:
    store.put(LIKED)
    changed = replace(LIKED, useful=False, reason="too_long")
    store.put(changed)
    assert store.find(Feedback) == (changed,)


def test_entries_are_found_by_any_of_several_values(answered: Store) -> None:
    assert answered.find(Asked, id=("c", "a", "z")) == (ANSWERED_EARLIER, ANSWERED_LATER)
    assert answered.find(Asked, id=()) == ()


def test_entries_are_found_by_all_their_values_together(answered: Store) -> None:
    assert answered.find(Asked, person="p1", intent="fathers") == (ANSWERED,)


def test_entries_are_found_by_truth(store: Store) -> None:
    disliked = replace(LIKED, person="p2", useful=False)
    store.put(LIKED)
    store.put(disliked)
    assert store.find(Feedback, useful=True) == (LIKED,)
    assert store.find(Feedback, useful=False) == (disliked,)


def test_of_many_the_first_are_found(answered: Store) -> None:
    assert answered.find(Asked, first=2) == (ANSWERED_EARLIER, ANSWERED)
    assert answered.find(Asked, first=0) == ()
    assert answered.find(Asked, first=9) == ALL_ANSWERED


def test_what_lies_before_a_day_is_found_without_that_day(answered: Store) -> None:
    assert answered.find(Asked, before=("day", "2026-03-02")) == (ANSWERED_EARLIER,)
    assert answered.find(Asked, before=("day", "2026-03-04"), person="p1") == (
        ANSWERED,
        ANSWERED_LATER,
    )


def test_as_many_are_counted_as_are_found(answered: Store) -> None:
    assert answered.count(Asked) == 3
    assert answered.count(Asked, before=("day", "2026-03-03")) == 2
    assert answered.count(Asked, person=("p1", "p3")) == 2
    assert answered.count(Asked, person="p3") == 0


def test_only_what_would_be_found_is_deleted_and_counted(answered: Store) -> None:
    assert answered.delete(Asked, before=("day", "2026-03-03"), person="p1") == 1
    assert answered.find(Asked) == (ANSWERED_EARLIER, ANSWERED_LATER)
    assert answered.delete(Asked, id="z") == 0


def test_a_field_that_there_is_not_is_refused_and_nothing_deleted(answered: Store) -> None:
    with pytest.raises(RecordsFailed):
        answered.find(Asked, nobody="p1")
    with pytest.raises(RecordsFailed):
        answered.delete(Asked, before=("0", "2026-03-02"))
    assert answered.find(Asked) == ALL_ANSWERED


def test_a_transaction_that_fails_was_never_begun(answered: Store) -> None:
    with pytest.raises(LookupError), answered.transaction():
        answered.delete(Asked)
        answered.put(LIKED)
        raise LookupError
    assert (answered.find(Asked), answered.find(Feedback)) == (ALL_ANSWERED, ())


def test_a_transaction_within_another_fails_with_it(store: Store) -> None:
    with pytest.raises(LookupError), store.transaction():
        store.add(ANSWERED)
        with store.transaction():
            store.add(LIKED)
        raise LookupError
    assert (store.count(Asked), store.count(Feedback)) == (0, 0)


def test_a_transaction_takes_the_one_around_it_with_it(store: Store) -> None:
    with pytest.raises(LookupError), store.transaction():
        store.add(ANSWERED)
        with store.transaction():
            store.add(LIKED)
            raise LookupError
    assert (store.count(Asked), store.count(Feedback)) == (0, 0)


def test_within_a_transaction_its_own_work_is_seen(store: Store) -> None:
    with store.transaction():
        store.add(ANSWERED)
        assert store.find(Asked) == (ANSWERED,)
    assert store.find(Asked) == (ANSWERED,)


def test_after_one_that_failed_a_transaction_is_kept(store: Store) -> None:
    with pytest.raises(LookupError), store.transaction():
        raise LookupError
    with store.transaction():
        store.add(ANSWERED)
    assert store.find(Asked) == (ANSWERED,)


def test_tidying_and_checking_change_nothing(answered: Store) -> None:
    answered.tidy()
    answered.check()
    assert answered.find(Asked) == ALL_ANSWERED


def test_a_copy_has_everything_but_the_inbox(answered: Store, tmp_path: Path) -> None:
    answered.add(LIKED)
    answered.add(WRITTEN)
    answered.back_up(tmp_path / "copy.sqlite")
    with closing(SqliteStore(tmp_path / "copy.sqlite")) as copy:
        kept = {kind: copy.find(kind) for kind in ENTRIES}
    nothing: dict[type[Entry], tuple[Entry, ...]] = dict.fromkeys(ENTRIES, ())
    assert kept == nothing | {Asked: ALL_ANSWERED, Feedback: (LIKED,)}
    assert answered.find(Waiting) == (WRITTEN,)


def test_a_copy_never_takes_the_place_of_a_file(store: Store, tmp_path: Path) -> None:
    taken = tmp_path / "copy.sqlite"
    taken.write_bytes(b"kept from before")
    with pytest.raises(RecordsFailed, match="exists"):
        store.back_up(taken)
    assert taken.read_bytes() == b"kept from before"


def test_no_copy_is_begun_within_a_transaction(store: Store, tmp_path: Path) -> None:
    with pytest.raises(RecordsFailed, match="within a transaction"), store.transaction():
        store.back_up(tmp_path / "copy.sqlite")
    assert not (tmp_path / "copy.sqlite").exists()


@pytest.mark.parametrize("open_store", SHARED.values(), ids=SHARED.keys())
def test_a_copy_holds_together_though_others_write(open_store: Open, tmp_path: Path) -> None:
    begun, enough = Event(), Event()
    writer = Thread(target=_write_in_pairs, args=(open_store, tmp_path, begun, enough))
    with closing(open_store(tmp_path)) as store:
        writer.start()
        try:
            assert begun.wait(10)
            copies = [tmp_path / f"copy{number}.sqlite" for number in range(5)]
            for copy in copies:
                store.back_up(copy)
        finally:
            enough.set()
            writer.join()
    sizes = [_size_of_pairs(copy) for copy in copies]
    assert [seen for seen, _ in sizes] == [withdrawn for _, withdrawn in sizes]
    assert sizes == sorted(sizes)


def _write_in_pairs(open_store: Open, folder: Path, begun: Event, enough: Event) -> None:
    with closing(open_store(folder)) as store:
        number = 0
        while not enough.is_set():
            with store.transaction():
                store.add(Seen(number, ""))
                store.add(Withdrawn(str(number), "", ""))
            begun.set()
            number += 1


def _size_of_pairs(copy: Path) -> tuple[int, int]:
    with closing(SqliteStore(copy)) as store:
        return store.count(Seen), store.count(Withdrawn)
