"""Tell names from words: the lists behind the finding of personal data."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files

from knowledge.matching.lexicon import english
from knowledge.matching.normalising import tokenise


@cache
def listed(file: str) -> frozenset[str]:
    """The entries of a list of this package: `given-names`, `names-that-are-words`, `surnames`,
    `places`.
    """
    text = files("knowledge.screening").joinpath(f"{file}.txt").read_text(encoding="utf-8")
    return frozenset(text.split("\n")) - {""}


class Vocabulary:
    """What is no person's name, for all that it may look like one."""

    def __init__(
        self,
        known: Iterable[str],
        public_numbers: Iterable[str],
        published: Iterable[str],
        allowed: Iterable[str],
        mend: Callable[[str], tuple[str, ...]] = lambda word: (word,),
    ) -> None:
        self._mend = mend
        self._known = frozenset(known)
        self._public_numbers = frozenset(_digits(number) for number in public_numbers)
        self._published = _phrases(published)
        self._allowed = _phrases((*published, *allowed))

    def is_plain(self, word: str) -> bool:
        """Whether a word in small letters is an ordinary one."""
        known = word in english() or word in self._known or _is_contraction(word)
        return known and not is_name_only(word)

    def is_unknown(self, word: str) -> bool:
        """Whether a word in small letters is neither an ordinary one nor a slip of one."""
        of_words = "-" in word and all(part in english() for part in word.split("-"))
        return not (of_words or self.is_plain(word)) and self._mend(word) == (word,)

    def is_public_number(self, number: str) -> bool:
        """Whether a telephone number is everyone's: a helpline, an emergency number."""
        return _digits(number) in self._public_numbers

    def allowed(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where the names stand that are nobody's secret: of published reviews, reports, laws."""
        return tuple(found.span() for found in self._allowed.finditer(text))

    def names_published(self, text: str) -> bool:
        """Whether a text names a published review."""
        return self._published.search(text) is not None


def _phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of some phrases as whole words, in capitals or not; the longest first."""
    found = map(_phrase, sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{'|'.join(found) or '(?!)'})(?:['’]?s)?(?!\w)", re.I)


def _phrase(phrase: str) -> str:
    """A phrase as a pattern; `Child A` only as it is written, for a child a day is none."""
    if phrase.endswith(" A"):
        return f"(?-i:[{phrase[0].upper()}{phrase[0].lower()}]{re.escape(phrase[1:])})"
    return re.escape(phrase)


def _is_contraction(word: str) -> bool:
    """Whether a word in small letters is two in one: `dont`, `won't`."""
    return (word.isalpha() or word.endswith("n't")) and len(tokenise(word)) > 1


def is_name_only(word: str) -> bool:
    """Whether a word in small letters is a name and no word besides."""
    return (word in listed("given-names") or word in listed("surnames")) and word not in listed(
        "names-that-are-words"
    )


def _digits(text: str) -> str:
    return re.sub(r"\D", "", re.sub(r"^\s*(?:\+ ?44|0044)", "0", text))
