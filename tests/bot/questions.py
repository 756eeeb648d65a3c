"""Questions that several tests ask."""

from knowledge.answering import answer
from knowledge.guidance import Route
from knowledge.model import Choice
from knowledge.opening import Knowledge

CHALLENGE = "Who should I challenge if my concerns aren't addressed?"
MISSED = "do missed appointments matter"

KINDS = ("guidance", "picked", "choice", "not_covered", "small_talk", "several")
"""Of answers, in the fixture `answers`."""


def uncovered_question(knowledge: Knowledge) -> tuple[str, Route]:
    """A question that is known not to be covered, and where to turn with it."""
    route = knowledge.handbook.routes[-1]
    return route.asked[0], route


def unclear_question(knowledge: Knowledge) -> tuple[str, Choice]:
    """The first of the checks that is answered by a choice of several, and that choice."""
    for intent in knowledge.handbook.intents:
        for text in intent.checks:
            answered = answer(text, knowledge)
            if isinstance(answered.answer, Choice) and len(answered.answer.offered) > 1:
                return text, answered.answer
    raise AssertionError("no check is unclear")
