"""Names used as names, and words that only look so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.matching.lexicon import english
from knowledge.screening.items import keep_apart, mask
from knowledge.screening.names import find_names
from knowledge.screening.vocabulary import Vocabulary, is_name_only
from tests.knowledge.screening.inventing import GIVEN, SURNAMES, TOLD, Told

ASKED = (
    "who should I challenge about {}, they have not listened",
    "{} and do missed appointments matter",
    "help. {}. what now?",
    "what do reviews say of fathers who are left out? ({})",
    "she is 16, {}, so what do boards do",
)
SAID = st.sampled_from(["{}", "little {}", "{}'s mum", "{} said so", "it is about {}", "mrs {}"])


def masked(text: str, vocabulary: Vocabulary) -> str:
    return mask(text, keep_apart(find_names(text, vocabulary)))


@settings(max_examples=60)
@given(told=TOLD["name"], asked=st.sampled_from(ASKED))
def test_a_name_behind_called_is_found(told: Told, asked: str, vocabulary: Vocabulary) -> None:
    assert masked(asked.format(told.said), vocabulary) == asked.format(told.masked)


@settings(max_examples=60)
@given(given_name=st.sampled_from(GIVEN), said=SAID, asked=st.sampled_from(ASKED))
def test_a_given_name_needs_no_word_before_it_and_no_capital(
    given_name: str, said: str, asked: str, vocabulary: Vocabulary
) -> None:
    text = asked.format(said.format(given_name))
    assert masked(text, vocabulary) == asked.format(said.format("[name]"))


@settings(max_examples=60)
@given(given_name=st.sampled_from(GIVEN), surname=st.sampled_from(SURNAMES))
def test_a_name_is_masked_as_whole_as_it_stands(
    given_name: str, surname: str, vocabulary: Vocabulary
) -> None:
    for name in (f"{given_name} {surname}", f"{given_name.title()} {surname.title()}"):
        text = f"what about {name}, do fathers matter"
        assert masked(text, vocabulary) == "what about [name], do fathers matter"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mum is called hope", "mum is called [name]"),
        ("he is called will smith", "he is called [name]"),
        ("jack smith hit her", "[name] hit her"),
        ("my lad kai", "my lad [name]"),
        ("Ruby, 7, is hit", "[name], 7, is hit"),
        ("what about Ruby then", "what about [name] then"),
        ("mr o'neil and dr patel's letter", "mr [name] and dr [name]'s letter"),
        ("Mrs. Kowalska-Nowak said so", "Mrs. [name] said so"),
        ("the nurse J. Smithson came", "the nurse [name] came"),
        ("kayleighs mum", "[name] mum"),
        ("Kayleigh_Smith", "[name]"),
        ("Zsófia’s dad", "[name]’s dad"),
        ("Xyzabel is not seen", "[name] is not seen"),
        ("BOY CALLED KAYDEN IN YR 3", "BOY CALLED [name] IN YR 3"),
        ("mary-jane kowalski", "[name]"),
        ("Caoimhe Ní Dhonnagh is new", "[name] is new"),
        ("name: Kayleigh", "name: [name]"),
        ("has Kayleigh'll be back", "has [name]'ll be back"),
        ("Kayleigh 3/4/2019", "[name] [date of birth]"),
        ("Kayleigh, 3 april 2019", "[name], [date of birth]"),
    ],
)
def test_a_name_is_found_as_people_write_it(
    text: str, expected: str, vocabulary: Vocabulary
) -> None:
    assert masked(text, vocabulary) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I've got a child who won't talk and I'd say it isn't right",
        "mum couldn't have understood, dad wasnt there",
        "my uncle wont let them go, whos to say",
        "they've NFA'd her 4 times",
        "We told her uncle. Action is needed",
        "There's a custody sgt. There is nobody else",
        "who carries out serious case reviews",
        "Two weeks. Five-week-old baby. Years of it",
        "the x-ray was clear",
        "a baby suffocated on a sofa",
        "Negotiator 30 mins off",
        "mark the date, it will rob her of hope, so be frank",
        "in may the grace of the joy",
        "is Leeds near Bradford and not in Kent",
        "HELP WHAT DO I DO ABOUT THE FATHER",
        "Who Should I Challenge When Concerns Are Ignored",
        "the DSL, the LSCB and the IRO",
        "does Ofsted say so, or the Children Act, or Working Together",
        "1 in 4 children under one",
        "J or K",
        "",
    ],
)
def test_a_word_that_is_no_name_is_left(text: str, vocabulary: Vocabulary) -> None:
    assert masked(text, vocabulary) == text


def test_the_names_of_published_reviews_are_nobodys_secret(vocabulary: Vocabulary) -> None:
    text = "what of Victoria Climbié, of baby p and of Daniel Pelka's school, asks Kayleigh"
    assert masked(text, vocabulary) == text.replace("Kayleigh", "[name]")


PLAIN = sorted(
    word for word in english() if word.isalpha() and len(word) > 3 and not is_name_only(word)
)


@settings(max_examples=200)
@given(words=st.lists(st.sampled_from(PLAIN), min_size=1, max_size=8))
def test_ordinary_words_in_small_letters_are_no_names(
    words: list[str], vocabulary: Vocabulary
) -> None:
    text = f"what about the {' the '.join(words)}"
    assert masked(text, vocabulary) == text
