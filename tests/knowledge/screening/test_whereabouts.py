"""Where a child lives or learns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.screening.items import keep_apart, mask
from knowledge.screening.vocabulary import Vocabulary
from knowledge.screening.whereabouts import find_whereabouts
from tests.knowledge.screening.inventing import HOUSES, SCHOOLS, TOLD, Told

ASKED = (
    "who should I challenge about the family, {}, they have not listened",
    "the child {}. do missed appointments matter",
    "what do reviews say of fathers? ({})",
    "{}",
)


def masked(text: str, vocabulary: Vocabulary) -> str:
    return mask(text, keep_apart(find_whereabouts(text, vocabulary)))


@settings(max_examples=60)
@given(told=TOLD["address"], asked=st.sampled_from(ASKED))
def test_an_address_is_found_wherever_it_stands(
    told: Told, asked: str, vocabulary: Vocabulary
) -> None:
    assert masked(asked.format(told.said), vocabulary) == asked.format(told.masked)


@settings(max_examples=60)
@given(
    house=st.sampled_from(HOUSES),
    school=st.sampled_from(SCHOOLS),
    where=st.sampled_from(["goes to {}", "{} told nobody", "a teacher at {} knew"]),
    small=st.booleans(),
)
def test_a_school_with_a_name_is_found(
    house: str, school: str, where: str, small: bool, vocabulary: Vocabulary
) -> None:
    name = f"{house} {school}".lower() if small else f"{house} {school}"
    assert masked(where.format(name), vocabulary) == where.format("[school]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("flat 2 kestrel court", "[address]"),
        ("12a kestrel court, what now", "[address], what now"),
        ("she lives on Foxglove Lane", "she lives on [address]"),
        ("Plot 5, Kestrel Wharf moorings", "[address]"),
        ("he is at 18 Thornmere with gran", "he is at [address] with gran"),
        ("St Mary's RC Primary said so", "[school] said so"),
        ("goes to Kestrel Primary", "goes to [school]"),
        ("he is at meadow infants", "he is at [school]"),
        ("Ysgol Bryn Calder rang", "[school] rang"),
        ("she attends Thornmere", "she attends [school]"),
    ],
)
def test_a_place_is_found_as_people_write_it(
    text: str, expected: str, vocabulary: Vocabulary
) -> None:
    assert masked(text, vocabulary) == expected


@pytest.mark.parametrize(
    "text",
    [
        "what can a primary school do",
        "a special school and a nursery told nobody",
        "Mosque school here",
        "Third school this year, and now senior school",
        "our kid's school wants to know",
        "how fragile are young infants",
        "what puts newborn infants at risk",
        "Newborn infants die",
        "90 mins each way with a pram",
        "2 kids in the street",
        "3 children in the house and 2 in the park",
        "40 weeks on the way",
        "going to court in the end",
        "Every Child Matters, the Children Act and Sure Start",
        "Great Ormond Street said so",
        "drives round in circles on the road",
        "",
    ],
)
def test_a_place_that_is_nobodys_own_is_left(text: str, vocabulary: Vocabulary) -> None:
    assert masked(text, vocabulary) == text
