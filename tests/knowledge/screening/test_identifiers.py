"""Numbers, dates, registrations and addresses that tell by their form who somebody is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.screening.dates import full_dates
from knowledge.screening.identifiers import find_identifiers
from knowledge.screening.items import keep_apart, mask
from knowledge.screening.vocabulary import Vocabulary
from tests.knowledge.screening.inventing import TOLD, Told

KINDS = (
    "date_of_birth",
    "nhs_number",
    "ni_number",
    "upn",
    "phone",
    "email",
    "postcode",
    "car_registration",
    "case_reference",
)
ASKED = (
    "who should I challenge about {}, they have not listened",
    "is this {}? do missed appointments matter",
    "what do reviews say of fathers ({})",
    "she is 16, {}. what do boards do",
    "{}",
)


def masked(text: str, vocabulary: Vocabulary) -> str:
    return mask(text, keep_apart(find_identifiers(text, vocabulary)))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60)
@given(data=st.data(), asked=st.sampled_from(ASKED))
def test_what_tells_by_its_form_is_found_wherever_it_stands(
    kind: str, data: st.DataObject, asked: str, vocabulary: Vocabulary
) -> None:
    told: Told = data.draw(TOLD[kind])
    assert masked(asked.format(told.said), vocabulary) == asked.format(told.masked)


@pytest.mark.parametrize("kind", ["date_of_birth", "nhs_number", "ni_number", "upn", "phone"])
@settings(max_examples=60)
@given(data=st.data(), after=st.sampled_from(["2 kids at home", "7 yr old lad", "3 of them"]))
def test_a_count_behind_a_number_does_not_hide_it(
    kind: str, data: st.DataObject, after: str, vocabulary: Vocabulary
) -> None:
    told: Told = data.draw(TOLD[kind])
    assert masked(f"{told.said} {after}", vocabulary) == f"{told.masked} {after}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nhs 999 123 45 67", "nhs [nhs number]"),  # its check digit is wrong: as telling
        ("999 853 8602", "[nhs number]"),
        ("999 - 853 - 8602", "[nhs number]"),
        ("999 853\n8602", "[nhs number]"),
        ("NHS9998538602", "NHS[nhs number]"),
        ("QQ 12 34 56 C", "[ni number]"),
        ("qq123456c", "[ni number]"),
        ("ring me on 0 7 7 0 0 9 0 0 1 2 3", "ring me on [phone]"),
        ("07700\n900123", "[phone]"),
        ("(0121) 496 0044", "[phone]"),
        ("(07700 900123)", "([phone])"),
        ("+44 (0)7700 900123", "[phone]"),
        ("her mobile is 496 0044", "her mobile is [phone]"),
        ("A.B-C@example.org.", "[email]."),
        ("<a@example.org>,b@example.org", "<[email]>,[email]"),
        ("ls99 4nd", "[postcode]"),
        ("LS99 3RD", "[postcode]"),
        ("ls994nd", "[postcode]"),
        ("ec1a 1bb", "[postcode]"),
        ("dob 3-4-19", "dob [date of birth]"),
        ("her d.o.b is the 3rd of april", "her d.o.b is the [date of birth]"),
        ("d o b 3 4 2019", "d o b [date of birth]"),
        ("born 03042019", "born [date of birth]"),
        ("3 april 2019 is his birthday", "[date of birth] is his birthday"),
        ("reg'd as 2018-03-27", "reg'd as [date of birth]"),
        ("dob 02.06.2008 2 kids", "dob [date of birth] 2 kids"),
        ("car reg ab12 cat", "car reg [car registration]"),
        ("his number plate is A1 BCD", "his number plate is [car registration]"),
        ("a black golf, QX12 ABC", "a black golf, [car registration]"),
        ("case ref SW-2019", "case ref [case reference]"),
        ("case number: 2024/123", "case number: [case reference]"),
        ("liquid logic 1234567", "liquid logic [case reference]"),
        ("it is SW/10455/B", "it is [case reference]"),
    ],
)
def test_it_is_found_as_people_write_it(text: str, expected: str, vocabulary: Vocabulary) -> None:
    assert masked(text, vocabulary) == expected


@pytest.mark.parametrize(
    "text",
    [
        "from 1 april 2007 to 31 march 2011",
        "the 2005-07 biennial analysis, para 4.10",
        "in 2009/10 there were 147 reviews, 1 in 5",
        "report dated 12/10/2010",
        "the next meeting 3/4/2019",
        "conference on 03.04.2019 at 2pm",
        "10mg of diazepam twice a day",
        "the 15-17s and the 1990s",
        "she is in y7 2nd time excluded",
        "section 47 and section 17, act 1989",
        "a 2 yr old and a 13 yr old",
        "case 12 of 40",
        "corporate caseload 700+",
        "number plate is on 12 may",
        "he weighs 2400g at 36 weeks",
        "call 999 or 101 or 111",
        "GIRL IN YR 10 HAS NOT ATE",
        "covid19 and 5g",
        "@work all day",
        "",
    ],
)
def test_a_number_that_tells_of_nobody_is_left(text: str, vocabulary: Vocabulary) -> None:
    assert masked(text, vocabulary) == text


@pytest.mark.parametrize(
    "number",
    ["0808 800 5000", "08088005000", "0800 1111", "116 123", "+44 808 800 5000", "0808-800-5000"],
)
def test_a_helpline_is_everyones(number: str, vocabulary: Vocabulary) -> None:
    text = f"should I ring {number} 2 times or the police, is number {number} free"
    assert masked(text, vocabulary) == text


def test_a_date_is_full_with_its_year() -> None:
    text = "3/4/2019, 3 april, 3 april 2019, 2019"
    assert [text[start:end] for start, end in full_dates(text)] == ["3/4/2019", "3 april 2019"]
