"""`list`: what the bot knows."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import Program, commands
from bot.rendering.json import citation
from bot.settings import Settings
from knowledge.handbook import Handbook


def listed(*words: str) -> str:
    """What `list` writes."""
    program = Program(Settings(), lambda _: None)
    done = CliRunner().invoke(commands, ["list", *words], obj=program, catch_exceptions=False)
    assert (done.stderr, done.exit_code) == ("", 0)
    return done.stdout


def rows(what: str) -> list[dict[str, Any]]:
    """What `list … --json` writes."""
    found: list[dict[str, Any]] = json.loads(listed(what, "--json"))
    return found


def test_every_intent_is_listed(handbook: Handbook) -> None:
    assert rows("intents") == [
        {
            "id": intent.id,
            "title": intent.title,
            "cites": list(intent.cites),
            "related": list(intent.related),
            "asked": len(intent.asked),
        }
        for intent in handbook.intents
    ]


def test_every_unit_is_listed_with_the_intents_that_cite_it(handbook: Handbook) -> None:
    assert rows("units") == [
        {**citation(unit, handbook), "intents": [i.id for i in handbook.citing(unit)]}
        for unit in handbook.units
    ]


def test_every_report_is_listed_with_its_status(handbook: Handbook) -> None:
    found = rows("sources")
    assert [row["id"] for row in found] == [source.slug for source in handbook.sources]
    assert sum(row["units"] for row in found) == len(handbook.units)
    first = handbook.sources[0]
    assert found[0] == {
        "id": first.slug,
        "title": first.full_title,
        "publisher": first.publisher,
        "year": first.year,
        "status": first.status,
        "as_of": first.as_of,
        "checked_by": first.checked_by or None,
        "review_by": first.review_by,
        "nation": first.nation,
        "units": sum(unit.source == first.slug for unit in handbook.units),
    }


@pytest.mark.parametrize("what", ["sources", "units", "intents"])
def test_a_table_has_a_line_for_each_and_cuts_nothing_off(what: str) -> None:
    table = listed(what)
    starts = [line.split(" ")[0] for line in table.splitlines() if not line.startswith(" ")]
    assert starts == ["id", *(row["id"] for row in rows(what))]
    assert "…" not in table
