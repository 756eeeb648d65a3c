"""The index: all known phrases, ready to be compared with a question, and the weights that turn
likeness into scores.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.arrays import Matrix, Vector
from knowledge.matching.encoding import Encoder
from knowledge.matching.features import Vocabulary
from knowledge.matching.normalising import stem
from knowledge.matching.postings import Postings
from knowledge.matching.reading import Glossary, Reading, mend, read
from knowledge.matching.repairing import Repairer

NONE = ""
"""The class of phrases that belong to no intent."""


class Phrase(NamedTuple):
    """A known question and the intent that it asks for, or `NONE`."""

    text: str
    intent: str


class Tier(NamedTuple):
    """How likeness becomes a kernel: exp(`sharpness`·(likeness − 1)), solved with `ridge`; measured
    on CLINC150.
    """

    name: str
    meaning: float
    """The share of the sentence vectors in the likeness; the rest is lexical."""
    sharpness: float
    ridge: float


LEXICAL = Tier("lexical", 0.0, 2.0, 0.1)
SEMANTIC = Tier("semantic", 0.5, 3.0, 0.1)


@dataclass(frozen=True)
class Index:
    """What `rank` needs. Phrases are rows, classes (the intents in order, and `NONE` where there is
    one) columns.
    """

    tier: Tier
    texts: tuple[str, ...]
    read_as: tuple[str, ...]
    """The tokens of each phrase, with a space between."""
    classes: tuple[str, ...]
    labels: NDArray[np.int32]
    glossary: Glossary
    repairer: Repairer
    documents: Mapping[str, int]
    """In how many phrases each word stands."""
    vocabulary: Vocabulary
    postings: Postings
    vectors: Matrix | None
    weights: Matrix
    encoder: Encoder | None

    @cached_property
    def intents(self) -> NDArray[np.intp]:
        """The numbers of the classes that are intents, in the order of their ids."""
        return np.flatnonzero([name != NONE for name in self.classes])

    @cached_property
    def exact(self) -> Mapping[str, int]:
        """The class of each phrase, by its tokens."""
        return dict(zip(self.read_as, self.labels.tolist(), strict=True))

    @cached_property
    def _stems(self) -> dict[int, frozenset[str]]:
        return {}

    def stems(self, number: int) -> frozenset[str]:
        """The stems of the words in a class's phrases."""
        if number not in self._stems:
            own = np.flatnonzero(self.labels == number)
            words = {word for n in own for word in self.read_as[n].split()}
            self._stems[number] = frozenset(map(stem, words))
        return self._stems[number]

    def word_weight(self, word: str) -> float:
        """How telling a word is: its idf."""
        return self.weigh_count(self.documents.get(word, 0))

    def weigh_count(self, phrases: int) -> float:
        """How telling a word is that stands in so many phrases."""
        return log((1 + len(self.texts)) / (1 + phrases)) + 1

    def read(self, text: str) -> Reading:
        """Read a question: abbreviations opened, slips mended, but none in a known phrase."""
        plain = read(text, self.glossary)
        known = " ".join(plain.tokens) in self.exact
        return plain if known else mend(plain, self.glossary, self.repairer)

    def compare(self, tokens: Sequence[str], vector: Matrix | None) -> Vector:
        """The likeness of a question to every phrase, 0 to 1."""
        likeness = self.postings.compare(self.vocabulary.weigh(tokens))
        if vector is None or self.vectors is None:
            return likeness
        meaning = np.float32(self.tier.meaning)
        return np.asarray(
            (1 - meaning) * likeness + meaning * (self.vectors @ vector[0]), np.float32
        )


def kernel(likeness: Vector, tier: Tier) -> Vector:
    """exp(sharpness * (likeness - 1)), element by element."""
    raised = likeness - np.float32(1)
    raised *= np.float32(tier.sharpness)
    return np.asarray(np.exp(raised, out=raised), np.float32)
