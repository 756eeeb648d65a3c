"""What is written in many ways is read in one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.normalising import LONGEST, as_read, clean, stem, tokenise

TEXTS = st.text(st.characters(codec="utf-8"), max_size=300)


@pytest.mark.parametrize(
    ("typed", "tokens"),
    {
        "Can't wait!": "can not wait",
        "CANNOT": "can not",
        "can’t": "can not",  # as a phone types it
        "I won't, and they wont": "i will not and they will not",
        "dont didnt isnt shouldnt": "do not did not is not should not",
        "hasn't she": "has not she",
        "we're, they've, you'll, he'd": "we are they have you will he would",
        "I'm im I've ive": "i am i am i have i have",
        "what's whats it's who's": "what is what is it is who is",
        "the baby's cot, the parents' word": "the baby cot the parents word",
        "well were its she'll": "well were its she will",
        "ﬁfty ＨＶ½": "fifty hv1 2",  # compatibility forms
        "CAFÉ cafe\u0301": "café café",
        "pre-birth_assessment/CP plan": "pre birth assessment cp plan",
        "para 81.4, the 67": "para 81 4 the 67",
        "help 😀👶🏽 me": "help me",
        "a\x00b\tc\u200bd\u2028e": "a b c d e",
        "?! … —": "",
        "": "",
    }.items(),
)
def test_what_a_person_typed_becomes_plain_words(typed: str, tokens: str) -> None:
    assert as_read(typed) == tokens


def test_a_text_is_cut_where_telegram_cuts_a_message() -> None:
    assert clean("a" * (LONGEST + 1)) == "a" * LONGEST


@given(TEXTS)
def test_a_clean_text_has_no_character_that_cannot_be_seen(text: str) -> None:
    assert clean(text).isprintable()


@given(TEXTS)
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(TEXTS)
def test_capitals_and_curly_apostrophes_change_nothing(text: str) -> None:
    plain = text.lower()
    if plain.upper().lower() == plain:
        assert tokenise(plain.upper()) == tokenise(plain) == tokenise(plain.replace("'", "’"))


@given(TEXTS)
def test_a_token_is_letters_and_digits_in_lower_case(text: str) -> None:
    assert all(token.isalnum() and token == token.lower() for token in tokenise(text))


@given(st.lists(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)).map(" ".join))
def test_punctuation_between_words_changes_nothing(text: str) -> None:
    assert tokenise(text.replace(" ", " … ")) == tokenise(text)


@pytest.mark.parametrize(
    "family",
    [
        "assesses assessed assessing assessment assessments",
        "worry worries",
        "visit visits visited visiting",
        "report reports reported reporting",
        "police policing",
        "stop stopped stopping stops",
        "call called calling calls",
    ],
)
def test_the_forms_of_a_word_have_one_stem(family: str) -> None:
    assert len(set(map(stem, family.split()))) == 1


@pytest.mark.parametrize("word", ["gp", "dna", "his", "2010", "67"])
def test_short_words_and_numbers_are_their_own_stem(word: str) -> None:
    assert stem(word) == word


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_a_stem_keeps_three_letters_at_least(word: str) -> None:
    assert min(3, len(word)) <= len(stem(word)) <= len(word)
