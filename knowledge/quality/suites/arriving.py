"""Judge whether questions arrive: an intent's checks at their intent, what is not covered at none.

A question takes the real path of a message without a conversation, but for the alarms: they change
no answer (a test holds that).
"""

from collections.abc import Collection, Iterator

from knowledge.answering import answer
from knowledge.matching.building import Progress, silent
from knowledge.matching.index import NONE, Phrase
from knowledge.model import Answered, Choice, Guidance
from knowledge.opening import Knowledge
from knowledge.quality.owners import arriving, checks
from knowledge.quality.suites.verdicts import Arrival, End
from knowledge.screening.screening import plain


def judge_checks(
    knowledge: Knowledge, intents: Collection[str], progress: Progress = silent
) -> tuple[Arrival, ...]:
    """Ask the checks of the intents, by their ids."""
    asked = [check for check in checks(knowledge.handbook) if check.intent in intents]
    return tuple(_ask(asked, knowledge, "asking the checks", progress))


def judge_not_covered(knowledge: Knowledge, progress: Progress = silent) -> tuple[Arrival, ...]:
    """Ask the questions that are to get no guidance."""
    asked = [check for check in checks(knowledge.handbook) if check.intent == NONE]
    return tuple(_ask(asked, knowledge, "asking what is not covered", progress))


def _ask(
    asked: Collection[Phrase], knowledge: Knowledge, what: str, progress: Progress
) -> Iterator[Arrival]:
    right = arriving(knowledge.handbook)
    for done, (text, wanted) in enumerate(asked, 1):
        answered = answer(plain(text, knowledge), knowledge)
        yield Arrival(text, wanted, answered, _end(answered, right[wanted]))
        progress(what, done, len(asked))


def _end(answered: Answered, right: frozenset[str]) -> End:
    """Where a question ends that one of the `right` intents is to answer, if there are any."""
    given = (answered, *answered.also)
    guiding = {one.answer.intent.id for one in given if isinstance(one.answer, Guidance)}
    if not right:
        return "astray" if guiding else "arrives"
    if guiding & right:
        return "arrives"
    offered = {
        candidate.intent.id
        for one in given
        if isinstance(one.answer, Choice)
        for candidate in one.answer.offered
    }
    return "offered" if offered & right else "astray"
