"""Find the checks that another intent than their own wins, and the way of asking that wins them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.answering import answer
from knowledge.matching.building import Progress, silent
from knowledge.matching.index import NONE
from knowledge.matching.ranking import rank_all
from knowledge.model import Outright
from knowledge.opening import Knowledge
from knowledge.quality.owners import arriving, checks


@dataclass(frozen=True, slots=True)
class Theft:
    """A check that comes to an intent that does not answer it."""

    check: str
    owner: str
    """The intent whose check it is; `NONE` for a question that is not covered."""
    thief: str
    confidence: float
    """How sure the thief is, 0 to 1, three decimals."""
    line: str
    """The thief's known way of asking that is closest to the check."""
    answered: bool
    """Whether a person gets the thief's answer outright, and is not asked back."""


def overmatch(knowledge: Knowledge, progress: Progress = silent) -> tuple[Theft, ...]:
    """Every check that is stolen, the worst first. A question that is not covered counts only where
    it is answered outright: something always comes first.
    """
    return worst_first(tuple(_thefts(knowledge, progress)))


def worst_first(thefts: Sequence[Theft]) -> tuple[Theft, ...]:
    """Thief by thief, who gives the most wrong answers first; of each the surest first."""
    wrong = Counter(theft.thief for theft in thefts if theft.answered)
    stolen = Counter(theft.thief for theft in thefts)
    return tuple(
        sorted(
            thefts,
            key=lambda theft: (
                *(-wrong[theft.thief], -stolen[theft.thief], theft.thief),
                *(-theft.confidence, theft.check),
            ),
        )
    )


def _thefts(knowledge: Knowledge, progress: Progress) -> Iterator[Theft]:
    asked, answering = checks(knowledge.handbook), arriving(knowledge.handbook)
    rankings = rank_all([text for text, _ in asked], knowledge.index, progress)
    for (text, owner), ranking in zip(asked, rankings, strict=True):
        first = ranking.scored[0].intent
        if ranking.evidence is None or first in answering[owner]:
            continue
        given = answer(text, knowledge).answer
        answered = isinstance(given, Outright) and given.intent.id == first
        if answered or owner != NONE:
            sure = round(knowledge.calibration.right(ranking.signals), 3)
            yield Theft(text, owner, first, sure, ranking.evidence.phrase, answered)
