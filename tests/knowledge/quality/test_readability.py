"""How hard a text is to read, by the words of its sentences and the sounds of its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.quality.soundness.readability import Readability, read, sentences, syllables


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("One. Two! Three?", ("One.", "Two!", "Three?")),
        ("They had seen it; nobody asked: why?", ("They had seen it;", "nobody asked:", "why?")),
        ('She said "Stop." Then she left.', ('She said "Stop.', "Then she left.")),
        ("It rose by 4.10 in 2009-10.", ("It rose by 4.10 in 2009-10.",)),
        ("no full stop", ("no full stop",)),
        ("  spaces \n and lines.  Two.  ", ("spaces \n and lines.", "Two.")),
        ("", ()),
        (" ", ()),
    ],
)
def test_a_text_is_parted_into_its_sentences(text: str, parted: tuple[str, ...]) -> None:
    assert sentences(text) == parted


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("cat", 1), ("I", 1), ("made", 1), ("missed", 1), ("wanted", 2), ("boxes", 2)),
        *(("baby", 2), ("table", 2), ("agency", 3), ("safeguarding", 4), ("Services", 3)),
        *(("rhythm", 1), ("67%", 1), ("4,096", 1), ("hmm", 1)),
    ],
)
def test_a_words_syllables_are_counted_by_its_vowels(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_text_is_read_by_kincaids_formula() -> None:
    text = "The teachers had seen the bruises; nobody had asked. Why?"
    # ten words with fourteen syllables in three sentences
    grade = 0.39 * 10 / 3 + 11.8 * 14 / 10 - 15.59
    assert read(text) == Readability(round(grade, 1), 3.3, "The teachers had seen the bruises;", 6)


def test_the_fields_necessary_words_count_as_easy() -> None:
    text = "Practitioners should challenge another agency."
    hard, easy = read(text), read(text, {"practitioners", "agency"})
    assert hard._replace(grade=0) == easy._replace(grade=0)
    assert (hard.grade, easy.grade) == (17.0, 5.2)


def test_a_term_counts_as_easy_however_it_is_written() -> None:
    assert read("Agency. AGENCY.", {"agency"}) == read("Sun. SUN.")._replace(longest="Agency.")


def test_the_longest_sentence_is_named_the_first_of_several() -> None:
    assert read("One two. Three four. Five.")[2:] == ("One two.", 2)


@pytest.mark.parametrize("text", ["", "   ", "?! …", "— ;"])
def test_a_text_without_words_asks_for_nothing(text: str) -> None:
    assert read(text) == Readability(0.0, 0.0, "", 0)


def test_longer_words_and_longer_sentences_are_harder() -> None:
    plain = read("We saw the child. We asked him why. He said that he was sad.")
    assert read("We saw the child and we asked him why and he said that he was sad.") > plain
    assert read("Observation. Communication. Disappointment.") > plain


@given(words=st.lists(st.sampled_from(["agency", "child", "seen"]), min_size=1, max_size=50))
def test_as_many_words_as_stand_in_a_sentence_are_counted(words: list[str]) -> None:
    found = read(f"{' '.join(words)}.")
    assert (found.average, found.words) == (len(words), len(words))


@given(text=st.text(max_size=200), terms=st.frozensets(st.sampled_from(["agency", "a", "is"])))
def test_whatever_the_text_its_numbers_are_sound(text: str, terms: frozenset[str]) -> None:
    found = read(text, terms)
    assert found.longest in (*sentences(text), "")
    assert found.average <= found.words or found.words == 0
    assert found.grade <= read(text).grade
