"""Rank the intents for a question, with the evidence for each: question × index → Ranking."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.building import Progress, silent
from knowledge.matching.index import NONE, Index, kernel
from knowledge.matching.normalising import stem
from knowledge.matching.reading import Reading


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an intent was ranked first, in the words of the phrases that the index knows."""

    phrase: str
    """The closest known phrase of that intent."""
    likeness: float
    """How like it the question is, 0 to 1."""
    words: tuple[str, ...]
    """The question's words that stand in phrases of that intent, the most telling first."""
    repaired: tuple[tuple[str, str], ...]
    """Words that were mended: (typed, meant)."""


class Scored(NamedTuple):  # of these, one for each intent is made for each question
    """An intent and its score: comparable within one ranking only."""

    intent: str
    score: float


@dataclass(frozen=True, slots=True)
class Signals:
    """What a ranking says about how sure it is; `calibration` turns it into a probability."""

    top: float
    lead: float
    """Over the runner-up."""
    three: float
    """The sum of the top three scores."""
    none: float
    """The score of belonging to no intent."""
    likeness: float
    """The best phrase's."""
    known: float
    """The share of the question's weight of words that the phrases know, 0 to 1."""
    length: float
    """log of the number of words"""


@dataclass(frozen=True, slots=True)
class Ranking:
    """All intents for one question, and how sure that is."""

    reading: Reading
    scored: tuple[Scored, ...]
    """Every intent, best first; equal scores by id."""
    signals: Signals
    evidence: Evidence | None
    """None where nothing of the question is known."""
    none_phrase: str | None
    """The closest phrase that belongs to no intent."""
    none_likeness: float
    """How like it the question is, 0 to 1."""


TOGETHER = 64
"""Texts that are encoded at once."""
EXACT = 1.0
"""What a question that is a known phrase, word for word, is raised by: it always wins."""


def score(
    tokens: Sequence[str], likeness: NDArray[np.float32], index: Index
) -> NDArray[np.float32]:
    """The score of every class, from the question's likeness to every phrase."""
    scores = kernel(likeness, index.tier) @ index.weights
    exact = index.exact.get(" ".join(tokens))
    if exact is not None:
        scores[exact] += EXACT
    return scores


def rank(text: str, index: Index) -> Ranking:
    """Rank every intent for a question of any length."""
    return rank_all((text,), index)[0]


def rank_all(texts: Sequence[str], index: Index, progress: Progress = silent) -> list[Ranking]:
    """What `rank` would say of each text, the sentence vectors being made many at a time."""
    rankings: list[Ranking] = []
    for start in range(0, len(texts), TOGETHER):
        some = texts[start : start + TOGETHER]
        for reading, likeness, scores in compare_all(some, index):
            rankings.append(rank_likeness(reading, likeness, scores, index))
        progress("asking", len(rankings), len(texts))
    return rankings


def compare_all(
    texts: Sequence[str], index: Index
) -> Iterator[tuple[Reading, NDArray[np.float32], NDArray[np.float32]]]:
    """Each text, read, with its likeness to every phrase and its score for every class; the
    sentence vectors are made together.
    """
    readings = [index.read(text) for text in texts]
    vectors = None
    if index.encoder:
        said = [read.as_encoded(text) for read, text in zip(readings, texts, strict=True)]
        vectors = index.encoder.encode_asked(said)
    for n, reading in enumerate(readings):
        likeness = index.compare(reading.tokens, None if vectors is None else vectors[n : n + 1])
        yield reading, likeness, score(reading.tokens, likeness, index)


def rank_likeness(
    reading: Reading, likeness: NDArray[np.float32], scores: NDArray[np.float32], index: Index
) -> Ranking:
    """The ranking that follows from likeness and scores."""
    rounded = np.round(scores.astype(float), 6)  # the last bits differ with the number of threads
    by_score = np.argsort(-rounded[index.intents], kind="stable")  # equal ones by their ids
    order = index.intents[by_score].tolist()
    scored = tuple(map(Scored, (index.classes[n] for n in order), rounded[order].tolist()))
    none = float(rounded[index.classes.index(NONE)]) if NONE in index.classes else 0.0
    signals = _weigh_up(reading, scored, none, float(likeness.max(initial=0.0)), index)
    evidence = _explain(reading, order[0], likeness, index) if likeness.any() else None
    return Ranking(reading, scored, signals, evidence, *_closest_of_none(likeness, index))


def _weigh_up(
    reading: Reading, scored: Sequence[Scored], none: float, likeness: float, index: Index
) -> Signals:
    first, second, third, *_ = [*(s.score for s in scored[:3]), 0.0, 0.0, 0.0]
    weights = [
        (index.word_weight(word), word in index.documents) for word in sorted(set(reading.tokens))
    ]
    total = sum(weight for weight, _ in weights)
    return Signals(
        top=first,
        lead=first - second,
        three=first + second + third,
        none=none,
        likeness=likeness,
        known=sum(weight for weight, known in weights if known) / total if total else 0.0,
        length=float(np.log1p(len(reading.tokens))),
    )


def _explain(
    reading: Reading, winner: int, likeness: NDArray[np.float32], index: Index
) -> Evidence:
    own = np.flatnonzero(index.labels == winner)
    closest = int(own[np.argmax(likeness[own])])
    told = index.stems(winner)
    common = {word for word in reading.tokens if stem(word) in told and is_telling(word)}
    by_weight = sorted(common, key=lambda word: (-index.word_weight(word), word))
    return Evidence(
        index.texts[closest], round(float(likeness[closest]), 3), tuple(by_weight), reading.repaired
    )


def says(intent: str, words: Sequence[str], index: Index) -> bool:
    """Whether any phrase of an intent has one of the words, in some form."""
    told = index.stems(index.classes.index(intent))
    return not told.isdisjoint(map(stem, words))


def _closest_of_none(likeness: NDArray[np.float32], index: Index) -> tuple[str | None, float]:
    if NONE not in index.classes or not likeness.any():
        return None, 0.0
    own = np.flatnonzero(index.labels == index.classes.index(NONE))
    closest = int(own[np.argmax(likeness[own])])
    return index.texts[closest], float(likeness[closest])


_FUNCTION = """
a about after again all also am an and any anyone anything are as at back be because been
before being but by can could did do does doing done down each else even ever every few for
from further get gets getting give go goes going got had has have having he her here hers him
his how i if in into is it its just know let like lot made make many may me might more most
much must my no nor not now of off on one only or other our out over own please put really
said same say says see she should so some someone something still such take than that the
their them then there these they thing things think this those through to too under until up
us use used very want was way we well were what when where whether which while who whom whose
why will with would yes yet you your
"""
FUNCTION_WORDS = frozenset(_FUNCTION.split())


def is_telling(word: str) -> bool:
    """Whether a word says something about the matter, as function words do not."""
    return word not in FUNCTION_WORDS
