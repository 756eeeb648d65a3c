"""Numbers of use from which nobody can be made out."""

from collections.abc import Mapping
from itertools import combinations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.records.entries import Asked, Feedback, Unanswered
from bot.records.sqlite.store import SqliteStore
from bot.records.statistics import LEAST, Row, Table, _table, statistics, suppress
from bot.settings import IN_MEMORY

counts = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12), max_size=6)


def possible(table: Table) -> dict[str, set[int]]:
    """For each number that is not told, all that it may be by the rest of its table."""
    assert table.total is not None
    hidden = [row.what for row in table.rows if row.count is None]
    left = table.total - sum(row.count or 0 for row in table.rows)
    found: dict[str, set[int]] = {what: set() for what in hidden}
    # each way of cutting what is left into so many parts
    for cuts in combinations(range(1, left), max(len(hidden) - 1, 0)):
        edges = (0, *cuts, left)
        for what, start, end in zip(hidden, edges, edges[1:], strict=False):
            found[what].add(end - start)
    return found


@given(counts=counts)
def test_no_small_number_is_told(counts: Mapping[str, int]) -> None:
    shown = suppress(counts)
    assert shown.keys() == counts.keys()
    assert [what for what, count in shown.items() if count is not None and count < LEAST] == []
    assert {w: counts[w] for w, count in shown.items() if count is not None} == {
        what: count for what, count in shown.items() if count is not None
    }


@settings(max_examples=200)
@example(counts={"a": 1, "b": 9})
@example(counts={"a": 4, "b": 5, "c": 6})
@example(counts={"a": 1, "b": 1, "c": 7})
@example(counts={"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 9})
@example(counts={"a": 1, "b": 1, "c": 1, "d": 1, "e": 1})
@given(counts=counts)
def test_no_small_number_can_be_worked_out_from_the_others_and_the_total(
    counts: Mapping[str, int],
) -> None:
    table = _table("", counts)
    if table.total is None:  # of few, or of one for each row
        assert sum(counts.values()) < LEAST or set(counts.values()) == {1}
        return
    assert [what for what, numbers in possible(table).items() if len(numbers) < 2] == []


@given(counts=counts)
def test_the_order_of_the_rows_tells_nothing_of_what_is_not_told(
    counts: Mapping[str, int],
) -> None:
    rows = _table("", counts).rows
    told = [row for row in rows if row.count is not None]
    hidden = [row for row in rows if row.count is None]
    assert rows == (
        *sorted(told, key=lambda row: (-(row.count or 0), row.what)),
        *sorted(hidden, key=lambda row: row.what),
    )


@given(counts=st.dictionaries(st.sampled_from("abc"), st.integers(LEAST, 50)))
def test_where_every_number_is_large_all_are_told(counts: Mapping[str, int]) -> None:
    assert suppress(counts) == counts


def test_as_few_more_are_left_out_as_will_do() -> None:
    assert suppress({"a": 4, "b": 5, "c": 6}) == {"a": None, "b": None, "c": 6}
    assert suppress({"a": 4, "b": 4, "c": 6}) == {"a": None, "b": None, "c": 6}
    assert suppress({"a": 2, "b": 2, "c": 6, "d": 7}) == {"a": None, "b": None, "c": None, "d": 7}


def asked(number: int, person: str = "x", intent: str = "often", chat: str = "private") -> Asked:
    return Asked(str(number), "2026-03-01", person, chat, "guidance", intent, "high", "v")


def test_what_is_told_is_counted_from_what_is_kept() -> None:
    store = SqliteStore(IN_MEMORY)
    for number in range(7):
        store.put(asked(number, f"person {number}"))
    for number in range(7, 13):
        store.put(asked(number, "one", "seldom"))
    for number in range(6):
        store.put(Feedback(f"person {number}", "often@1", "2026-03-01", number > 0, ""))
    for number in range(5):
        store.put(Unanswered(str(number), "2026-03-01", "x", "sent_in", "", "words", "v"))
    assert statistics(store) == (
        Table(
            "Questions by what came of them",
            13,
            (Row("guidance: often", 7), Row("guidance: seldom", 6)),
        ),
        Table("Questions by day", 13, (Row("2026-03-01", 13),)),
        Table("Questions by kind of chat", 13, (Row("private", 13),)),
        Table("People who asked", 8, ()),
        Table("Feedback", 6, (Row("not useful: often", None), Row("useful: often", None))),
        Table("Wordings sent in", 5, (Row("sent_in", 5),)),
    )
    store.close()


def test_of_few_questions_not_even_the_total_is_told() -> None:
    store = SqliteStore(IN_MEMORY)
    for number in range(LEAST - 1):
        store.put(asked(number))
    first, *_, feedback, sent_in = statistics(store)
    assert first == Table("Questions by what came of them", None, (Row("guidance: often", None),))
    assert (feedback.total, sent_in.total) == (0, 0)
    store.close()
