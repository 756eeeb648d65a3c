"""Read a question as the matcher sees it: tokens, abbreviations opened, slips mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.matching.normalising import tokenise
from knowledge.matching.repairing import Repairer


@dataclass(frozen=True, slots=True)
class Reading:
    """A question read."""

    typed: tuple[str, ...]
    """Its tokens as they were typed."""
    tokens: tuple[str, ...]
    """The same as they are matched."""
    repaired: tuple[tuple[str, str], ...]
    """What was mended on the way: (typed, meant)."""
    changed: bool
    """Whether the tokens differ from those typed: by an abbreviation opened or a slip mended."""

    def as_encoded(self, text: str) -> str:
        """What an encoder is given: the text as typed, or the tokens if they say it better."""
        return " ".join(self.tokens) if self.changed else text


class Glossary:
    """What is meant by the field's abbreviations and synonyms: `{"health visitor": ("hv", "health
    vis")}`.
    """

    def __init__(self, meanings: Mapping[str, Sequence[str]]) -> None:
        self.meanings = {meant: tuple(variants) for meant, variants in meanings.items()}

    @cached_property
    def _openings(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        return {
            tokenise(variant): tokenise(meant)
            for meant, variants in self.meanings.items()
            for variant in variants
        }

    @cached_property
    def _longest(self) -> Mapping[str, int]:
        """How long the longest variant is that begins with a word."""
        longest: dict[str, int] = {}
        for variant in self._openings:
            longest[variant[0]] = max(longest.get(variant[0], 0), len(variant))
        return longest

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the glossary: known, so never mended."""
        return frozenset(word for variant in self._openings for word in variant)

    def open(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """The tokens with every variant replaced by what it means, the longest variant first."""
        opened: list[str] = []
        at = 0
        while at < len(tokens):
            longest = self._longest.get(tokens[at], 0)
            for size in range(min(longest, len(tokens) - at), 0, -1):
                if meant := self._openings.get(tuple(tokens[at : at + size])):
                    opened.extend(meant)
                    at += size
                    break
            else:
                opened.append(tokens[at])
                at += 1
        return tuple(opened)


def read(text: str, glossary: Glossary) -> Reading:
    """Read a text as it was typed, as the phrases themselves are: nothing is mended."""
    typed = tokenise(text)
    tokens = glossary.open(typed)
    return Reading(typed, tokens, (), tokens != typed)


def mend(plain: Reading, glossary: Glossary, repairer: Repairer) -> Reading:
    """A text that was read, with its slips mended."""
    mended: list[str] = []
    repaired: list[tuple[str, str]] = []
    for pieces, meant in repairer.repair(plain.typed, glossary.words):
        mended.extend(meant)
        if pieces != meant:
            repaired.append((" ".join(pieces), " ".join(meant)))
    tokens = glossary.open(mended)
    return Reading(plain.typed, tokens, tuple(repaired), tokens != plain.typed)
