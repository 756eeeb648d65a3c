"""A piece of personal data in a text, and the text with such pieces masked."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

KINDS = {
    "name": "a name",
    "date_of_birth": "a date of birth",
    "nhs_number": "an NHS number",
    "ni_number": "a National Insurance number",
    "upn": "a unique pupil number",
    "phone": "a phone number",
    "email": "an e-mail address",
    "postcode": "a postcode",
    "address": "an address",
    "school": "a school",
    "car_registration": "a car registration",
    "case_reference": "a case reference",
}
"""Every kind, and how it is said to a person."""


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """Where a piece of personal data stands in a text, and of which of the `KINDS` it is."""

    start: int
    end: int
    kind: str


def keep_apart(items: Iterable[Item]) -> tuple[Item, ...]:
    """Of items that overlap the one found first, all in the order of the text."""
    kept: list[Item] = []
    for item in items:
        if all(item.end <= other.start or other.end <= item.start for other in kept):
            kept.append(item)
    return tuple(sorted(kept))


def mask(text: str, items: Sequence[Item]) -> str:
    """The text with each item's kind in brackets in its place."""
    return _replace(text, items, lambda kind: f"[{kind.replace('_', ' ')}]")


_MASK = re.compile(r"\[(?:" + "|".join(kind.replace("_", " ") for kind in KINDS) + r")\]")


def without_masks(masked: str) -> str:
    """A masked text as it is matched: without what stands in the place of items."""
    return _MASK.sub(" ", masked)


def blank(text: str, items: Sequence[Item]) -> str:
    """The text without the items: what is matched, so that no name is looked up or mended."""
    return _replace(text, items, lambda kind: " ")


def _replace(text: str, items: Sequence[Item], by: Callable[[str], str]) -> str:
    pieces: list[str] = []
    at = 0
    for item in items:
        pieces += [text[at : item.start], by(item.kind)]
        at = item.end
    return "".join([*pieces, text[at:]])
