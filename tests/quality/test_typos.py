"""Spoiling questions as thumbs, autocorrect and dictation do."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from knowledge.matching.lexicon import english
from knowledge.quality.benchmarking.typos import autocorrect, dictate, slip, spoil_all

QUESTION = "who should the midwife tell about a father she has never met"


def test_the_same_seed_makes_the_same_slips() -> None:
    assert spoil_all([QUESTION] * 3, slip, 4) == spoil_all([QUESTION] * 3, slip, 4)


def test_two_people_who_ask_the_same_slip_differently() -> None:
    assert len(set(spoil_all([QUESTION] * 3, slip, 4))) == 3


def test_a_question_is_spoilt_alike_whatever_is_asked_beside_it() -> None:
    alone = spoil_all(["first", QUESTION], slip, 4)[1]
    assert spoil_all(["second", QUESTION, "third"], slip, 4)[1] == alone


def test_a_hurried_thumb_slips_once_every_two_words() -> None:
    edits = [OSA.distance(QUESTION, spoilt) for spoilt in spoil_all([QUESTION] * 50, slip, 1)]
    assert 5 <= sum(edits) / len(edits) <= 6  # of 12 words, 6; a space is as good as a letter


def test_even_one_word_is_mistyped() -> None:
    assert all(spoilt != "overlay" for spoilt in spoil_all(["overlay"] * 8, slip, 2)[:3])


@settings(max_examples=60)
@given(st.text(max_size=60), st.integers(0, 99))
def test_anything_a_person_types_can_be_spoilt(text: str, seed: int) -> None:
    for spoil in (slip, autocorrect, dictate):
        assert isinstance(spoil(text, Random(seed)), str)


def test_autocorrect_puts_real_words_in_the_place_of_others() -> None:
    before = "the form from the school"
    after = autocorrect(before, Random(3)).split()
    changed = [word for was, word in zip(before.split(), after, strict=True) if was != word]
    assert len(changed) == 1
    assert changed[0] in english()


def test_autocorrect_leaves_what_is_like_no_other_word() -> None:
    assert autocorrect("safeguarding", Random(1)) == "safeguarding"


def test_dictation_writes_numbers_as_words_and_no_punctuation() -> None:
    assert dictate("67 Reviews, 30 children?", Random(1)) == "sixty seven reviews thirty children"


def test_dictation_reads_a_long_number_digit_by_digit() -> None:
    assert dictate("90506", Random(1)) == "nine zero five zero six"


def test_dictation_mishears_words_that_sound_alike() -> None:
    heard = {dictate("their baby", Random(seed)) for seed in range(20)}
    assert heard == {"their baby", "there baby"}
