"""Which ways of asking of different intents are all but the same?"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from knowledge.handbook import Handbook
from knowledge.matching.normalising import tokenise
from knowledge.problems import Problem
from knowledge.quality.soundness.lines import Places

ALIKE = 0.85
"""The share of their letters that copies have in common: set by hand on the built-in content's
7,300 texts, of which no two lie above it that mean different things, but for those of two years.
"""
_TOGETHER = 64
"""Texts of much the same length that are compared at once with the rest: of more, the
shortest would be compared with too many that are too long.
"""
_NUMBER = re.compile(r"\d+")
_HOW = {0: "have the same words", 1: "differ in one letter"}


class Asked(NamedTuple):
    """A way of asking, and where it stands."""

    text: str
    owner: str
    """`intent …`, or `not covered`"""
    place: str
    words: tuple[str, ...]
    """As the matcher reads it."""


class Copies(NamedTuple):
    """Two ways of asking that are all but the same, in the order of the content."""

    one: Asked
    other: Asked
    letters: int
    """How many letters differ; 0 where the same words stand in another order."""


def judge_resemblance(handbook: Handbook, places: Places) -> Iterator[Problem]:
    """Ways of asking that copy those of another intent, or of what is not covered."""
    for one, other, letters in near_copies(tuple(_asked(handbook))):
        there = f"{one.owner}, {places.where(one.place, one.text)}"
        how = _HOW.get(letters, f"differ in {letters} letters")
        problem = f"'{other.text}' ({other.owner}) and '{one.text}' ({there}) {how}"
        yield places.at(other.place, other.text, problem, "keep one", "warning")


def near_copies(asked: Sequence[Asked]) -> tuple[Copies, ...]:
    """Every two ways of asking of different owners that are all but the same.

    Two that have other numbers are not: of 2010 one asks another thing than of 2011.
    """
    found = {**_alike(asked), **_in_another_order(asked)}
    pairs = (Copies(asked[one], asked[other], found[one, other]) for one, other in sorted(found))
    return tuple(
        pair
        for pair in pairs
        if pair.one.owner != pair.other.owner and _numbers(pair.one) == _numbers(pair.other)
    )


def _asked(handbook: Handbook) -> Iterator[Asked]:
    for intent in (*handbook.intents, *handbook.drafts):
        owner, place = f"intent {intent.id}", f"intents/{intent.id}.yaml"
        for text in intent.asked:
            yield Asked(text, owner, place, tokenise(text))
    for route in handbook.routes:
        for text in route.asked:
            yield Asked(text, "not covered", "not-covered.yaml", tokenise(text))


def _numbers(asked: Asked) -> list[str]:
    return sorted(_NUMBER.findall(" ".join(asked.words)))


def _alike(asked: Sequence[Asked]) -> dict[tuple[int, int], int]:
    """The numbers of every two that have so much in common, and how many letters differ."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    read = [" ".join(text.words) for text in asked]
    order = sorted(range(len(read)), key=lambda n: len(read[n]))
    texts = [read[n] for n in order]
    lengths = [len(text) for text in texts]
    found: dict[tuple[int, int], int] = {}
    for start in range(0, len(texts), _TOGETHER):
        some = texts[start : start + _TOGETHER]
        # one that is much longer has too many letters too many
        rest = texts[start : bisect_right(lengths, len(some[-1]) / ALIKE)]
        scorer = Levenshtein.normalized_similarity
        alike = cdist(some, rest, scorer=scorer, score_cutoff=ALIKE, dtype=np.float32, workers=-1)
        for row, column in np.argwhere(np.triu(alike, 1)).tolist():
            one, other = sorted((order[start + row], order[start + column]))
            found[one, other] = Levenshtein.distance(read[one], read[other])
    return found


def _in_another_order(asked: Sequence[Asked]) -> dict[tuple[int, int], int]:
    """The numbers of every two that have the same words."""
    by_words: dict[tuple[str, ...], list[int]] = {}
    for number, text in enumerate(asked):
        by_words.setdefault(tuple(sorted(text.words)), []).append(number)
    return {
        (one, other): 0
        for same in by_words.values()
        for n, one in enumerate(same)
        for other in same[n + 1 :]
    }
