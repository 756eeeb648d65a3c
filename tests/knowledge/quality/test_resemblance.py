"""A maintainer is shown what is asked in all but the same words in two places."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from knowledge.matching.normalising import tokenise
from knowledge.problems import Problem
from knowledge.quality.soundness.check import check
from knowledge.quality.soundness.resemblance import ALIKE, Asked, near_copies
from tests.knowledge.small import BRUISES, NOT_COVERED, write


def asked(text: str, owner: str) -> Asked:
    """A way of asking of an owner."""
    return Asked(text, owner, "", tokenise(text))


def shown(folder: Path, **changed: str) -> list[Problem]:
    """The near-copies of the small content with changed files."""
    write(folder, {path.replace("__", "/"): text for path, text in changed.items()})
    return [p for p in check([folder], None, ())[1] if p.mend == "keep one"]


def test_copies_in_two_intents_are_shown_side_by_side(tmp_path: Path) -> None:
    copied = BRUISES.replace("who saw the bruises", "What shuld boards ask?")
    first = tmp_path / "intents" / "boards.yaml"
    assert shown(tmp_path, **{"intents/bruises.yaml": copied}) == [
        Problem(
            str(tmp_path / "intents" / "bruises.yaml"),
            6,
            "'What shuld boards ask?' (intent bruises) and 'what should boards ask' "
            f"(intent boards, {first}:5) differ in one letter",
            "keep one",
            "warning",
        )
    ]


def test_a_copy_of_what_is_not_covered_is_shown(tmp_path: Path) -> None:
    copied = NOT_COVERED.replace("is it a crime", "questions to the board")
    found = shown(tmp_path, **{"not-covered.yaml": copied})
    first = tmp_path / "intents" / "boards.yaml"
    assert [(p.line, p.problem) for p in found] == [
        (
            11,
            "'questions to the board' (not covered) and 'questions for the board' "
            f"(intent boards, {first}:6) differ in 2 letters",
        )
    ]


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [
        ("who tells the police", "who tells the police then", None),
        ("who tells the police", "Who tell the police?", 1),
        ("is it asked of fathers", "of fathers, is it asked", 0),
        ("what was said in 2010", "what was said in 2011", None),
        ("what was said in 2010", "what was sayd in 2010", 1),
        ("recommendation 4 of 12", "recommendation 12 of 4", 0),
        ("hv", "gp", None),
        ("🙂", "🙂🙂", 0),
    ],
)
def test_what_counts_as_a_copy(one: str, other: str, letters: int | None) -> None:
    found = [pair.letters for pair in near_copies((asked(one, "a"), asked(other, "b")))]
    assert found == ([] if letters is None else [letters])


def test_an_intent_may_ask_one_thing_in_much_the_same_words() -> None:
    assert (
        near_copies((asked("who tells the police", "a"), asked("who tell the police", "a"))) == ()
    )


@settings(max_examples=30)
@given(st.lists(st.text("ab ", min_size=8, max_size=24), max_size=12))
def test_of_many_texts_all_copies_are_found(texts: list[str]) -> None:
    many = [asked(text, str(n)) for n, text in enumerate(texts)]

    def is_copy(one: Asked, other: Asked) -> bool:
        read = " ".join(one.words), " ".join(other.words)
        alike = Levenshtein.normalized_similarity(*read) >= ALIKE
        return alike or sorted(one.words) == sorted(other.words)

    assert [(pair.one, pair.other) for pair in near_copies(many)] == [
        (one, other) for n, one in enumerate(many) for other in many[n + 1 :] if is_copy(one, other)
    ]
