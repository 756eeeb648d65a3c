"""What was withdrawn and whether the bot rests: written by operators, read before each answer."""

from datetime import datetime

from bot.records.auditing import note
from bot.records.entries import Resting, Withdrawn
from bot.records.store import Store
from knowledge.standing import Standing, Withdrawal

LONGEST = 300
"""Characters of a reason, and of what is said while the bot rests: a message that says it holds
more beside it, perhaps several of them.
"""


def standing(store: Store, today: str) -> Standing:
    """What holds now. Raises `RecordsFailed`."""
    return make(store.find(Withdrawn), store.find(Resting), today)


def make(withdrawn: tuple[Withdrawn, ...], resting: tuple[Resting, ...], today: str) -> Standing:
    """What holds by these entries."""
    withdrawals = tuple(Withdrawal(one.unit, one.reason, one.day) for one in withdrawn)
    return Standing(withdrawals, resting[-1].says if resting else "", today)


def withdraw(store: Store, unit: str, reason: str, by: str, now: datetime) -> None:
    """Take a unit of guidance out, until it is restored. Raises `RecordsFailed`."""
    with store.transaction():
        store.put(Withdrawn(unit, as_sentence(reason), now.date().isoformat()))
        note(store, now, by, "withdraw", unit)


def restore(store: Store, unit: str, by: str, now: datetime) -> bool:
    """Put a unit back. False where it was not withdrawn. Raises `RecordsFailed`."""
    with store.transaction():
        found = store.delete(Withdrawn, unit=unit) > 0
        if found:
            note(store, now, by, "restore", unit)
        return found


def rest(store: Store, says: str, by: str, now: datetime) -> None:
    """Let the bot rest, and say this meanwhile. Raises `RecordsFailed`."""
    with store.transaction():
        store.delete(Resting)
        store.put(Resting(now.isoformat(timespec="seconds"), as_sentence(says)))
        note(store, now, by, "maintenance on")


def wake(store: Store, by: str, now: datetime) -> bool:
    """Let the bot answer again. False where it did not rest. Raises `RecordsFailed`."""
    with store.transaction():
        found = store.delete(Resting) > 0
        if found:
            note(store, now, by, "maintenance off")
        return found


def as_sentence(text: str) -> str:
    """On one line, and with a full stop: other sentences follow."""
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?")) else f"{line}."
