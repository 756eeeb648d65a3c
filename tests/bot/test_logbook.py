"""What is written into the log."""

import json
import logging
import sys
from typing import Any

import pytest

from bot.logbook import Discreet


def written(record: logging.LogRecord) -> dict[str, Any]:
    """The line of a record, without its time."""
    line: dict[str, Any] = json.loads(Discreet().format(record))
    assert line.pop("time").endswith("+00:00")
    return line


def record(name: str, message: str, *values: object) -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, "", 0, message, values, None)


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("handlers.errors", "LookupError in 'questions.py':012"),
        ("telegram.ext.Updater", "… in …:…"),
        ("asyncio", "… in …:…"),
    ],
)
def test_only_the_bots_own_lines_are_written_with_their_values(name: str, event: str) -> None:
    found = record(name, "%s in %r:%03d", "LookupError", "questions.py", 12)
    assert written(found) == {"level": "ERROR", "logger": name, "event": event}


@pytest.mark.parametrize(("name", "told"), [("bot.live", {"why": "full"}), ("telegram", {})])
def test_what_is_told_beside_an_event_is_the_bots_own_alone(
    name: str, told: dict[str, str]
) -> None:
    found = record(name, "records fail")
    found.told = {"why": "full"}
    assert written(found) == {
        "level": "ERROR",
        "logger": name,
        "event": "records fail",
        **told,
    }


def test_of_a_failure_only_its_kind_is_written() -> None:
    try:
        raise LookupError("what a person wrote")
    except LookupError:
        found = logging.LogRecord("telegram", logging.ERROR, "", 0, "Failed", (), sys.exc_info())
    assert written(found) == {
        "level": "ERROR",
        "logger": "telegram",
        "event": "Failed",
        "error": "LookupError",
    }
