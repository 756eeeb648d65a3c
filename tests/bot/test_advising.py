"""Who has changed the content is told what has to follow."""

from pathlib import Path

from bot.cli.advising import next_steps
from knowledge.places import BUILT_IN

RUNS = "then /reload where the bot runs"


def test_what_teaches_makes_the_calibration_stale_and_the_built_in_content_the_index(
    tmp_path: Path,
) -> None:
    read = (BUILT_IN, tmp_path)
    assert [next_steps(folder, read) for folder in read] == [
        f"Next: python bot.py check, then index and calibrate, {RUNS}",
        f"Next: python bot.py check, then calibrate, {RUNS}",
    ]


def test_what_teaches_nothing_is_only_checked(tmp_path: Path) -> None:
    read = (BUILT_IN, tmp_path)
    assert [next_steps(folder, read, teaches=False) for folder in read] == [
        "Next: python bot.py check, then index",
        "Next: python bot.py check",
    ]


def test_a_folder_that_the_bot_does_not_read_has_to_be_named(tmp_path: Path) -> None:
    assert next_steps(tmp_path, (BUILT_IN,)) == (
        f"Next: put {tmp_path} into KNOWLEDGE_DIRS, then python bot.py check, then calibrate"
    )
