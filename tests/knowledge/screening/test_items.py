"""Pieces of personal data in a text: kept apart, masked, blanked."""

import string
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.screening.items import KINDS, Item, blank, keep_apart, mask
from knowledge.screening.personal import find
from knowledge.screening.vocabulary import Vocabulary
from tests.knowledge.screening.inventing import TOLD, Told

TEXT = "ring kayden on 07700 900123 now"
ITEMS = (Item(5, 11, "name"), Item(15, 27, "phone"))

ITEM = st.builds(
    lambda start, length, kind: Item(start, start + length, kind),
    st.integers(0, 30),
    st.integers(1, 10),
    st.sampled_from(sorted(KINDS)),
)


def overlap(one: Item, other: Item) -> bool:
    return one.start < other.end and other.start < one.end


def test_a_masked_text_says_what_was_there() -> None:
    assert mask(TEXT, ITEMS) == "ring [name] on [phone] now"


def test_a_kind_of_several_words_is_said_in_words() -> None:
    assert mask("dob 3/4/2019", (Item(4, 12, "date_of_birth"),)) == "dob [date of birth]"


def test_a_blanked_text_has_a_gap_in_each_place() -> None:
    assert blank(TEXT, ITEMS) == "ring   on   now"


@given(st.text())
def test_a_text_with_nothing_in_it_stays_as_it_is(text: str) -> None:
    assert (mask(text, ()), blank(text, ())) == (text, text)


def test_of_two_in_one_place_the_first_found_is_kept() -> None:
    number, within, after = Item(4, 16, "phone"), Item(8, 12, "case_reference"), Item(16, 20, "upn")
    assert keep_apart((number, within, after)) == (number, after)
    assert keep_apart((within, number, after)) == (within, after)


@given(st.lists(ITEM))
def test_what_is_kept_stands_apart_and_in_order(items: list[Item]) -> None:
    kept = keep_apart(items)
    assert list(kept) == sorted(kept)
    assert all(one.end <= other.start for one, other in pairwise(kept))


@given(st.lists(ITEM))
def test_what_is_dropped_stands_where_something_is_kept(items: list[Item]) -> None:
    kept = keep_apart(items)
    assert all(any(overlap(item, other) for other in kept) for item in items)


def test_every_kind_can_be_said_and_invented() -> None:
    assert list(TOLD) == list(KINDS)


@settings(max_examples=60)
@given(told=st.lists(st.one_of(*TOLD.values()), min_size=2, max_size=3))
def test_all_that_a_message_tells_is_found(told: list[Told], vocabulary: Vocabulary) -> None:
    text = "; ".join(piece.said for piece in told)
    assert mask(text, find(text, vocabulary)) == "; ".join(piece.masked for piece in told)


@settings(max_examples=100)
@given(text=st.text(max_size=80) | st.text(string.ascii_letters + string.digits + " .,-/@'"))
def test_whatever_is_typed_is_looked_through(text: str, vocabulary: Vocabulary) -> None:
    found = find(text, vocabulary)
    assert found == keep_apart(found)
    assert all(0 <= item.start < item.end <= len(text) for item in found)
    assert {item.kind for item in found} <= set(KINDS)
