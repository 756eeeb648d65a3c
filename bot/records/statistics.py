"""How the bot is used, in numbers from which nobody can be made out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.records.entries import Asked, Feedback, Unanswered
from bot.records.store import Store

LEAST = 5
"""Smaller numbers are not told: they could be one person's."""


@dataclass(frozen=True, slots=True)
class Row:
    """What was counted, and how often; None where that is not told."""

    what: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers that add up to a total."""

    title: str
    total: int | None
    rows: tuple[Row, ...]


def statistics(store: Store) -> tuple[Table, ...]:
    """Use, feedback and what was sent in, of all that is kept. Raises `RecordsFailed`.

    Each table counts other things than the rest, or the same by day: none tells what another does
    not.
    """
    with store.transaction():
        asked = store.find(Asked)
        feedback = store.find(Feedback)
        sent_in = store.find(Unanswered, why="sent_in")
    people = len({entry.person for entry in asked})
    questions: tuple[Table, ...] = (
        _table("Questions by what came of them", Counter(_came_of(entry) for entry in asked)),
        _table("Questions by day", Counter(entry.day for entry in asked), by_name=True),
        _table("Questions by kind of chat", Counter(entry.chat for entry in asked)),
    )
    if any(table.total is None for table in questions):  # it is one total: one would tell another
        questions = tuple(replace(table, total=None) for table in questions)
    return (
        *questions,
        Table("People who asked", people if people >= LEAST else None, ()),
        _table("Feedback", Counter(_found(entry) for entry in feedback)),
        _table("Wordings sent in", Counter(entry.why for entry in sent_in)),
    )


def _came_of(entry: Asked) -> str:
    return f"{entry.outcome}: {entry.intent}" if entry.intent else entry.outcome


def _found(entry: Feedback) -> str:
    return f"{'useful' if entry.useful else 'not useful'}: {entry.answer.partition('@')[0]}"


def _table(title: str, counts: Mapping[str, int], by_name: bool = False) -> Table:
    """The rows, the largest first or by their names, with what would tell too much left out."""
    shown = suppress(counts)
    # what is not told stands last, by its name: its place among the rest would tell it
    order = sorted(counts) if by_name else sorted(counts, key=lambda w: (-(shown[w] or 0), w))
    hidden = [count for what, count in counts.items() if shown[what] is None]
    return Table(
        title,
        sum(counts.values()) if not hidden or _is_hard_to_tell(hidden) else None,
        tuple(Row(what, shown[what]) for what in order),
    )


def suppress(counts: Mapping[str, int]) -> Mapping[str, int | None]:
    """The counts without the small ones, and without as many more, the smallest first, as it takes
    for the total not to tell them: two at least, that make `LEAST` together and more than one each.
    """
    hidden = [what for what, count in counts.items() if 0 < count < LEAST]
    others = sorted(
        (w for w in counts if counts[w] >= LEAST), key=lambda what: (counts[what], what)
    )
    while hidden and others and not _is_hard_to_tell([counts[what] for what in hidden]):
        hidden.append(others.pop(0))
    return {what: None if what in hidden else count for what, count in counts.items()}


def _is_hard_to_tell(hidden: Sequence[int]) -> bool:
    """Whether what numbers add up to leaves open which they are."""
    return len(hidden) > 1 and sum(hidden) >= max(LEAST, len(hidden) + 1)
