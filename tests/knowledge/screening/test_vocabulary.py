"""Names and words told apart."""

import pytest

from knowledge.screening.vocabulary import Vocabulary, is_name_only, listed

LISTS = ("given-names", "names-that-are-words", "surnames", "places")
SMALL = Vocabulary(
    known=("camhs", "lscb"),
    public_numbers=("0808 800 5000",),
    published=("Victoria Climbié", "Climbié"),
    allowed=("Ofsted", "Clare's law"),
    mend=lambda word: ("father",) if word == "fahter" else (word,),
)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_each_word_once_in_small_letters(name: str) -> None:
    words = listed(name)
    assert words
    assert sorted(word for word in words if word != word.strip().lower()) == []


@pytest.mark.parametrize("word", ["father", "school", "camhs", "dont", "whos", "won't", "will"])
def test_an_ordinary_word_is_plain(word: str) -> None:
    assert SMALL.is_plain(word)


@pytest.mark.parametrize("word", ["kayleigh", "xyzabel", "o'neil", "d'andre", "mary-jane"])
def test_a_name_is_not_plain(word: str) -> None:
    assert not SMALL.is_plain(word)


@pytest.mark.parametrize(
    ("word", "unknown"),
    [
        ("xyzabel", True),
        ("father", False),
        ("fahter", False),  # a slip
        ("dont", False),
        ("five-week-old", False),
        ("xyzabel-rose", True),
    ],
)
def test_neither_a_word_nor_a_slip_of_one_is_unknown(word: str, unknown: bool) -> None:
    assert SMALL.is_unknown(word) is unknown


@pytest.mark.parametrize(
    ("word", "only"),
    [("kayleigh", True), ("patel", True), ("will", False), ("hope", False), ("school", False)],
)
def test_a_name_that_is_a_word_besides_is_not_only_a_name(word: str, only: bool) -> None:
    assert is_name_only(word) is only


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("0808 800 5000", True),
        ("08088005000", True),
        ("+44 808 800 5000", True),
        ("0044 808 800 5000", True),
        ("07700 900123", False),
        ("", False),
    ],
)
def test_a_helpline_is_known_however_it_is_written(number: str, public: bool) -> None:
    assert SMALL.is_public_number(number) is public


def test_what_is_allowed_is_found_as_whole_words_and_the_longest_first() -> None:
    text = "VICTORIA CLIMBIÉ'S case, ofsted, Clares, ofstedish, clare’s law"
    assert [text[start:end] for start, end in SMALL.allowed(text)] == [
        "VICTORIA CLIMBIÉ'S",
        "ofsted",
    ]


def test_a_published_review_is_named_and_not_what_is_only_allowed() -> None:
    assert SMALL.names_published("what of climbié's school")
    assert not SMALL.names_published("what of Ofsted, or of climbing")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("what of Child A and baby p", ["Child A", "baby p"]),
        ("is the child a risk", []),
        ("IS THE CHILD A RISK", []),
    ],
)
def test_a_child_a_word_follows_is_no_published_child(text: str, named: list[str]) -> None:
    reviews = Vocabulary((), (), ("Child A", "Baby P"), ())
    assert [text[start:end] for start, end in reviews.allowed(text)] == named


def test_where_nothing_is_allowed_nothing_is_found() -> None:
    none = Vocabulary((), (), (), ())
    assert none.allowed("Ofsted and nobody") == ()
    assert not none.names_published("")
