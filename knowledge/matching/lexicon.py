"""The words that may be meant: common English, and an index by which those near a mistyped one are
found.

It is a delete-one index (as in W. Garbe's SymSpell): two words within one edit share a string that
is either word with at most one letter taken out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zlib import crc32

import numpy as np
from numpy.typing import NDArray


@cache
def english() -> Mapping[str, int]:
    """About 20,000 common English words, commonest first, each with its rank."""
    text = files("knowledge.matching").joinpath("english.txt").read_text(encoding="ascii")
    return {word: rank for rank, word in enumerate(text.split())}


def _deletes(word: str) -> set[str]:
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


@dataclass(frozen=True, slots=True)
class DeleteIndex:
    """Hash of a shortened word → number of the word, as two arrays sorted by hash."""

    hashes: NDArray[np.uint32]
    numbers: NDArray[np.int32]

    @classmethod
    def build(cls, words: Sequence[str]) -> "DeleteIndex":
        """Index words by their numbers."""
        pairs = [(crc32(cut.encode()), n) for n, word in enumerate(words) for cut in _deletes(word)]
        pairs.sort()
        hashes, numbers = zip(*pairs, strict=True) if pairs else ((), ())
        return cls(np.array(hashes, np.uint32), np.array(numbers, np.int32))

    def find(self, word: str) -> set[int]:
        """The numbers of the words that may be within one edit of a word."""
        cuts = np.array([crc32(cut.encode()) for cut in _deletes(word)], np.uint32)
        first = np.searchsorted(self.hashes, cuts, "left")
        last = np.searchsorted(self.hashes, cuts, "right")
        return {int(n) for a, b in zip(first, last, strict=True) for n in self.numbers[a:b]}
