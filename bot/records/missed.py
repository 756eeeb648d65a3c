"""What people missed: the questions that were not answered or sent in, and the answers that were of
no use.
"""

from collections import Counter
from dataclasses import dataclass

from bot.records.entries import Decided, Feedback, Unanswered
from bot.records.statistics import LEAST
from bot.records.store import Store
from knowledge.matching.normalising import tokenise
from knowledge.quality.suggesting import Asking
from knowledge.versions import digest

ID = 16
"""Hexadecimal digits of a question's id."""


@dataclass(frozen=True, slots=True)
class NotUseful:
    """An answer that people found not useful."""

    intent: str
    people: int | None
    """How many; None where they are too few to be told."""
    reasons: tuple[str, ...]
    """Why, the reason given most often first."""


def question_id(text: str) -> str:
    """The id of a question by its words, however they are typed."""
    return digest(tokenise(text) or text)[:ID]


def askings(store: Store) -> tuple[Asking, ...]:
    """The questions whose words are kept, on which nothing is decided. Raises `RecordsFailed`."""
    with store.transaction():
        decided = {entry.id for entry in store.find(Decided)}
        found = [(question_id(one.text), one) for one in store.find(Unanswered) if one.text]
    return tuple(
        Asking(id, one.text, one.person, one.day, one.intent if one.why == "sent_in" else "")
        for id, one in found
        if id not in decided
    )


def wordless(store: Store) -> int | None:
    """How many questions were not answered whose words are not kept; None where they are too few
    to be told. Raises `RecordsFailed`.
    """
    return _told(store.count(Unanswered, text=""))


def not_useful(store: Store) -> tuple[NotUseful, ...]:
    """The answers that people found not useful, those of most people first. Raises
    `RecordsFailed`.
    """
    people: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = {}
    for entry in store.find(Feedback, useful=False):
        intent = entry.answer.partition("@")[0]
        people[intent] += 1
        reasons.setdefault(intent, Counter())[entry.reason] += bool(entry.reason)
    # few are in the order of their ids: another one would tell how many they are
    order = sorted(people, key=lambda intent: (-(_told(people[intent]) or 0), intent))
    return tuple(
        NotUseful(
            intent,
            _told(people[intent]),
            tuple(r for r in sorted(reasons[intent], key=lambda r: (-reasons[intent][r], r)) if r),
        )
        for intent in order
    )


def _told(count: int) -> int | None:
    return count if count >= LEAST else None
