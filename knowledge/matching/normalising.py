"""Turn what a person typed into tokens: one spelling for what is written in many ways."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 4096
"""Characters of a question that are read; a longer one is cut. Telegram's own limit for a message.
"""

_CONTRACTIONS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\bwon't\b|\bwont\b", "will not"),
        (r"\b(?:can't|cant|cannot)\b", "can not"),
        (r"\b(do|does|did|is|are|was|were|has|have|had|could|should|would)nt\b", r"\1 not"),
        (r"n't\b", " not"),
        (r"'re\b", " are"),
        (r"'ve\b", " have"),
        (r"'ll\b", " will"),
        (r"\b(?:i'm|im)\b", "i am"),
        (r"\bive\b", "i have"),
        (r"'d\b", " would"),
        (r"\b(what|where|who|how|when|that|it|there|here|let|she|he)'s\b", r"\1 is"),
        (r"\b(what|where|who|how|that)s\b", r"\1 is"),
        (r"'s\b", ""),
        (r"s'(?=\s|$)", "s"),
    )
)
_SHORTENED = re.compile(r"'|\b(?:wont|cant|cannot|im|ive)\b|nt\b|\b(?:what|where|who|how|that)s\b")
"""Without any of these there is no contraction to open: most texts are spared one search each."""
_TOKEN = re.compile(r"[^\W_]+")
_SUFFIXES = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ss", "ss"),
    *((suffix, "") for suffix in ("ings", "ing", "edly", "ed", "ments", "ment", "ations", "ation")),
    *((suffix, "") for suffix in ("ions", "ion", "ers", "er", "ly", "es", "s")),
)


def clean(text: str) -> str:
    """The text as it is read: NFKC, no control characters, straight quotes, cut at `LONGEST`."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).replace("’", "'").replace("‘", "'")
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return text[:LONGEST]


def tokenise(text: str) -> tuple[str, ...]:
    """Lower-case words of letters and digits, contractions opened: `"Can't wait!"` → `can not
    wait`.
    """
    text = clean(text).lower()
    if _SHORTENED.search(text):
        for pattern, replacement in _CONTRACTIONS:
            text = pattern.sub(replacement, text)
    return tuple(_TOKEN.findall(text))


def as_read(text: str) -> str:
    """The tokens in one line: the same for texts of the same words, however they are typed."""
    return " ".join(tokenise(text))


@lru_cache(maxsize=2**15)
def stem(word: str) -> str:
    """A light English stem: the commonest endings off, at least three letters left."""
    if len(word) <= 3 or word.isdigit():
        return word
    for suffix, replacement in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: len(word) - len(suffix)] + replacement
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == "e" else word
