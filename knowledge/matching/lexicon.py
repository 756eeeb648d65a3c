"""The words that may be meant: common English, and an index by which those near a mistyped one are
found.

It is a delete-one index (as in W. Garbe's SymSpell): two words within one edit share a string that
is either word with at most one letter taken out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
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


def _cuts(words: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """The hash of each shortened form of the words, and beside it the number of its word."""
    cuts = [[crc32(cut.encode()) for cut in _deletes(word)] for word in words]
    numbers = np.repeat(np.arange(len(words), dtype=np.int32), list(map(len, cuts)))
    return np.fromiter(chain.from_iterable(cuts), np.uint32), numbers


@cache
def _english_cuts() -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Those of common English, by rank. They are the same in each index, and cutting these words is
    most of the work of building a small one.
    """
    return _cuts(tuple(english()))


@dataclass(frozen=True, slots=True)
class DeleteIndex:
    """Hash of a shortened word → number of the word, as two arrays sorted by hash."""

    hashes: NDArray[np.uint32]
    numbers: NDArray[np.int32]

    @classmethod
    def build(cls, words: Sequence[str]) -> "DeleteIndex":
        """Index words by their numbers, each word being there once."""
        number = {word: n for n, word in enumerate(words)}
        hashes, ranks = _english_cuts()
        numbers = np.array([number.pop(word, -1) for word in english()], np.int32)[ranks]
        is_there = numbers >= 0
        own_hashes, own = _cuts(tuple(number))
        own_numbers = np.array(tuple(number.values()), np.int32)[own]
        hashes = np.concatenate([hashes[is_there], own_hashes])
        numbers = np.concatenate([numbers[is_there], own_numbers])
        order = np.lexsort((numbers, hashes))
        return cls(hashes[order], numbers[order])

    def find(self, word: str) -> set[int]:
        """The numbers of the words that may be within one edit of a word."""
        cuts = np.array([crc32(cut.encode()) for cut in _deletes(word)], np.uint32)
        first = np.searchsorted(self.hashes, cuts, "left")
        last = np.searchsorted(self.hashes, cuts, "right")
        return {int(n) for a, b in zip(first, last, strict=True) for n in self.numbers[a:b]}
