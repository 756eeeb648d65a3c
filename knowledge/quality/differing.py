"""Which questions are answered otherwise by another content, and whether that is better."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.answering import answer
from knowledge.handbook import Handbook
from knowledge.matching.building import Progress, silent
from knowledge.matching.index import NONE
from knowledge.model import Answered, Choice, Guidance, SmallTalk, offers
from knowledge.opening import Knowledge
from knowledge.quality.owners import arrives_at, checks


class Band(StrEnum):
    """What a person gets."""

    GUIDANCE = "guidance"
    CHOICE = "choice"
    NOT_COVERED = "not covered"
    SMALL_TALK = "small talk"


class Verdict(StrEnum):
    """What a change means, as far as the question's owner says."""

    WORSE = "worse"
    BETTER = "better"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and where it is from."""

    text: str
    owner: str | None
    """The intent that should answer it, `NONE` where none should; None where nobody says."""
    origin: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a content makes of a question."""

    band: Band
    intents: tuple[str, ...]
    """The one that is answered, or those that are offered, in order; then what else is answered
    where a message asks more than one thing.
    """
    cites: tuple[str, ...]
    """The units shown, in order."""

    def differs(self, other: "Outcome") -> bool:
        """Whether a person gets something else, and not just in another order."""
        if self.band is Band.GUIDANCE and self.intents[:1] != other.intents[:1]:
            return True
        return self._unordered != other._unordered

    @property
    def _unordered(self) -> tuple[Band, frozenset[str], frozenset[str]]:
        return self.band, frozenset(self.intents), frozenset(self.cites)


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that is answered otherwise."""

    asked: Asked
    old: Outcome
    new: Outcome
    verdict: Verdict


def checks_of_either(old: Handbook, new: Handbook) -> tuple[Asked, ...]:
    """Every check of either handbook, once; where both have it, with the owner of the new one."""
    found: dict[str, Asked] = {}
    for text, owner in (*checks(new), *checks(old)):
        found.setdefault(text, Asked(text, owner, "check"))
    return tuple(found.values())


def differences(
    asked: Sequence[Asked], old: Knowledge, new: Knowledge, progress: Progress = silent
) -> tuple[Difference, ...]:
    """The questions whose band, answer or citations change: the worse first, then by owner."""
    found = []
    for number, question in enumerate(asked, 1):
        before = _outcome(answer(question.text, old))
        after = _outcome(answer(question.text, new))
        if before.differs(after):
            verdict = _verdict(question, (before, old.handbook), (after, new.handbook))
            found.append(Difference(question, before, after, verdict))
        progress("asking both", number, len(asked))
    order = list(Verdict)
    return tuple(
        sorted(found, key=lambda d: (order.index(d.verdict), d.asked.owner or "", d.asked.text))
    )


def reworded(old: Handbook, new: Handbook) -> tuple[str, ...]:
    """The intents of both whose answers read otherwise, whoever asks for them."""
    return tuple(
        intent.id
        for intent in new.intents
        if old.has_intent(intent.id) and old.version(old.intent(intent.id)) != new.version(intent)
    )


_BANDS = {Guidance: Band.GUIDANCE, Choice: Band.CHOICE, SmallTalk: Band.SMALL_TALK}


def _outcome(answered: Answered) -> Outcome:
    given = [answered.answer, *(part.answer for part in answered.also)]
    guidance = [answer for answer in given if isinstance(answer, Guidance)]
    shown = (*offers(answered.answer), *(answer.intent for answer in guidance))
    cited = (answer.points for answer in guidance)
    return Outcome(
        _BANDS.get(type(answered.answer), Band.NOT_COVERED),
        tuple(intent.id for intent in shown),
        tuple(dict.fromkeys(unit.id for points in cited for unit in points)),
    )


def _verdict(asked: Asked, old: tuple[Outcome, Handbook], new: tuple[Outcome, Handbook]) -> Verdict:
    if asked.owner is None:
        return Verdict.OTHER
    before, after = (_merit(asked.owner, *side) for side in (old, new))
    if before == after:
        return Verdict.OTHER
    return Verdict.BETTER if after > before else Verdict.WORSE


def _merit(owner: str, outcome: Outcome, handbook: Handbook) -> int:
    """How well a question is served: from 3, as it should be, to 0, a wrong answer."""
    if owner == NONE:
        return {Band.GUIDANCE: 0, Band.CHOICE: 2}.get(outcome.band, 3)
    right = arrives_at(handbook, owner) if handbook.has_intent(owner) else frozenset({owner})
    hits = not right.isdisjoint(outcome.intents)
    if outcome.band is Band.GUIDANCE:
        return 3 if hits else 0
    return 2 if hits else 1
