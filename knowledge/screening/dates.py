"""Find dates of birth: by what is said beside a date, or by its being whole."""

import re
from collections.abc import Iterator

from knowledge.screening.items import Item

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    r"(?<![\d/])(?:"
    r"\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?(?:\d{4}|\d{2})|"
    r"\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?[ \-./]?(?:of )?{_MONTH}\.?,?(?:[ \-./]?'?(?:\d{{4}}|\d{{2}}))?|"
    rf"{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? '?(?:\d{{4}}|\d{{2}}))?|"
    r"\d{1,2} \d{1,2} \d{4}|\d{2} \d{2} \d{2}|\d{8}|\d{6}"
    r")(?![\d/])",
    re.I,
)
_BIRTH = re.compile(
    r"(?:\bd\W{0,2}o\W{0,2}b\b|dates? (?:of|o'?) ?b\w*|\bborn\b|\bbirth\W?da(?:y|te)s?\b|"
    r"\bbday\b|\bb\."
    r"|\bturn(?:s|ed) (?:\w+ )?\d{1,2}\b|\bbaby came\b|\bdelivered\b|\barrived\b)[^\d?!]{0,30}$",
    re.I,
)
_BIRTH_AFTER = re.compile(
    r"^\W{0,3}(?:\(?d\.?o\.?b\b|(?:is|as|for) (?:\w+ )?(?:dob|birthday|birth date|date of birth))",
    re.I,
)
_NO_BIRTH = re.compile(
    r"\b(?:publish\w*|dated|report\w*|review\w*|version|meeting|visit\w*|appointment|court|hearing|"
    r"today|referr\w*|since|from|until|till|by|before|after|conference|admitted|seen|due|"
    r"deadline|to|"
    r"training|course|inspection|act|on|covers?|covering|between)\W+$",
    re.I,
)
_SPAN_AFTER = re.compile(r"\s*(?:to|until|till|–)\s*\d", re.I)
_FULL = re.compile(
    r"\d{1,4} ?[/.\-] ?\d{1,2} ?[/.\-] ?\d{2,4}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?[ \-./]?(?:of )?{_MONTH}\.?,?[ \-./]?\d{{4}}",
    re.I,
)
_DIGITS = re.compile(r"\d")


def find_births(text: str) -> Iterator[Item]:
    """Dates that are said to be of a birth, and whole ones that are not of another event."""
    for found in _DATE.finditer(text):
        before, after = text[max(0, found.start() - 45) : found.start()], text[found.end() :]
        other = _NO_BIRTH.search(before) or _SPAN_AFTER.match(after)
        full = _FULL.fullmatch(found[0]) and not other
        if full or _BIRTH.search(before) or _BIRTH_AFTER.match(after):
            yield Item(*found.span(), "date_of_birth")


def full_dates(text: str) -> Iterator[tuple[int, int]]:
    """Where dates with day, month and year stand: beside a name they are dates of birth."""
    for found in _DATE.finditer(text):
        if len(_DIGITS.findall(found[0])) >= 4:
            yield found.span()
