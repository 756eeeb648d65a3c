"""Whom do texts go to today, before anything is taught of them?"""

from collections.abc import Iterable
from typing import NamedTuple

from knowledge.answering import answer
from knowledge.guidance import Intent
from knowledge.model import Choice, Guidance, NotCovered, Withdrawn
from knowledge.opening import Knowledge


class Today(NamedTuple):
    """What is said to a text today."""

    text: str
    closest: Intent | None
    """None for small talk, and where nothing of the text is known."""
    confidence: float
    """That the closest is what is asked for, 0 to 1."""
    answered: bool
    """Whether it is answered outright, and not offered or passed over."""


def today(texts: Iterable[str], knowledge: Knowledge) -> tuple[Today, ...]:
    """To which intent each text goes by the real matcher."""
    return tuple(_of(text, knowledge) for text in texts)


def _of(text: str, knowledge: Knowledge) -> Today:
    found = answer(text, knowledge)
    match found.answer:
        case Guidance(intent=intent, confidence=confidence):
            return Today(text, intent, confidence, True)
        case Withdrawn(intent=intent):
            return Today(text, intent, 1.0, True)
        case Choice() | NotCovered() if found.evidence and found.alternatives:
            first = found.alternatives[0]
            return Today(text, first.intent, first.confidence, False)
        case _:
            return Today(text, None, 0.0, False)
