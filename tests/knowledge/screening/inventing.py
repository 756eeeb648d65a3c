"""Invent what identifies a person: of every kind, as people write it, and nobody's."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from knowledge.places import BUILT_IN, SHIPPED
from knowledge.screening.vocabulary import listed

IN_USE = frozenset(
    chain.from_iterable(
        re.findall(r"[^\W\d_]+", path.read_text(encoding="utf-8").lower())
        for path in (SHIPPED / "handbook.json", BUILT_IN / "personal-data.yaml")
    )
)
"""Words of the content: a name among them may stand in any answer."""


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of a message that tells who somebody is."""

    words: str
    """With each secret as `{kind}`."""
    secrets: Mapping[str, str]
    """By kind."""

    @property
    def said(self) -> str:
        """The words as they are typed."""
        return self.words.format(**self.secrets)

    @property
    def masked(self) -> str:
        """The words as they may be shown."""
        return self.words.format(**{kind: f"[{kind.replace('_', ' ')}]" for kind in self.secrets})

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the secrets, in the order of the words."""
        return tuple(re.findall(r"{(\w+)}", self.words))


def _one(kind: str, secret: SearchStrategy[str], *words: str) -> SearchStrategy[Told]:
    """A secret of a kind in some words, by itself where there are none."""
    of_kind = [text.replace("{}", f"{{{kind}}}") for text in words or ("{}",)]
    return st.builds(lambda said, text: Told(said, {kind: text}), st.sampled_from(of_kind), secret)


def _digits(count: int) -> SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def _letters(count: int, of: str = "ABCDEFGHJKLMNPRSTUVWXY") -> SearchStrategy[str]:
    return st.text(of, min_size=count, max_size=count)


@st.composite
def nhs_numbers(draw: st.DrawFn) -> str:
    """Ten digits from 999 on, which is never given out, with their check digit."""
    first = f"999{draw(_digits(6))}"
    check = 11 - sum(int(digit) * (10 - at) for at, digit in enumerate(first)) % 11
    if check == 10:
        first, check = f"{first[:8]}{(int(first[8]) + 1) % 10}", 0
        check = 11 - sum(int(digit) * (10 - at) for at, digit in enumerate(first)) % 11
    number = f"{first}{check % 11}"
    gap = draw(st.sampled_from(["", " ", "-", " - "]))
    return gap.join((number[:3], number[3:6], number[6:]))


@st.composite
def upns(draw: st.DrawFn) -> str:
    """A unique pupil number of no authority, with its check letter."""
    digits = f"999{draw(_digits(9))}"
    weighed = sum(int(digit) * weight for weight, digit in enumerate(digits, 2))
    text = f"{'ABCDEFGHJKLMNPQRTUVWXYZ'[weighed % 23]}{digits}"
    return draw(st.sampled_from([text, text.lower()]))


@st.composite
def ni_numbers(draw: st.DrawFn) -> str:
    """Letters that are never given out, six digits, a letter; together or in pairs."""
    digits, start = draw(_digits(6)), draw(st.sampled_from("QQ BG GB KN NK NT TN ZZ".split()))
    pairs = (start, digits[:2], digits[2:4], digits[4:], draw(_letters(1, "ABCD")))
    text = draw(st.sampled_from(["", " "])).join(pairs)
    return draw(st.sampled_from([text, text.lower()]))


@st.composite
def phones(draw: st.DrawFn) -> str:
    """A number that is kept for drama, as people group it."""
    start, last = draw(
        st.sampled_from(
            [
                ("07700 900", 3),
                ("020 7946 0", 3),
                ("0113 496 0", 3),
                ("0161 496 0", 3),
                ("0191 498 0", 3),
                ("01632 960", 3),
                ("028 9649 6", 3),
                ("029 2018 0", 3),
                ("08081 570", 3),
            ]
        )
    )
    number = f"{start}{draw(_digits(last))}"
    area, _, rest = number.partition(" ")
    return draw(
        st.sampled_from(
            [
                number,
                number.replace(" ", ""),
                number.replace(" ", "-"),
                f"({area}) {rest}",
                f"+44 {number[1:]}",
                f"+44{number[1:].replace(' ', '')}",
            ]
        )
    )


@st.composite
def emails(draw: st.DrawFn) -> str:
    """An address where nobody has one."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    parts = draw(st.lists(st.text(letters, min_size=1, max_size=8), min_size=1, max_size=3))
    local = draw(st.sampled_from([".", "_", "-", "+", "'"])).join(parts)
    host = draw(st.sampled_from(["example.org", "mail.example.org", "EXAMPLE.ORG"]))
    return f"{local}@{host}"


@st.composite
def postcodes(draw: st.DrawFn) -> str:
    """A postcode of a real form, in capitals or not."""
    area = draw(st.sampled_from("B BD CF E EC HU LS M N NE OL S SW W WF YO".split()))
    district = draw(st.sampled_from(["1", "9", "10", "99", *(["1A"] if area in "ECSW" else [])]))
    inward = f"{draw(_digits(1))}{draw(_letters(2, 'ABDEFGHJLNPQRSTUWXYZ'))}"
    text = f"{area}{district}{draw(st.sampled_from(['', ' ']))}{inward}"
    return draw(st.sampled_from([text, text.lower()]))


HOUSES = "Ashgarth Foxglove Kestrel Larkspur Penwell Heronsgate Thornmere Calderbeck".split()
"""Of no town, as far as anybody knows."""
STREETS = "Road Rd Street St Lane Close Avenue Ave Drive Way Court Crescent Terrace Grove".split()
SCHOOLS = ("Primary School", "Academy", "High School", "Infant School", "Nursery", "College")


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """A house number and a street, perhaps with a flat."""
    flat = draw(st.sampled_from(["", "Flat 2, ", "flat 3b "]))
    street = f"{draw(st.sampled_from(HOUSES))} {draw(st.sampled_from(STREETS))}"
    text = f"{draw(st.integers(1, 299))} {street}"
    return flat + draw(st.sampled_from([text, text.lower()]))


@st.composite
def plates(draw: st.DrawFn) -> str:
    """A registration of now or of the last century."""
    now = st.builds(
        "{}{}".format, _letters(2), st.sampled_from(["02", "12", "24", "51", "68", "74"])
    )
    then = st.builds("{}{}".format, _letters(1), st.integers(1, 999))
    first, rest = draw(st.one_of(now, then)), draw(_letters(3))
    gap = draw(st.sampled_from(["", " "]))
    text = f"{first}{gap}{rest}"
    return draw(st.sampled_from([text, text.lower()]))


@st.composite
def case_references(draw: st.DrawFn) -> str:
    """Digits with letters, strokes or hyphens, as each system makes them."""
    letters, number = draw(_letters(2, "CFHJLMRSVW")), draw(st.integers(10_000, 999_999))
    year = draw(st.sampled_from(["19", "24"]))
    return draw(
        st.sampled_from(
            [
                f"{number}",
                f"{letters}{number}",
                f"{letters}-{number}",
                f"{letters}/{number}/{year}",
                f"{number}/{year}",
                f"{letters}-{year}{number}",
            ]
        )
    )


@st.composite
def births(draw: st.DrawFn) -> str:
    """A day, as people write it."""
    day = draw(st.dates(min_value=_day(2008), max_value=_day(2022)))
    return draw(
        st.sampled_from(
            [
                f"{day.day}/{day.month}/{day.year}",
                f"{day:%d.%m.%Y}",
                f"{day:%d-%m-%y}",
                f"{day:%Y-%m-%d}",
                f"{day.day} {day.month} {day.year}",
                f"{day.day} {day:%B} {day.year}",
                f"{day.day}th {day:%b} {day:%y}",
            ]
        )
    )


def _day(year: int) -> date:
    return date(year, 1, 1)


GIVEN = sorted(
    name
    for name in listed("given-names") - listed("names-that-are-words") - listed("places") - IN_USE
    if len(name) > 3 and name.isalpha()
)
SURNAMES = sorted(name for name in listed("surnames") - IN_USE if len(name) > 3 and name.isalpha())


@st.composite
def names(draw: st.DrawFn) -> str:
    """A given name, or one with a surname."""
    given, surname = draw(st.sampled_from(GIVEN)), draw(st.sampled_from(SURNAMES))
    text = draw(st.sampled_from([given, f"{given} {surname}"]))
    return draw(st.sampled_from([text, text.title()]))


@st.composite
def pupils(draw: st.DrawFn) -> Told:
    """A child and its school."""
    school = f"{draw(st.sampled_from(HOUSES))} {draw(st.sampled_from(SCHOOLS))}"
    return Told(
        draw(st.sampled_from(["{name} goes to {school}", "{name} (at {school})"])),
        {
            "name": draw(st.sampled_from(GIVEN)).title(),
            "school": draw(st.sampled_from([school, school.lower()])),
        },
    )


TOLD: Mapping[str, SearchStrategy[Told]] = {
    "name": _one("name", names(), "a boy called {}", "called {}", "her mum's named {}"),
    "date_of_birth": _one("date_of_birth", births(), "dob {}", "DOB: {}", "born {}", "d.o.b. {}"),
    "nhs_number": _one("nhs_number", nhs_numbers(), "{}", "NHS no {}"),
    "ni_number": _one("ni_number", ni_numbers()),
    "upn": _one("upn", upns(), "{}", "UPN {}"),
    "phone": _one("phone", phones(), "{}", "ring me on {}", "tel: {}"),
    "email": _one("email", emails()),
    "postcode": _one("postcode", postcodes()),
    "address": _one("address", addresses(), "lives at {}", "{}"),
    "school": pupils(),
    "car_registration": _one("car_registration", plates(), "car reg {}"),
    "case_reference": _one("case_reference", case_references(), "case ref {}"),
}
"""Of every kind what may be told."""
