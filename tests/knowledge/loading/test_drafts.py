"""What is still being written is checked with the rest, and nobody is answered by it."""

from pathlib import Path

from knowledge.caching import keep_handbook, kept_handbook
from knowledge.loading import examine, load
from knowledge.opening import phrases
from knowledge.problems import Problem
from tests.knowledge.small import BOARDS, BRUISES, problems_of, write

DRAFT = f"draft: true\n{BOARDS}"
ALL_UNITS = "correct the id: `python bot.py list units` shows them all"


def folder_with_draft(folder: Path) -> Path:
    """The small content, in which what boards should ask is still being written."""
    return write(folder, {"intents/boards.yaml": DRAFT})


def test_nobody_is_answered_by_a_draft(tmp_path: Path) -> None:
    handbook = load([folder_with_draft(tmp_path)])
    assert [intent.id for intent in handbook.intents] == ["bruises"]
    assert [draft.id for draft in handbook.drafts] == ["boards"]
    assert not handbook.has_intent("boards")


def test_the_matcher_learns_nothing_of_a_draft(tmp_path: Path) -> None:
    handbook = load([folder_with_draft(tmp_path)])
    assert "boards" not in {phrase.intent for phrase in phrases(handbook)}


def test_who_is_answered_is_not_led_to_a_draft_and_the_maintainer_is_told(tmp_path: Path) -> None:
    handbook, warnings = examine([folder_with_draft(tmp_path)])
    assert handbook.intent("bruises").related == ()
    assert warnings == (
        Problem(
            str(tmp_path / "intents" / "bruises.yaml"),
            4,
            "'boards' is a draft and is not shown",
            "finish boards.yaml, or take it out of `related`",
            "warning",
        ),
    )


def test_a_draft_may_lead_to_another_draft(tmp_path: Path) -> None:
    drafts = {"intents/boards.yaml": DRAFT, "intents/bruises.yaml": BRUISES.replace("[boards]", "")}
    other = f"draft: true\n{BRUISES}".replace("who saw", "say who saw").replace("notice", "see")
    handbook, warnings = examine([write(tmp_path, {**drafts, "intents/other.yaml": other})])
    assert ([draft.id for draft in handbook.drafts], warnings) == (["boards", "other"], ())


def test_an_intent_that_is_no_draft_may_say_so(tmp_path: Path) -> None:
    handbook = load([write(tmp_path, {"intents/boards.yaml": f"draft: false\n{BOARDS}"})])
    assert (len(handbook.intents), handbook.drafts) == (2, ())


def test_a_fault_of_a_draft_is_told_like_any_other(tmp_path: Path) -> None:
    faulty = DRAFT.replace("inv/3.1", "another")
    assert problems_of(write(tmp_path, {"intents/boards.yaml": faulty})) == (
        Problem("intents/boards.yaml", 4, "there is no unit 'another'", ALL_UNITS),
    )


def test_content_of_drafts_alone_answers_nobody_and_is_refused(tmp_path: Path) -> None:
    drafts = {"intents/boards.yaml": DRAFT, "intents/bruises.yaml": f"draft: true\n{BRUISES}"}
    assert [p.problem for p in problems_of(write(tmp_path, drafts))] == ["there are no intents"]


def test_a_draft_is_kept_as_one(tmp_path: Path) -> None:
    handbook = load([folder_with_draft(tmp_path)])
    keep_handbook(handbook, "a digest", tmp_path / "kept")
    assert kept_handbook(tmp_path / "kept", "a digest") == handbook
