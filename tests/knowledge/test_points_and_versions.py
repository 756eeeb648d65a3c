"""What an answer shows, and how a change of it is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.caching import keep_handbook
from knowledge.handbook import Handbook
from knowledge.loading import load
from knowledge.opening import open_handbook
from tests.knowledge.small import BOARDS, BRUISES, SOURCE, small_handbook, write


@pytest.fixture
def small(tmp_path: Path) -> Handbook:
    return small_handbook(tmp_path)


def shown(handbook: Handbook, *cites: str) -> tuple[str, ...]:
    """The ids of the units that an intent with these citations shows."""
    intent = replace(handbook.intents[0], cites=cites)
    return tuple(unit.id for unit in handbook.points(intent))


def test_a_unit_is_followed_by_what_it_must_not_stand_without(small: Handbook) -> None:
    assert shown(small, "inv/1.1", "inv/3.1") == ("inv/1.1", "inv/2.1", "inv/3.1")


def test_a_unit_that_is_needed_and_cited_is_shown_once_and_where_it_comes_first(
    small: Handbook,
) -> None:
    assert shown(small, "inv/2.1", "inv/3.1", "inv/1.1") == ("inv/2.1", "inv/3.1", "inv/1.1")
    assert shown(small, "inv/1.1", "inv/2.1") == ("inv/1.1", "inv/2.1")


def test_what_a_needed_unit_needs_itself_is_shown_too(tmp_path: Path) -> None:
    source = SOURCE.replace("kind: statistic", "kind: statistic\n    with: [inv/3.1]")
    chained = small_handbook(tmp_path, {"sources/invented.yaml": source})
    assert shown(chained, "inv/1.1") == ("inv/1.1", "inv/2.1", "inv/3.1")


def test_two_units_that_need_each_other_are_shown_together(tmp_path: Path) -> None:
    source = SOURCE.replace("kind: statistic", "kind: statistic\n    with: [inv/1.1]")
    entwined = small_handbook(tmp_path, {"sources/invented.yaml": source})
    assert shown(entwined, "inv/2.1") == ("inv/2.1", "inv/1.1")


def test_no_unit_of_the_content_is_shown_without_what_it_needs(handbook: Handbook) -> None:
    for intent in handbook.intents:
        points = handbook.points(intent)
        ids = {unit.id for unit in points}
        assert len(ids) == len(points)
        assert ids >= {needed for unit in points for needed in unit.shown_with}


def test_an_intent_is_found_from_the_units_that_it_cites(small: Handbook) -> None:
    assert [i.id for i in small.citing(small.unit("inv/1.1"))] == ["boards", "bruises"]
    assert small.citing(small.unit("inv/2.1")) == ()


def test_a_board_is_addressed_only_where_nobody_else_is(small: Handbook) -> None:
    unit = small.unit("inv/3.1")
    assert unit.for_boards
    assert not replace(unit, addressed_to=("practitioners", "boards")).for_boards


def version(handbook: Handbook, intent: str = "bruises") -> str:
    return handbook.version(handbook.intent(intent))


SHOWN = {
    "the title": {"intents/bruises.yaml": BRUISES.replace("Who had", "Had anyone")},
    "the lead": {"intents/bruises.yaml": BRUISES.replace("teachers", "heads")},
    "which units": {"intents/bruises.yaml": BRUISES.replace("[inv/1.1]", "[inv/1.1, inv/3.1]")},
    "the order of units": {"intents/bruises.yaml": BRUISES.replace("inv/1.1", "inv/2.1, inv/1.1")},
    "what is related": {"intents/bruises.yaml": BRUISES.replace("related: [boards]\n", "")},
    "a related title": {"intents/boards.yaml": BOARDS.replace("What should", "What must")},
    **{
        f"{old} as {new}": {"sources/invented.yaml": SOURCE.replace(old, new, 1)}
        for old, new in {
            "Teachers had seen": "Teachers saw",
            "7 of 12": "8 of 12",
            "paragraph 4.10": "paragraph 4.1",
            "kind: finding": "kind: comment",
            "[practitioners]": "[all]",
            "concerns: [education]": "concerns: [police]",
            "[unborn, under-1]": "[unborn]",
            "page is unnumbered": "page has no number",
            "a sample": "samples",
            "short: Invented": "short: Made-up",
            "Nobody": "No one",
            "year: 2010": "year: 2011",
            "March 2010": "May 2010",
            "2009-2010": "2008-2009",
            "England": "Wales",
            "historic": "superseded",
            "2026-01-31": "2026-02-28",
            "2027-01-31": "2027-02-28",
            'checked_by: ""': "checked_by: a named nurse",
            "the summary": "the leaflet",
            "It was invented.": "It is not real.",
        }.items()
    },
}


@pytest.mark.parametrize("what", SHOWN)
def test_an_answer_s_version_changes_with_whatever_it_shows(
    what: str, small: Handbook, tmp_path: Path
) -> None:
    assert version(small_handbook(tmp_path, SHOWN[what])) != version(small)


def test_an_answer_s_version_does_not_change_with_what_it_does_not_show(
    small: Handbook, tmp_path: Path
) -> None:
    unseen = {
        "intents/bruises.yaml": BRUISES.replace("who saw", "who noticed").replace(
            "had sch", "did sch"
        ),
        "intents/boards.yaml": BOARDS.replace("They should", "They must").replace(", inv/1.1", ""),
        "intents/staff.yaml": BOARDS.replace("board", "staff"),
        "sources/invented.yaml": SOURCE.replace("Boards should ask", "Boards must ask"),
    }
    assert version(small_handbook(tmp_path, unseen)) == version(small)


def test_a_version_is_eight_hexadecimal_digits(handbook: Handbook) -> None:
    for intent in handbook.intents:
        found = handbook.version(intent)
        assert len(found) == 8
        assert set(found) <= set("0123456789abcdef")


def test_a_handbook_that_was_kept_is_the_one_that_was_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "content")
    read, digest = open_handbook([folder], [])
    keep_handbook(read, digest, tmp_path / "cache")
    kept, again = open_handbook([folder], [tmp_path / "cache"])
    assert (kept, again) == (load([folder]), digest)
    assert version(kept) == version(read)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"content": 1}'])
def test_a_damaged_keepsake_is_not_believed(damage: bytes, tmp_path: Path) -> None:
    folder = write(tmp_path / "content")
    (tmp_path / "handbook.json").write_bytes(damage)
    assert open_handbook([folder], [tmp_path])[0] == load([folder])


def test_a_handbook_kept_of_other_content_is_not_believed(tmp_path: Path) -> None:
    folder = write(tmp_path / "content")
    keep_handbook(*open_handbook([folder], []), tmp_path)
    write(folder, {"intents/bruises.yaml": BRUISES.replace("teachers", "heads")})
    assert open_handbook([folder], [tmp_path])[0].intent("bruises").lead == "The heads had."
