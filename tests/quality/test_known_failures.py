"""The list of known failures: what is new, what is mended, and how it is written."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.problems import Unsound
from knowledge.quality.known import Compared, Known, compare, place, problems, read, update
from knowledge.quality.suites.verdicts import CHECKS, Verdict
from tests.knowledge.small import write

SUITE = "danger seen in emergency"


def fails(text: str, intent: str = "bruises") -> Verdict:
    return Verdict(CHECKS, text, intent, "not covered", False)


def passes(text: str, intent: str = "bruises") -> Verdict:
    return Verdict(CHECKS, text, intent, intent, True)


def test_a_failure_that_is_not_listed_is_new() -> None:
    found = compare([fails("had school noticed")], (), whole=True)
    assert found == Compared((fails("had school noticed"),), ())


def test_a_failure_that_is_listed_under_its_intent_is_known() -> None:
    known = (Known("bruises", "had school noticed", 3),)
    assert compare([fails("had  school noticed")], known, whole=True) == Compared((), ())


def test_who_mended_a_failure_is_told_to_take_it_out() -> None:
    known = (Known("bruises", "had school noticed", 3),)
    assert compare([passes("had school noticed")], known, whole=True) == Compared((), known)


def test_a_listed_check_that_is_asked_no_more_is_told_too() -> None:
    known = (Known("gone", "a check of old", 3),)
    assert compare([passes("had school noticed")], known, whole=True) == Compared((), known)


def test_who_asks_one_intent_hears_nothing_of_the_others() -> None:
    known = (Known("boards", "what of boards", 3), Known(SUITE, "help", 4))
    assert compare([passes("had school noticed")], known, whole=False) == Compared((), ())


def test_a_new_failure_is_named_at_its_line(tmp_path: Path) -> None:
    folder = write(tmp_path / "content")
    path = folder / "known-failures.yaml"
    (found,) = problems(Compared((fails("had school noticed"),), ()), path, (folder,))
    assert str(found) == (
        f"{folder / 'intents' / 'bruises.yaml'}:9: error: {CHECKS}: 'had school noticed' wants "
        "bruises and gets not covered; mend it, or list it by `python bot.py test --update-known`"
    )


def test_a_mended_failure_is_named_at_its_line_of_the_list(tmp_path: Path) -> None:
    path = tmp_path / "known-failures.yaml"
    (found,) = problems(Compared((), (Known("bruises", "had school noticed", 7),)), path, ())
    assert str(found) == (
        f"{path}:7: error: bruises: 'had school noticed' fails no more, or is asked no more; "
        "take the line out"
    )


def test_what_fails_is_listed_and_other_tiers_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "known-failures.yaml"
    path.write_text("# Ours.\nsemantic:\n  bruises:\n  - one\nlexical:\n  bruises:\n  - two\n")
    update((tmp_path,), "lexical", [fails("three"), passes("two")], whole=True)
    assert path.read_text() == (
        "# Ours.\nlexical:\n  bruises:\n  - three\nsemantic:\n  bruises:\n  - one\n"
    )


def test_listing_one_intent_leaves_the_others_listed(tmp_path: Path) -> None:
    path = tmp_path / "known-failures.yaml"
    path.write_text("lexical:\n  boards:\n  - one\n  bruises:\n  - two\n")
    update((tmp_path,), "lexical", [passes("two")], whole=False)
    assert read(path, "lexical") == (Known("boards", "one", 6),)  # under three lines of comment


@settings(max_examples=20)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1), max_size=5
    )
)
def test_whatever_was_asked_comes_back_from_the_list(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("own")
    found = [fails(text) for text in texts if text.strip()]
    known = read(update((folder,), "lexical", found, whole=True), "lexical")
    assert compare(found, known, whole=True) == Compared((), ())


def test_an_own_folder_has_its_own_list_or_the_built_in_one(tmp_path: Path) -> None:
    built_in = place((tmp_path,))
    (tmp_path / "known-failures.yaml").touch()
    assert (built_in.name, built_in.parent.name) == ("known-failures.yaml", "knowledge")
    assert place((tmp_path,)) == tmp_path / "known-failures.yaml"


def test_a_list_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "known-failures.yaml"
    path.write_text("lexical:\n  bruises: one\n")
    with pytest.raises(Unsound, match=r"known-failures\.yaml:2: .*not a list"):
        read(path, "lexical")
