"""Build an index: learn the features of all phrases and solve for the weights."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

import numpy as np

from knowledge.matching.arrays import Matrix, Vector, as_stored
from knowledge.matching.encoding import Encoder
from knowledge.matching.features import Vocabulary
from knowledge.matching.index import LEXICAL, NONE, SEMANTIC, Index, Phrase, kernel
from knowledge.matching.postings import Postings
from knowledge.matching.reading import Glossary, read
from knowledge.matching.repairing import Repairer
from knowledge.matching.ridge import solve

LARGEST = 20_000
"""Phrases that are solved exactly; of more, as many landmarks are kept, evenly from every class."""

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told (what, done, of) as the work goes on."""


def silent(what: str, done: int, of: int) -> None:
    """Tell nobody."""


class Built(NamedTuple):
    """An index, and what each of its phrases would have scored without itself."""

    made: Index
    left_out: Matrix
    """[phrases, classes]"""
    closest: Vector
    """Each phrase's likeness to the one that is most like it, of the others."""


def build(
    phrases: Sequence[Phrase],
    glossary: Glossary,
    encoder: Encoder | None,
    known_vectors: Mapping[str, Matrix] = MappingProxyType({}),
    progress: Progress = silent,
) -> Built:
    """Build the index of the phrases: with an encoder the semantic tier, else the lexical one.

    `known_vectors` are those of texts that were encoded before, by text, so that only the others
    are.
    """
    tier = SEMANTIC if encoder else LEXICAL
    phrases = _choose_landmarks(list(dict.fromkeys(phrases)))
    intents = {phrase.intent for phrase in phrases}
    classes = (*sorted(intents - {NONE}), *sorted(intents & {NONE}))
    number = {name: n for n, name in enumerate(classes)}
    labels = np.array([number[phrase.intent] for phrase in phrases], np.int32)
    readings = [read(phrase.text, glossary) for phrase in phrases]
    tokens = [reading.tokens for reading in readings]
    vocabulary = Vocabulary.learn(tokens)
    weighed = [vocabulary.weigh(words) for words in tokens]
    postings = Postings.collect(weighed, len(vocabulary.keys))
    likeness = postings.compare_all(
        weighed, lambda done, of: progress("comparing the phrases", done, of)
    )
    vectors = None
    if encoder:
        encoded = [
            reading.as_encoded(phrase.text)
            for reading, phrase in zip(readings, phrases, strict=True)
        ]
        vectors = _encode(encoded, encoder, known_vectors, progress)
        likeness *= 1 - tier.meaning
        for start in range(0, len(vectors), 1024):  # all at once would take as much memory again
            some = slice(start, start + 1024)
            likeness[some] += tier.meaning * (vectors[some] @ vectors.T)
    closest = _closest(likeness)
    progress("solving", 0, 1)
    likeness = kernel(likeness, tier)
    solved = solve(likeness, np.eye(len(classes), dtype=np.float32)[labels], tier.ridge)
    progress("solving", 1, 1)
    made = Index(
        tier=tier,
        texts=tuple(phrase.text for phrase in phrases),
        read_as=tuple(map(" ".join, tokens)),
        classes=classes,
        labels=labels,
        glossary=glossary,
        repairer=Repairer(Counter(word for words in tokens for word in words)),
        documents=Counter(word for words in tokens for word in set(words)),
        vocabulary=vocabulary,
        postings=postings,
        vectors=vectors,
        weights=as_stored(solved.weights),
        encoder=encoder,
    )
    return Built(made, solved.left_out, closest)


def _closest(likeness: Matrix) -> Vector:
    """The greatest likeness of each row to another than itself."""
    itself = likeness.diagonal().copy()
    np.fill_diagonal(likeness, 0)
    closest: Vector = likeness.max(1, initial=0)
    np.fill_diagonal(likeness, itself)
    return closest


def _choose_landmarks(phrases: list[Phrase]) -> list[Phrase]:
    """At most `LARGEST` phrases, evenly spread over each class."""
    if len(phrases) <= LARGEST:
        return phrases
    by_class: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        by_class.setdefault(phrase.intent, []).append(phrase)
    chosen: list[Phrase] = []
    for members in by_class.values():
        keep = max(1, len(members) * LARGEST // len(phrases))
        chosen.extend(members[int(n)] for n in np.linspace(0, len(members) - 1, keep))
    return chosen


def _encode(
    texts: Sequence[str], encoder: Encoder, known: Mapping[str, Matrix], progress: Progress
) -> Matrix:
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    new = encoder.encode(
        missing, progress=lambda done, of: progress("encoding the phrases", done, of)
    )
    vectors = {**known, **dict(zip(missing, new, strict=True))}
    return as_stored(np.stack([vectors[text] for text in texts]))
