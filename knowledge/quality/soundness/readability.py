"""How easy a text is to read: words to a sentence, and the Flesch–Kincaid grade.

R. Flesch and J. P. Kincaid's formula: J. P. Kincaid and others, "Derivation of New Readability
Formulas", Research Branch Report 8-75, 1975.
"""

import re
from collections.abc import Collection
from typing import NamedTuple

LONGEST = 35
"""Words of a sentence, at most."""
AVERAGE = 20
"""Words of a sentence on average, at most."""
GRADE = 9.0
"""Years of schooling that a text may ask for, at most."""

_SENTENCE = re.compile(r"(?<=[.!?:;])[\"”’)]*\s+")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d[\d,.]*%?")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouycsxzgh]es)$")


class Readability(NamedTuple):
    """Of one text."""

    grade: float
    average: float
    """Words a sentence."""
    longest: str
    """The longest sentence."""
    words: int
    """Words of it."""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text; what a semicolon or a colon parts counts as two."""
    return tuple(filter(None, (part.strip() for part in _SENTENCE.split(text))))


def syllables(word: str) -> int:
    """The syllables of an English word, by its groups of vowels; a number counts as one."""
    word = word.lower()
    count = len(_VOWELS.findall(word)) - bool(_SILENT.search(word))
    return max(1, count)


def read(text: str, terms: Collection[str] = ()) -> Readability:
    """How easy a text is to read, the field's necessary `terms` (in small letters) counting as
    words of one syllable.
    """
    parts = sentences(text)
    counted = [_WORD.findall(part) for part in parts]
    words = [word.lower() for found in counted for word in found]
    if not words:
        return Readability(0.0, 0.0, "", 0)
    sounds = sum(1 if word in terms else syllables(word) for word in words)
    average = len(words) / len(parts)
    longest = max(range(len(parts)), key=lambda n: len(counted[n]))
    grade = 0.39 * average + 11.8 * sounds / len(words) - 15.59
    return Readability(round(grade, 1), round(average, 1), parts[longest], len(counted[longest]))
