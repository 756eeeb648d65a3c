"""A question is read with abbreviations opened and slips mended, and it is told what was mended."""

from collections import Counter

import pytest

from knowledge.matching.reading import Glossary, Reading, mend, read
from knowledge.matching.repairing import Repairer
from knowledge.opening import Knowledge

GLOSSARY = Glossary(
    {
        "health visitor": ("hv", "h v", "health vis"),
        "child protection plan": ("cp plan", "cpp"),
        "child": ("bairn",),
    }
)
REPAIRER = Repairer(Counter(["health", "visitor", "child", "protection", "plan", "missed"]))


@pytest.mark.parametrize(
    ("typed", "meant"),
    {
        "the HV": "the health visitor",
        "the h.v. came": "the health visitor came",
        "HV's health vis": "health visitor health visitor",
        "on a CP plan, a cpp": "on a child protection plan a child protection plan",
        "cp without": "cp without",
        "the bairn's cpp": "the child child protection plan",
        "have": "have",
    }.items(),
)
def test_abbreviations_are_opened_the_longest_first(typed: str, meant: str) -> None:
    assert " ".join(read(typed, GLOSSARY).tokens) == meant


def test_a_reading_tells_what_was_mended() -> None:
    plain = read("HV misssed the bairn", GLOSSARY)
    assert mend(plain, GLOSSARY, REPAIRER) == Reading(
        ("hv", "misssed", "the", "bairn"),
        ("health", "visitor", "missed", "the", "child"),
        (("misssed", "missed"),),
        True,
    )


def test_a_word_of_the_glossary_is_never_taken_for_a_slip() -> None:
    assert mend(read("bairn hv cpp", GLOSSARY), GLOSSARY, REPAIRER).repaired == ()


def test_without_a_repairer_a_slip_stays() -> None:
    assert read("misssed", GLOSSARY) == Reading(("misssed",), ("misssed",), (), False)


def test_an_encoder_is_given_the_text_as_typed_where_nothing_was_changed() -> None:
    text = "Missed the child?!"
    assert mend(read(text, GLOSSARY), GLOSSARY, REPAIRER).as_encoded(text) == text


def test_an_encoder_is_given_the_words_meant_where_something_was_changed() -> None:
    text = "HV misssed?!"
    assert (
        mend(read(text, GLOSSARY), GLOSSARY, REPAIRER).as_encoded(text) == "health visitor missed"
    )


def test_no_variant_of_the_content_s_glossary_means_two_things(knowledge: Knowledge) -> None:
    variants = Counter(
        variant for listed in knowledge.handbook.glossary.values() for variant in listed
    )
    assert [variant for variant, times in variants.items() if times > 1] == []


def test_no_known_phrase_is_mended(knowledge: Knowledge) -> None:
    index = knowledge.index
    mended = {text: found for text in index.texts if (found := index.read(text).repaired)}
    assert mended == {}
