"""What is written into the log."""

import logging
import sys

import pytest

from bot.logbook import Discreet


def record(name: str, message: str, *values: object) -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, "", 0, message, values, None)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("handlers.errors", "ERROR handlers.errors LookupError in questions.py:12"),
        ("telegram.ext.Updater", "ERROR telegram.ext.Updater … in …:…"),
        ("asyncio", "ERROR asyncio … in …:…"),
    ],
)
def test_only_the_bots_own_lines_are_written_with_their_values(name: str, line: str) -> None:
    found = record(name, "%s in %r:%03d", "LookupError", Raw("questions.py"), 12)
    written = Discreet().format(found)
    assert written.partition(" ERROR")[2] == line.partition("ERROR")[2].replace(":12", ":012")


class Raw(str):
    """A text that `%r` writes without quotes."""

    def __repr__(self) -> str:
        return str(self)


def test_of_a_failure_only_its_kind_is_written() -> None:
    try:
        raise LookupError("what a person wrote")
    except LookupError:
        found = logging.LogRecord("telegram", logging.ERROR, "", 0, "Failed", (), sys.exc_info())
    assert Discreet().format(found).endswith(" ERROR telegram Failed (LookupError)")
