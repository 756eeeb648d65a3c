"""Listed wordings are found as whole words, however they are typed."""

import pytest

from knowledge.matching.wording import has_any, line

WORDINGS = ("c++ group", "don't know", "teen", "teen mum")


@pytest.mark.parametrize("text", ["a TEEN mum", "teen", "I don’t know", "i dont know", "teen-mum"])
def test_a_wording_is_found(text: str) -> None:
    assert has_any(WORDINGS, line(text))


@pytest.mark.parametrize("text", ["teenager", "canteen", "know", "", "c group"])
def test_part_of_a_word_is_no_wording(text: str) -> None:
    assert has_any(WORDINGS, line(text)) is (text == "c group")


def test_no_wordings_are_never_found() -> None:
    assert not has_any((), line("anything"))


def test_tokens_are_read_like_a_text() -> None:
    assert line(("teen", "mum")) == line("Teen mum!") == " teen mum "
