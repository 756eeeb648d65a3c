"""Spoil questions as thumbs, autocorrect and dictation do, the same way for the same seed."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from random import Random
from typing import TypeAlias

from knowledge.matching.lexicon import DeleteIndex, english
from knowledge.matching.normalising import tokenise
from knowledge.matching.repairing import NEIGHBOURS

WORDS_A_SLIP = 2
"""One slip every two words: a hurried thumb's rate."""
WORDS_A_CORRECTION = 6
"""Autocorrect puts another word for one in six."""
_HOMOPHONES_HEARD = 0.5
_COMMONEST = 5_000  # autocorrect puts common words in the place of others

Spoil: TypeAlias = Callable[[str, Random], str]


def spoil_all(texts: Sequence[str], spoil: Spoil, seed: int) -> tuple[str, ...]:
    """Every text spoilt; each by its own place and the seed, whatever the others are."""
    return tuple(spoil(text, Random(f"{seed} {n}")) for n, text in enumerate(texts))


def slip(text: str, random: Random) -> str:
    """One keyboard slip every two words, at least one: a neighbouring key, two letters swapped, one
    dropped or doubled, a space missing or too many.
    """
    words = text.split()
    longer = [n for n, word in enumerate(words) if len(word) >= 3] or list(range(len(words)))
    random.shuffle(longer)
    gaps = [" "] * len(words)
    for n in longer[: max(1, round(len(words) / WORDS_A_SLIP))]:
        kind = random.choices(tuple(_SLIPS), tuple(_SLIPS.values()))[0]
        if kind is _join and n + 1 < len(words):
            gaps[n] = ""
        else:
            words[n] = kind(words[n], random)
    return "".join(word + gap for word, gap in zip(words, gaps, strict=True)).strip()


def _neighbour(word: str, random: Random) -> str:
    at = random.randrange(len(word))
    near = sorted(NEIGHBOURS.get(word[at].lower(), word[at]))
    return word[:at] + random.choice(near) + word[at + 1 :]


def _swap(word: str, random: Random) -> str:
    at = random.randrange(max(1, len(word) - 1))
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


def _drop(word: str, random: Random) -> str:
    at = random.randrange(len(word))
    return word[:at] + word[at + 1 :] if len(word) > 1 else word


def _double(word: str, random: Random) -> str:
    at = random.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def _part(word: str, random: Random) -> str:
    at = random.randrange(1, max(2, len(word)))
    return f"{word[:at]} {word[at:]}".strip()


def _join(word: str, random: Random) -> str:
    return word  # the last word has no next one to run into


_SLIPS: Mapping[Callable[[str, Random], str], float] = {
    _neighbour: 0.35,
    _swap: 0.2,
    _drop: 0.2,
    _double: 0.1,
    _join: 0.1,
    _part: 0.05,
}
"""How often each slip is made."""


def autocorrect(text: str, random: Random) -> str:
    """One word in six, at least one, put right into a wrong word: another common word within an
    edit or so, as `from` for `form`.
    """
    words = text.split()
    replaceable = [n for n, word in enumerate(words) if _lookalikes(word.lower())]
    random.shuffle(replaceable)
    for n in replaceable[: max(1, round(len(words) / WORDS_A_CORRECTION))]:
        words[n] = random.choice(_lookalikes(words[n].lower()))
    return " ".join(words)


@cache
def _common() -> tuple[tuple[str, ...], DeleteIndex]:
    words = tuple(
        sorted(word for word, rank in english().items() if rank < _COMMONEST and len(word) >= 3)
    )
    return words, DeleteIndex.build(words)


@cache
def _lookalikes(word: str) -> tuple[str, ...]:
    """Common words that share a string with this one that is either with a letter taken out."""
    if len(word) < 3:
        return ()
    words, index = _common()
    return tuple(sorted({words[n] for n in index.find(word)} - {word}))


def dictate(text: str, random: Random) -> str:
    """As dictation writes it: no capitals, no punctuation, numbers as words, half of the words that
    sound like another written as that.
    """
    heard = []
    for word in text.lower().split():
        for token in _as_heard(word):
            alike = _HOMOPHONES.get(token, ())
            swap = alike and random.random() < _HOMOPHONES_HEARD
            heard.append(random.choice(alike) if swap else token)
    return " ".join(heard)


def _as_heard(word: str) -> Sequence[str]:
    bare = "".join(c for c in word.replace("-", " ") if c.isalnum() or c == " ")
    return [said for part in bare.split() for said in _say(part)] or tokenise(word)


def _say(token: str) -> Sequence[str]:
    """A number in words, to 9,999; a longer one digit by digit; anything else as it is."""
    if not (token.isascii() and token.isdigit()):
        return [token]
    if len(token) > 4:
        return [_ONES[int(digit)] for digit in token]
    number, said = int(token), list[str]()
    for size, called in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            said += [_ONES[number // size], called]
            number %= size
    if number >= 20:
        said.append(_TENS[number // 10])
        number %= 10
    if number or not said:
        said.append(_ONES[number])
    return said


_ONES = tuple(
    [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]
)
_TENS = tuple(
    ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
)
_SOUND_ALIKE = """
there their|to too two|for four|your youre|no know|hear here|by buy bye|write right|new knew
son sun|weak week|weigh way|which witch|whether weather|one won|our hour|see sea|sale sail
mail male|pair pear|plane plain|meet meat|sent cent scent|ate eight|brake break|fare fair
peace piece|past passed|wait weight|where wear|would wood|through threw|need knead|been bean
not knot|road rode|role roll|some sum|steal steel|tail tale|than then|waste waist|whole hole
aloud allowed|bare bear|board bored|cell sell|check cheque|course coarse|great grate|its it
heard herd|made maid|pain pane|pray prey|red read|seen scene|site sight|sure shore|die dye
affect effect|accept except|advice advise|principal principle|be bee|or ore
"""
_HOMOPHONES: Mapping[str, tuple[str, ...]] = {
    word: tuple(other for other in group.split() if other != word)
    for group in _SOUND_ALIKE.replace("\n", "|").strip("|").split("|")
    for word in group.split()
}
