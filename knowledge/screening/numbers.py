"""Find the numbers by which registers know a person, and telephone numbers.

python-stdnum knows NHS numbers, phonenumbers knows telephone numbers; both are imported where a
text has such a number.
"""

import re
from collections.abc import Iterable, Iterator

from knowledge.screening.items import Item
from knowledge.screening.vocabulary import Vocabulary

_GAP = r"[\s.\-–/]?"
_TEN_DIGITS = re.compile(
    rf"(?<![\d+])(?:\d(?:{_GAP}\d){{9}}|"
    r"\d{3}[ .\-–/]{1,3}\d{3}[ .\-–/]{1,3}\d{4})(?!\d)"
)
_NHS_CUE = re.compile(r"\bnhs\W*(?:no|num|number|nbr|n[o°]|#|id)?\W*(?:is|:)?\W*$", re.I)
_NI = re.compile(rf"\b[a-z]{_GAP}[a-z]{_GAP}(?:{_GAP}\d){{6}}{_GAP}{_GAP}[a-d]\b", re.I)
_UPN = re.compile(r"\b[a-z][ -]?(?:\d[ -]?){11}(?:\d|[a-z])\b", re.I)
_PHONE = re.compile(r"(?<![\w/])(?:\+ ?44|0044|\(?0)(?:[\s\-.()]{0,2}\d){8,11}(?!\d)")
_ANY_NUMBER = re.compile(r"(?<![\w+])(?:\+ ?44[ -]?|0044[ -]?)?\d(?:[ -]?\d){5,12}")
_FULL_DATE = re.compile(r"\d\d([.-])\d\d\1(?:19|20)\d\d(?!\d)")
_LAST_DIGITS = re.compile(r"[\s\-.()]+\d+$")
_LOCAL = re.compile(
    r"\b(?:phone|mobile|mob|tel|ring|rang|call|text)\w*\W+(?:\w+\W+){0,3}?"
    r"(?<![\w+-])(\d(?:[ -]?\d){5,10})\b",
    re.I,
)
_DIGITS = re.compile(r"\d")


def find_numbers(text: str) -> Iterator[Item]:
    """Numbers that a register gave to a person, and telephone numbers."""
    for found in _UPN.finditer(text):
        if _is_upn(found[0]):
            yield Item(*found.span(), "upn")
    yield from _phones(_PHONE.finditer(text))
    for found in _TEN_DIGITS.finditer(text):
        if _is_nhs_number(found[0]) or _NHS_CUE.search(text, 0, found.start()):
            yield Item(*found.span(), "nhs_number")
    for found in _NI.finditer(text):
        yield Item(*found.span(), "ni_number")


def find_local_phones(text: str) -> Iterator[Item]:
    """Telephone numbers without a prefix, behind a word for one."""
    yield from _phones(_LOCAL.finditer(text))


def find_helplines(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Where everyone's telephone numbers stand."""
    for found in _ANY_NUMBER.finditer(text):
        for digits in _shorter(found[0]):
            if vocabulary.is_public_number(digits):
                yield found.start(), found.start() + len(digits)
                break


def _shorter(digits: str) -> Iterator[str]:
    """A number, then without its last groups of digits: these may count something else."""
    while digits:
        yield digits
        digits = _LAST_DIGITS.sub("", digits) if _LAST_DIGITS.search(digits) else ""


def _phones(found: Iterable[re.Match[str]]) -> Iterator[Item]:
    for number in found:
        group = number.lastindex or 0
        digits = next(filter(_is_phone, _shorter(number[group])), "")
        start = number.start(group) + (digits.startswith("(") and ")" not in digits)
        if digits and not _FULL_DATE.match(digits):
            yield Item(start, number.start(group) + len(digits), "phone")


def _is_upn(text: str) -> bool:
    """A UPN by its check letter, or what has its form: a mistyped one is as telling."""
    plain = re.sub(r"[ -]", "", text)
    return len(plain) == 13 and sum(map(str.isdigit, plain)) >= 11


def _is_nhs_number(text: str) -> bool:
    from stdnum.gb import nhs

    return bool(nhs.is_valid(re.sub(r"\D", "", text)))


def _is_phone(text: str) -> bool:
    import phonenumbers

    if len(_DIGITS.findall(text)) < 6:
        return False
    try:
        parsed = phonenumbers.parse(" ".join(text.split()), "GB")
        return bool(phonenumbers.is_possible_number(parsed))
    except phonenumbers.NumberParseException:
        return False
