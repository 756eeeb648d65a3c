"""Mend mistyped words: find the known word that was meant. RapidFuzz measures the distance.

The costs were measured on CLINC150 with keyboard slips.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.matching.lexicon import DeleteIndex, english

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS: Mapping[str, frozenset[str]] = {
    letter: frozenset(
        near
        for y in (-1, 0, 1)
        if 0 <= row + y < len(_ROWS)
        for x in (-1, 0, 1)
        if 0 <= column + x < len(_ROWS[row + y])
        for near in _ROWS[row + y][column + x]
    )
    - {letter}
    for row, letters in enumerate(_ROWS)
    for column, letter in enumerate(letters)
}
"""The keys around each letter's key."""

_SHORT_WORDS = frozenset(
    [
        "a",
        "am",
        "an",
        "as",
        "at",
        "be",
        "by",
        "do",
        "he",
        "i",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "no",
        "of",
        "on",
        "or",
        "so",
        "to",
        "up",
        "us",
        "we",
    ]
)
_SLIP = 0.14  # what one edit costs
_SHORT = 1.3  # in a word of up to four letters an edit costs this much more
_NEIGHBOUR, _SWAP, _OTHER_KEY = 0.8, 0.85, 1.15  # a substitution counts as this many edits
_FIRST_LETTER = 0.25  # people get the first letter right
_OWN_WORD = 0.05  # a word that the phrases use is likelier than any other
_SPLIT = 0.10  # two words must be this much likelier than one mended word
_TOO_FAR = 0.41  # edits a letter


class Repairer:
    """Knows the words of the phrases (`counts`: how often each stands in them) and common English;
    mends what is neither.
    """

    def __init__(self, counts: Mapping[str, int], index: DeleteIndex | None = None) -> None:
        self.counts = counts
        self.index = index or DeleteIndex.build(self.words)
        self.mend = lru_cache(maxsize=4096)(self.mend_anew)  # the same slips come again

    @cached_property
    def words(self) -> Sequence[str]:
        """Every word that may be meant, in the order of the index's numbers."""
        # English words of two letters are too many things to count as known
        own = {word for word in self.counts if len(word) >= 2 and not word.isdigit()}
        return sorted(own | {word for word in english() if len(word) >= 3})

    @cached_property
    def _own(self) -> Sequence[str]:
        return sorted(word for word in self.counts if len(word) >= 4 and not word.isdigit())

    def knows(self, word: str) -> bool:
        """Whether a word is left as it is."""
        return (
            word in self.counts
            or (len(word) >= 3 and word in english())
            or word in _SHORT_WORDS
            or len(word) < 2
            or any(map(str.isdigit, word))
        )

    def repair(
        self, tokens: Sequence[str], also_known: Container[str] = ()
    ) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """The tokens piece by piece, each as (typed, meant): an unknown word mended, split or
        joined to the next one.
        """
        rest = list(tokens)
        while rest:
            token = rest.pop(0)
            if rest and self._are_one(token, rest[0], also_known):
                second = rest.pop(0)
                yield (token, second), (token + second,)
            elif token in also_known or self.knows(token):
                yield (token,), (token,)
            else:
                yield (token,), self.mend(token)

    def _are_one(self, first: str, second: str, also_known: Container[str]) -> bool:
        """Whether a space was typed into a word: two pieces, one of them no word, that make one."""
        whole = first + second
        return (
            (whole in self.counts or (len(whole) > 3 and whole in english()))
            and not whole.isdigit()
            and not all(piece in also_known or self._is_word(piece) for piece in (first, second))
        )

    def _is_word(self, piece: str) -> bool:
        """Whether it is a word by itself; a lone letter is known, but most are none."""
        return piece in _SHORT_WORDS or (len(piece) > 1 and self.knows(piece))

    def _likelihood(self, word: str) -> float:
        own = self.counts.get(word)
        bonus = 0.0 if own is None else _OWN_WORD + 0.02 * log(own)
        return bonus - 0.012 * log(1 + english().get(word, 20_000))

    def mend_anew(self, word: str) -> tuple[str, ...]:
        """What `mend` gives for an unknown word, nothing of it being remembered."""
        one, two = self._closest(word), self._split(word)
        if two and (one is None or two[0] - _SPLIT > one[0]):
            return two[1]
        if one:
            return (one[1],)
        return self._split_and_mend(word) or (word,)

    def _closest(self, word: str) -> tuple[float, str] | None:
        if len(word) < 3:
            return self._closest_to_two(word)
        found = {w: OSA.distance(word, w) for w in (self.words[n] for n in self.index.find(word))}
        if len(word) >= 6 and not any(distance <= 1 for distance in found.values()):
            farther = process.extract(
                word, self._own, scorer=OSA.distance, processor=None, score_cutoff=2, limit=None
            )
            found.update((w, int(distance)) for w, distance, _ in farther)
        allowed = 1 if len(word) <= 4 else 2
        scored = [
            (
                self._likelihood(w)
                - _SLIP * (_SHORT if len(word) <= 4 else 1) * _edits(word, w, distance),
                w,
            )
            for w, distance in found.items()
            if distance <= allowed
            and (distance == 1 or distance / max(len(word), len(w)) <= _TOO_FAR)
        ]
        return min(scored, key=lambda pair: (-pair[0], pair[1]), default=None)

    def _closest_to_two(self, word: str) -> tuple[float, str] | None:
        """Two letters: a short word of the phrases with one letter more, or the two swapped."""
        scored = [
            (self._likelihood(w) - _SLIP * _SHORT * _SWAP, w)
            for w in (self.words[n] for n in self.index.find(word))
            if w in self.counts and (len(w) > 2 or w == word[::-1])
        ]
        return min(scored, key=lambda pair: (-pair[0], pair[1]), default=None)

    def _split(self, word: str) -> tuple[float, tuple[str, ...]] | None:
        if len(word) < 4:
            return None
        halves = ((word[:i], word[i:]) for i in range(1, len(word)))
        scored = [
            (sum(map(self._likelihood, pair)) - 0.05 * (min(map(len, pair)) < 3), pair)
            for pair in halves
            if all(
                half in _SHORT_WORDS
                or (half in self.counts or (len(half) > 3 and half in english()))
                for half in pair
            )
        ]
        return min(scored, key=lambda s: (-s[0], s[1]), default=None)

    def _split_and_mend(self, word: str) -> tuple[str, ...] | None:
        """Two words run together, one of them mistyped: `preganntmum`."""
        best: tuple[float, tuple[str, ...]] | None = None
        for i in range(3, len(word) - 2):
            for whole, part, right in ((word[:i], word[i:], True), (word[i:], word[:i], False)):
                if whole in self.counts and len(part) >= 4 and (mended := self._closest(part)):
                    pair = (whole, mended[1]) if right else (mended[1], whole)
                    best = max(best or (mended[0], pair), (mended[0], pair))
        return best[1] if best else None


def _edits(typed: str, meant: str, distance: int) -> float:
    """How many edits lie between, a likely slip of the fingers counting for less than another."""
    edits = float(distance)
    if distance == 1 and len(typed) == len(meant):
        differing = [i for i, (a, b) in enumerate(zip(typed, meant, strict=True)) if a != b]
        if len(differing) == 1:
            near = meant[differing[0]] in NEIGHBOURS.get(typed[differing[0]], frozenset())
            edits = _NEIGHBOUR if near else _OTHER_KEY
        else:
            edits = _SWAP
    return edits + (_FIRST_LETTER if typed[0] != meant[0] else 0)
