"""Find what identifies a person by its form: e-mail addresses, numbers, codes, dates."""

import re
from collections.abc import Iterator

from knowledge.screening.items import Item
from knowledge.screening.vocabulary import Vocabulary

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


def find_identifiers(text: str, vocabulary: Vocabulary) -> Iterator[Item]:
    """What identifies by its form, the surest kinds first; no helpline is among it."""
    for email in _EMAIL.finditer(text):
        yield Item(*email.span(), "email")
    if not any(map(str.isdigit, text)):
        return
    # most messages have no digit: what looks for them is imported where there is one
    from knowledge.screening import codes, dates, numbers

    public = tuple(numbers.find_helplines(text, vocabulary))
    for item in (
        *numbers.find_numbers(text),
        *codes.find_postcodes(text, vocabulary),
        *dates.find_births(text),
        *codes.find_plates(text, vocabulary),
        *codes.find_references(text),
        *numbers.find_local_phones(text),
    ):
        if all(item.end <= start or end <= item.start for start, end in public):
            yield item
