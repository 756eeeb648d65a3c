"""Turn tokens into a sparse vector of word, stem, pair and character features, weighted by TF-IDF.

The blocks, their weights and the power of the idf were measured on CLINC150 and BANKING77
(docs/matching.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.normalising import stem
from knowledge.recent import Recent

BLOCKS = {"w": 0.7, "s": 0.9, "b": 0.3, "k": 0.2, "c": 1.2}
"""Words, stems, stem bigrams, stem skip pairs, character 2–4-grams, and what each weighs."""
IDF_POWER = 0.7
_APART = 0x9E3779B1  # seeds that are close by make the same word of two blocks collide
_WHOLE = 2  # of the blocks after these, what stands in one phrase only is left out: it tells little
_RUNS = (2, 3, 4)
"""Characters of a run."""
_ALL = 0xFFFFFFFF
_CRC = np.array([crc32(bytes([byte]), _ALL) ^ _ALL for byte in range(256)], np.uint32)
"""What a byte does to a CRC-32."""
_WEIGHTS = np.array(list(BLOCKS.values()), np.float32) / np.linalg.norm(list(BLOCKS.values()))


def _spell_out(tokens: Sequence[str]) -> Iterable[list[str]]:
    """The features of each block in the order of `BLOCKS`, as text, repeated as often as they
    occur.
    """
    stems = [stem(token) for token in tokens]
    edged = ["<", *stems, ">"]
    yield list(tokens)
    yield stems
    yield [f"{a} {b}" for a, b in pairwise(edged)]
    yield [f"{a}_{b}" for i, a in enumerate(stems) for b in stems[i + 1 : i + 4]]


def hash_feature(feature: str, block: int) -> int:
    """A feature of the block of a number as a 32-bit hash."""
    return crc32(feature.encode(), block * _APART & _ALL)


def hash_features(tokens: Sequence[str]) -> list[NDArray[np.uint32]]:
    """The features of the tokens, by block, as 32-bit hashes that are the same in every process."""
    by_block = [
        np.array([hash_feature(feature, block) for feature in features], np.uint32)
        for block, features in enumerate(_spell_out(tokens))
    ]
    return [*by_block, _hash_runs(f" {' '.join(tokens)} ", len(by_block))]


def _hash_runs(line: str, block: int) -> NDArray[np.uint32]:
    """Every run of `_RUNS` characters as `hash_feature` has it, all of them at once."""
    if not line.isascii():
        runs = (line[i : i + n] for n in _RUNS for i in range(len(line) - n + 1))
        return np.array([hash_feature(run, block) for run in runs], np.uint32)
    bytes_ = np.frombuffer(line.encode(), np.uint8)
    crc = np.full(len(bytes_), block * _APART & _ALL ^ _ALL, np.uint32)
    found = []
    for size in range(1, max(_RUNS) + 1):
        ends = bytes_[size - 1 :]
        crc = crc[: len(ends)]
        crc = _CRC[(crc ^ ends) & 0xFF] ^ (crc >> 8)
        found += [~crc] if size in _RUNS else []
    return np.concatenate(found)


_Counted: TypeAlias = tuple[NDArray[np.uint32], NDArray[np.intp]]
_recent: Recent[_Counted] = Recent(most=64)  # a question is compared with more than one index


def _count(line: str) -> _Counted:
    """The different features of tokens with a space between, sorted, and how often each occurs."""
    return np.unique(np.concatenate(hash_features(line.split())), return_counts=True)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The known features: sorted hashes, and for each its idf and the block that it belongs to."""

    keys: NDArray[np.uint32]
    idf: NDArray[np.float32]
    block: NDArray[np.uint8]

    @classmethod
    def learn(cls, phrases: Sequence[Sequence[str]]) -> "Vocabulary":
        """Learn the features of tokenised phrases and how rare each is among them."""
        blocks: dict[int, int] = {}
        found: list[NDArray[np.uint32]] = []
        for tokens in phrases:
            hashed = {
                hash: block
                for block, hashes in enumerate(hash_features(tokens))
                for hash in hashes.tolist()
            }
            blocks |= hashed
            found.append(np.fromiter(hashed, np.uint32, len(hashed)))
        keys, counts = np.unique(
            np.concatenate([*found, np.empty(0, np.uint32)]), return_counts=True
        )
        block_of = np.fromiter((blocks[int(key)] for key in keys), np.uint8, len(keys))
        kept = (counts > 1) | (block_of < _WHOLE)
        keys, counts, block_of = keys[kept], counts[kept], block_of[kept]
        idf = (np.log((1 + len(phrases)) / (1 + counts)) + 1) ** IDF_POWER
        return cls(keys, idf.astype(np.float32), block_of)

    def weigh(self, tokens: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """The columns of the tokens' known features and their weights; the whole has length 1 at
        most.
        """
        hashes, counts = _recent.find(" ".join(tokens), _count)
        if not len(self.keys):
            return np.empty(0, np.intp), np.empty(0, np.float32)
        columns = np.minimum(np.searchsorted(self.keys, hashes), len(self.keys) - 1)
        known = self.keys[columns] == hashes
        columns = columns[known]
        weights = (1 + np.log(counts[known])).astype(np.float32) * self.idf[columns]
        block = self.block[columns]
        norms = np.sqrt(np.bincount(block, weights * weights, len(BLOCKS)))
        return columns, weights * (_WEIGHTS / np.maximum(norms, 1e-9)).astype(np.float32)[block]
