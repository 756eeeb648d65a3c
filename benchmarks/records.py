"""Measure what the records take up and how long keeping takes, on invented entries.

    python benchmarks/records.py [--many 20000]

Prints, for each table, the bytes that an entry takes in the file; the milliseconds that a question
waits until what came of it is committed, alone and beside others; and those of a backup. The
records are made in a temporary folder and deleted.
"""

import argparse
import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.records.desk import Desk  # noqa: E402
from bot.records.entries import (  # noqa: E402
    Act,
    Asked,
    Entry,
    Feedback,
    Last,
    Person,
    Seen,
    Shared,
    Unanswered,
    new_id,
)
from bot.records.pseudonyms import Key, Pseudonyms  # noqa: E402
from bot.records.sqlite.store import SqliteStore  # noqa: E402
from bot.records.store import Store  # noqa: E402

DAY, AT = "2026-11-22", "2026-11-22T09:30:00+00:00"
INTENT, CONTENT = "challenge-another-agency", "0123456789ab"
WORDS = "how many days until the strategy meeting"
TOGETHER = 50
"""Questions that come at the same time."""
ALONE = 500
"""Questions that are kept one by one."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--many", type=int, default=20_000, help="entries of each table")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        for what, make in kinds().items():
            print(
                f"{what:34}{size(Path(folder) / f'{what}.sqlite', make, options.many):6.0f} bytes"
            )
        full = Path(folder) / "asked.sqlite"
        print(f"a backup of {full.stat().st_size / 1e6:.1f} MB: {backup(full):.0f} ms")
        alone, beside = asyncio.run(keeping(Path(folder) / "kept.sqlite"))
        print(f"to keep a question: p50 {median(alone):.1f} ms, p95 {p95(alone):.1f} ms")
        print(
            f"beside {TOGETHER - 1} others: p50 {median(beside):.1f} ms, p95 {p95(beside):.1f} ms"
        )


def kinds() -> dict[str, Callable[[int], Entry]]:
    """How an entry of each kind is made, by its table."""
    person = Pseudonyms((Key.new(),)).of
    return {
        "asked": lambda i: asked(person(i % 40)),
        "unanswered": lambda i: unanswered(person(i % 40), ""),
        "unanswered with its words": lambda i: unanswered(person(i % 40), WORDS),
        "feedback": lambda i: Feedback(person(i), f"{INTENT}@1a2b3c4d", DAY, True, ""),
        "last_answers": lambda i: Last(7_000_000_000 + i, INTENT, "", i, i + 1, AT),
        "shared": lambda i: Shared(new_id(), 7_000_000_000 + i, "", INTENT, "1a2b3c4d", DAY),
        "seen_updates": lambda i: Seen(900_000_000 + i, AT),
        "people": lambda i: Person(7_000_000_000 + i, "3f9a1c", "", DAY, DAY),
        "audit": lambda i: Act(new_id(), AT, person(i % 3), "withdraw", "aoc/81.4"),
    }


def asked(person: str) -> Asked:
    """A question that was answered."""
    return Asked(new_id(), DAY, person, "private", "guidance", INTENT, "high", CONTENT)


def unanswered(person: str, words: str) -> Unanswered:
    """A question that was not answered."""
    return Unanswered(new_id(), DAY, person, "not_covered", INTENT, words, CONTENT)


def size(path: Path, make: Callable[[int], Entry], many: int) -> float:
    """The bytes of the file for each entry, beyond those of an empty one."""
    empty = SqliteStore(path)
    empty.close()
    before = path.stat().st_size
    store = SqliteStore(path)
    with store.transaction():
        for i in range(many):
            store.put(make(i))
    store.close()
    return (path.stat().st_size - before) / many


def backup(path: Path) -> float:
    """The milliseconds that a backup takes."""
    store = SqliteStore(path)
    before = perf_counter()
    store.back_up(path.with_name("copy.sqlite"))
    took = 1000 * (perf_counter() - before)
    store.close()
    return took


async def keeping(path: Path) -> tuple[list[float], list[float]]:
    """The milliseconds until a question is kept: one by one, and with others at the same time."""
    desk = Desk(SqliteStore(path))

    async def keep(chat: int) -> float:
        def work(store: Store) -> None:
            store.put(asked(f"{chat:016x}"))
            store.put(Last(chat, INTENT, "", 1, 2, AT))

        before = perf_counter()
        await desk.do(work)
        return 1000 * (perf_counter() - before)

    alone = [await keep(chat) for chat in range(ALONE)]
    beside: list[float] = []
    for _ in range(20):
        beside += await asyncio.gather(*(keep(chat) for chat in range(TOGETHER)))
    await desk.close()
    return alone, beside


def p95(times: list[float]) -> float:
    """What nineteen of twenty stay below."""
    return quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
