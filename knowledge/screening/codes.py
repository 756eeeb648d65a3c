"""Find codes of letters and digits: postcodes, car registrations, case references."""

import re
from collections.abc import Iterator

from knowledge.screening.items import Item
from knowledge.screening.vocabulary import Vocabulary

_POSTCODE = re.compile(
    r"\b([a-z]{1,2}(?=\d)|gir)(?:\d{1,2}|\d[a-z]|(?<=gir)) ?"
    r"(?!\d(?:am|pm|mg|ml|kg|cm|mm|wk)\b)\d[a-z]{2}\b",
    re.I,
)
_ORDINAL = re.compile(r" (?:1st|2nd|3rd|[04-9]th|\d[hy]r)$", re.I)
_AREAS = frozenset(
    """ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt
    dy e ec en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la
    ld le ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa
    se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr
    ws wv yo ze""".split()
)
"""Of postcodes: behind `y7` a `2nd` is a second time, behind `ls7` it is a place."""
_PLATE = re.compile(
    r"\b(?:[a-z]{2} ?\d{2} ?[a-z]{3}|[a-z]\d{1,3} ?[a-z]{3}|[a-z]{3} ?\d{1,3}[a-z]|"
    r"[a-z]{3} ?\d{3,4})\b",
    re.I,
)
_CURRENT_PLATE = re.compile(r"[A-Z]{2} ?(?:[0-3]\d|[5-8]\d) ?[A-Z]{3}", re.I)
_APART = re.compile(r"[a-z]{2} \d\d [a-z]{3}", re.I)
_CAR = re.compile(
    r"\b(?:reg|regn|registration|plates?|cars?|van|vehicle|vrm|vrn|index|motorbike|moped|driv\w+|"
    r"audi|bmw|astra|corsa|fiesta|focus|golf|polo|transit|merc\w*|corolla|vauxhall|ford|range|"
    r"rover|taxi|scooter)\b",
    re.I,
)
_CALLED_PLATE = re.compile(
    r"\b(?:reg|regn|registration|plates?|vrm|vrn)\W*"
    r"(?:(?:number|num|no|mark|is|was|are|of)\W+){0,3}$",
    re.I,
)
"""Right before it even a plate in small letters that ends in a word is one."""
_REFERENCE = re.compile(
    r"\b(?:ref(?:erence|s)?|case|crime|court|incident|occurr?ence|log|file|claim|urn|crn|lcs|"
    r"lac|mosaic|"
    r"li\w{1,3}d ?logic|ics|eclipse|care ?first|framework\W?i|systm ?one|emis|rio|datix|cad|"
    r"merlin|niche|"
    r"pnc|holmes|pals|ndtms|icsid|e?cins|capita(?: one)?|hmcts|protocol|client|person|docket|"
    r"hospital|record|"
    r"pin|id|referral|complaint|tenancy|number|docs?)"
    r"(?:\W{1,3}(?:no|num|number|ref|reference|id|code|is|was|quoted|under|one))*\W{0,4}\b"
    r"((?=[\w/\-.]*\d)[a-z0-9](?:[\w/\-.]*\w)?"
    r"(?: \d[\w/\-]*| of \d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*)?|"
    r"[a-z]{2,4} \d[\w/\-]*)",
    re.I,
)
_CODE = re.compile(
    r"(?<![\w/@.])(?=[\w/\-]*[a-z/])(?=(?:[\w/\-]*\d){4})[a-z0-9]+(?:[/\-][a-z0-9]+)*\b(?!@)", re.I
)
"""A word of letters and digits, of these four at least: no year, no dose, no decade is one."""
_NO_CODE = re.compile(
    r"(?:\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{4}[/\-]\d{2,4}s?|\d{1,2}-\d{2}s|\d{4}s|\d+(?:st|"
    r"nd|rd|th|am|pm|"
    r"mg|ml|kg|g|k|m|yrs?|hrs?|mins?)|\d{1,3}/\d{1,3}|\d+\w*mg/\w+|(?:19|20)\d\d\D*|\D*(?:19|"
    r"20)\d\d)",
    re.I,
)
_REF = re.compile(
    r"\b(?:ref(?:erence|s)?|(?:case|crime|file) (?:no|num|number|id))\W+"
    r"(?:(?:no|num|number|is|was)\W+)*$",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/\-]\d{2})?|\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{3}")
"""What even a `ref` before it does not make a reference."""
_DIGITS = re.compile(r"\d")


def find_postcodes(text: str, vocabulary: Vocabulary) -> Iterator[Item]:
    """Whole postcodes, of a real form."""
    for found in _POSTCODE.finditer(text):
        is_place = not _ORDINAL.search(found[0]) or found[1].lower() in _AREAS
        ends_in_word = vocabulary.is_plain(found[0].split()[-1][1:])
        if is_place and (not ends_in_word or " " in found[0] or found[0].isupper()):
            yield Item(*found.span(), "postcode")


def find_plates(text: str, vocabulary: Vocabulary) -> Iterator[Item]:
    """Car registrations: of today's form, or of an older one near a word for a car."""
    for found in _PLATE.finditer(text):
        plate = found[0]
        letters = re.findall(r"[a-z]+", plate.lower())
        of_words = any(vocabulary.is_plain(part) for part in letters) and " " in plate
        before = text[max(0, found.start() - 40) : found.start()]
        near = before + text[found.start() : found.end() + 25]
        current = _CURRENT_PLATE.fullmatch(plate) is not None
        in_capitals = plate.isupper() and not text.isupper()
        called = _CALLED_PLATE.search(before) and not _APART.search(plate)
        if called or ((in_capitals or not of_words) and (current or _CAR.search(near))):
            yield Item(*found.span(), "car_registration")


def find_references(text: str) -> Iterator[Item]:
    """Case references: behind a word for one, or words of letters and many digits."""
    for found in _REFERENCE.finditer(text):
        is_ref = _REF.search(text[found.start() : found.start(1)])
        no_code = _YEAR if is_ref else _NO_CODE
        if len(_DIGITS.findall(found[1])) >= 3 and not no_code.fullmatch(found[1]):
            yield Item(*found.span(1), "case_reference")
    for found in _CODE.finditer(text):
        if not _NO_CODE.fullmatch(found[0]):
            yield Item(*found.span(), "case_reference")
