"""A mistyped word is taken for the word that was meant, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from knowledge.matching.lexicon import DeleteIndex
from knowledge.matching.repairing import NEIGHBOURS, Repairer

KNOWN = {
    "midwife": 9,
    "social": 8,
    "worker": 8,
    "pregnant": 7,
    "mum": 7,
    "safeguarding": 6,
    "recommendation": 4,
    "bruise": 3,
    "overlay": 2,
    "who": 9,
    "saw": 3,
    "the": 30,
}
REPAIRER = Repairer(KNOWN)


def mend(typed: str) -> str:
    return " ".join(word for _, meant in REPAIRER.repair(typed.split()) for word in meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    {
        "midwfie": "midwife",  # two letters swapped
        "midwofe": "midwife",  # the key beside it
        "midwie": "midwife",  # a letter dropped
        "midwiffe": "midwife",  # a letter doubled
        "nidwife": "midwife",  # the first letter
        "recomendaton": "recommendation",  # two slips in a long word
        "socialworker": "social worker",  # a missing space
        "preganntmum": "pregnant mum",  # a missing space and a slip
        "safegu arding": "safeguarding",  # a space too many
        "whosaw": "who saw",
    }.items(),
)
def test_a_mistyped_word_is_mended(typed: str, meant: str) -> None:
    assert mend(typed) == meant


@pytest.mark.parametrize(
    "word", ["overlay", "kitchen", "in", "gp", "x", "2010", "81a", "zzyzxqj", "çé"]
)
def test_what_is_known_or_cannot_be_guessed_is_left(word: str) -> None:
    assert mend(word) == word


def test_a_word_of_the_phrases_is_likelier_than_another_english_word() -> None:
    assert mend("bruse") == "bruise"
    assert Repairer({"brush": 3}).mend("bruse") != ("bruise",)


def test_the_pieces_are_told_as_typed_and_as_meant() -> None:
    typed = ["the", "safegu", "arding", "midwfie"]
    assert list(REPAIRER.repair(typed)) == [
        (("the",), ("the",)),
        (("safegu", "arding"), ("safeguarding",)),
        (("midwfie",), ("midwife",)),
    ]


def test_a_word_that_is_known_elsewhere_is_left() -> None:
    assert list(REPAIRER.repair(["midwfie"], also_known={"midwfie"})) == [
        (("midwfie",), ("midwfie",))
    ]


def test_the_keys_around_a_letter_are_its_neighbours() -> None:
    assert NEIGHBOURS["g"] == frozenset("rtyfhvbn")
    assert all(a in NEIGHBOURS[b] for a, near in NEIGHBOURS.items() for b in near)


WORDS = st.text("abcd", min_size=1, max_size=6) | st.sampled_from("bad bead cab dead".split())
"""Words of one's own, and some that are common."""


@given(words=st.lists(WORDS, unique=True, max_size=12), typed=WORDS)
def test_no_word_within_one_edit_is_overlooked(words: list[str], typed: str) -> None:
    near = {n for n, word in enumerate(words) if OSA.distance(typed, word) <= 1}
    found = DeleteIndex.build(words).find(typed)
    assert near <= found
    assert [words[n] for n in found if OSA.distance(typed, words[n]) > 2] == []


@given(st.lists(st.text("abeghimnorstw'é9", min_size=1, max_size=14), max_size=6))
def test_nothing_that_was_typed_is_lost(typed: list[str]) -> None:
    pieces = list(REPAIRER.repair(typed))
    assert [word for piece, _ in pieces for word in piece] == typed
    assert all(meant and all(meant) for _, meant in pieces)


@given(st.lists(st.sampled_from([*KNOWN, "kitchen", "of"]), max_size=8))
def test_known_words_are_never_touched(typed: list[str]) -> None:
    assert mend(" ".join(typed)) == " ".join(typed)


def test_a_stored_index_mends_as_a_fresh_one() -> None:
    again = Repairer(KNOWN, DeleteIndex.build(REPAIRER.words))
    assert [again.mend(word) for word in ("midwfie", "preganntmum")] == [
        ("midwife",),
        ("pregnant", "mum"),
    ]
