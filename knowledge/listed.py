"""Know a listed follow-up by its words, and answer it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from rapidfuzz import fuzz, process

from knowledge.answering import choose, show_chosen
from knowledge.guidance import Intent, Unit
from knowledge.matching.normalising import as_read, tokenise
from knowledge.model import Answered, Candidate, Notice, Question
from knowledge.opening import Knowledge

SAME = 85
"""RapidFuzz's plain ratio from which a message is one of the listed follow-ups."""


@lru_cache
def _read(listed: tuple[str, ...]) -> tuple[str, ...]:
    """The phrases of a list, as they are compared."""
    return tuple(as_read(phrase) for phrase in listed)


@lru_cache
def _edges(listed: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The words of the phrases of a list, the longest phrase first."""
    return tuple(sorted(map(tokenise, listed), key=len, reverse=True))


def is_one_of(words: Sequence[str], listed: tuple[str, ...]) -> bool:
    """Whether words are one of the listed phrases, or near enough."""
    return (
        process.extractOne(
            " ".join(words), _read(listed), scorer=fuzz.ratio, processor=None, score_cutoff=SAME
        )
        is not None
    )


def strip(words: Sequence[str], listed: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The words without a listed beginning and a listed end, and whether there was one."""
    left, found = tuple(words), False
    for phrase in _edges(listed):
        if len(left) > len(phrase) and left[: len(phrase)] == phrase:
            left, found = left[len(phrase) :], True
        if len(phrase) > 1 and len(left) > len(phrase) and left[-len(phrase) :] == phrase:
            left, found = left[: -len(phrase)], True
    return left, found


def _repeat(
    text: str, about: Intent, near: Sequence[Intent], knowledge: Knowledge
) -> Answered | None:
    return take(text, about, about, knowledge)


def _take_first(
    text: str,
    about: Intent,
    near: Sequence[Intent],
    knowledge: Knowledge,
    fits: Callable[[Unit], bool],
) -> Answered | None:
    """The first neighbour whose main point fits, else the same intent if its own does."""
    found = next((i for i in (*near, about) if fits(knowledge.handbook.unit(i.main))), None)
    return take(text, found, about, knowledge) if found else None


def take(
    text: str, found: Intent, about: Intent, knowledge: Knowledge, confidence: float = 1.0
) -> Answered:
    """The answer of an intent that was found, as a follow-up to one about another."""
    question = Question(" ".join(text.split()))
    return _mark(show_chosen(question, found.id, knowledge.handbook, confidence), about)


def _offer(
    text: str, about: Intent, near: Sequence[Intent], knowledge: Knowledge
) -> Answered | None:
    if not near:
        return None
    offered = tuple(Candidate(intent, round(1 / len(near), 3)) for intent in near)
    return _mark(choose(Question(" ".join(text.split())), offered), about)


def _mark(answered: Answered, about: Intent) -> Answered:
    """Say what the message was taken to be about."""
    notice = Notice("follow_up", f"Taken as a follow-up to: {about.title}")
    return replace(answered, notices=(notice, *answered.notices), follow_up_of=about)


def _is_case(unit: Unit) -> bool:
    return unit.kind == "case"


def _asks_practitioners(unit: Unit) -> bool:
    return unit.kind == "recommendation" and not unit.for_boards


LISTED: Mapping[str, Callable[[str, Intent, Sequence[Intent], Knowledge], Answered | None]] = {
    "again": _repeat,
    "more": _offer,
    "example": partial(_take_first, fits=_is_case),
    "action": partial(_take_first, fits=_asks_practitioners),
}
"""What a message that is one of the listed follow-ups asks for."""
