"""Group the questions that people asked, and say of each group what is closest to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.answering import answer, closest
from knowledge.guidance import Intent
from knowledge.matching.arrays import Matrix
from knowledge.matching.building import Progress, silent
from knowledge.matching.index import Index
from knowledge.matching.postings import Postings
from knowledge.model import Candidate, Outright
from knowledge.opening import Knowledge
from knowledge.screening.items import without_masks
from knowledge.screening.screening import screen
from knowledge.versions import digest

COPY = 90
"""Share of letters, in 100, from which one wording is a slip away from another."""
ALIKE = 0.45
"""Likeness from which two questions ask for much the same: chosen on 21 invented ones, in both
tiers; the first pair that did not came at 0.43.
"""
ID = 8
"""Hexadecimal digits of a group's id."""


@dataclass(frozen=True, slots=True)
class Asking:
    """That somebody asked something on a day."""

    id: str
    """The same for questions of the same words."""
    text: str
    who: str
    day: str
    about: str = ""
    """The intent whose answer was of no use to them; empty where there was none."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in one wording, with those that are a slip away from it."""

    text: str
    """As it may be shown: personal data is masked."""
    askings: tuple[Asking, ...]

    @property
    def is_clean(self) -> bool:
        """Whether no personal data was seen in it."""
        return without_masks(self.text) == self.text

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its questions, the one that it is shown by first."""
        return tuple(dict.fromkeys(asking.id for asking in self.askings))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Questions that ask for much the same."""

    wordings: tuple[Wording, ...]
    """The typical one first."""
    closest: tuple[Candidate, ...]
    """The intents that are closest to the typical one, best first."""
    answered_by: Intent | None
    """The one that answers it outright by now."""

    @property
    def id(self) -> str:
        """Another one as soon as another question belongs to the group."""
        return digest(sorted(self.ids))[:ID]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all its questions."""
        return tuple(id for wording in self.wordings for id in wording.ids)

    @property
    def times(self) -> int:
        """How often it was asked: each person counts once a day."""
        return _times([asking for wording in self.wordings for asking in wording.askings])

    @property
    def not_useful(self) -> tuple[str, ...]:
        """The intents whose answers were of no use to those who asked it."""
        askings = (asking for wording in self.wordings for asking in wording.askings)
        return tuple(sorted({asking.about for asking in askings if asking.about}))


def suggest(
    askings: Sequence[Asking], knowledge: Knowledge, progress: Progress = silent
) -> tuple[Suggestion, ...]:
    """The questions in groups, those asked most often first. The same ones in any order give the
    same groups.
    """
    wordings = _join_copies(_wordings(askings, knowledge))
    plain = [without_masks(wording.text) for wording in wordings]
    groups = _group(_compare(plain, knowledge.index, progress))
    found = []
    for done, members in enumerate(groups, 1):
        today = answer(plain[members[0]], knowledge).answer
        found.append(
            Suggestion(
                tuple(wordings[member] for member in members),
                closest(plain[members[0]], knowledge),
                today.intent if isinstance(today, Outright) else None,
            )
        )
        progress("looking for what is closest", done, len(groups))
    return tuple(sorted(found, key=lambda one: (-one.times, one.wordings[0].text)))


def _times(askings: Sequence[Asking]) -> int:
    return len({(asking.who, asking.day) for asking in askings})


def _wordings(askings: Sequence[Asking], knowledge: Knowledge) -> list[Wording]:
    """Each question with all who asked it: those without personal data first, then the most often
    asked.
    """
    by_id: dict[str, list[Asking]] = {}
    for asking in sorted(askings, key=lambda one: (one.text, one.day, one.who)):
        by_id.setdefault(asking.id, []).append(asking)
    # masked once more: what sees personal data has perhaps learnt since
    found = [
        Wording(screen(same[0].text, knowledge).question.text, tuple(same))
        for same in by_id.values()
    ]
    return sorted(found, key=lambda one: (not one.is_clean, -_times(one.askings), one.text))


def _join_copies(wordings: Sequence[Wording]) -> list[Wording]:
    """The wordings with each that is a slip away from an earlier one put to it."""
    kept: dict[str, Wording] = {}
    for wording in wordings:
        near = process.extractOne(wording.text, list(kept), scorer=fuzz.ratio, score_cutoff=COPY)
        text = near[0] if near else wording.text
        before = kept[text].askings if text in kept else ()
        kept[text] = Wording(text, (*before, *wording.askings))
    return list(kept.values())


def _compare(texts: Sequence[str], index: Index, progress: Progress) -> Matrix:
    """The likeness of every text to every one, 0 to 1, as the matcher sees it."""
    readings = [index.read(text) for text in texts]
    weighed = [index.vocabulary.weigh(reading.tokens) for reading in readings]
    postings = Postings.collect(weighed, len(index.vocabulary.keys))
    likeness = postings.compare_all(weighed, lambda done, of: None)
    if index.encoder and texts:
        read = []
        for done, (reading, text) in enumerate(zip(readings, texts, strict=True), 1):
            # one by one: each is remembered for a while, and /review asks at each button
            read.append(index.encoder.encode_asked((reading.as_encoded(text),)))
            progress("reading the questions", done, len(texts))
        vectors = np.concatenate(read)
        likeness = (1 - index.tier.meaning) * likeness + index.tier.meaning * (vectors @ vectors.T)
    return likeness


def _group(likeness: Matrix) -> list[list[int]]:
    """The rows in groups: each goes to the leader that it is most like, or leads a group itself."""
    groups: dict[int, list[int]] = {}
    for row in range(len(likeness)):
        leader = max(groups, key=lambda one: float(likeness[row, one]), default=row)
        at = leader if likeness[row, leader] >= ALIKE else row
        groups.setdefault(at, []).append(row)
    return list(groups.values())
