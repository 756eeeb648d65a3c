"""`list`: what the bot knows."""

import json
from typing import Any

import click

from bot.cli import Program
from bot.rendering.json import citation
from knowledge.handbook import Handbook
from knowledge.opening import open_handbook
from knowledge.places import SHIPPED


@click.command("list")
@click.argument("what", type=click.Choice(["sources", "units", "intents"]))
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
@click.pass_obj
def list_command(program: Program, what: str, as_json: bool) -> None:
    """List the reports, the units of guidance in them, or the intents.

    \b
    python bot.py list sources
    python bot.py list units --json
    """
    handbook, _ = open_handbook(
        program.settings.content_dirs, (SHIPPED, program.settings.cache_dir)
    )
    rows = {"sources": _sources, "units": _units, "intents": _intents}[what](handbook)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        write_table(
            rows,
            {"sources": _SOURCE_COLUMNS, "units": _UNIT_COLUMNS, "intents": _INTENT_COLUMNS}[what],
        )


_SOURCE_COLUMNS = ("id", "title", "publisher", "year", "status", "as_of", "review_by", "units")
_UNIT_COLUMNS = ("id", "kind", "addressed_to", "locator", "text")
_INTENT_COLUMNS = ("id", "title", "cites", "asked")


def _sources(handbook: Handbook) -> list[dict[str, Any]]:
    return [
        {
            "id": source.slug,
            "title": source.full_title,
            "publisher": source.publisher,
            "year": source.year,
            "status": source.status,
            "as_of": source.as_of,
            "checked_by": source.checked_by or None,
            "review_by": source.review_by,
            "nation": source.nation,
            "units": sum(unit.source == source.slug for unit in handbook.units),
        }
        for source in handbook.sources
    ]


def _units(handbook: Handbook) -> list[dict[str, Any]]:
    return [
        {**citation(unit, handbook), "intents": [intent.id for intent in handbook.citing(unit)]}
        for unit in handbook.units
    ]


def _intents(handbook: Handbook) -> list[dict[str, Any]]:
    return [
        {
            "id": intent.id,
            "title": intent.title,
            "cites": list(intent.cites),
            "related": list(intent.related),
            "asked": len(intent.asked),
        }
        for intent in handbook.intents
    ]


def write_table(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    """A table of these columns; each row has a value for each."""
    from rich.console import Console
    from rich.table import Table

    table = Table(
        *(column.replace("_", " ") for column in columns),
        box=None,
        pad_edge=False,
        header_style="bold",
    )
    for row in rows:
        table.add_row(
            *(", ".join(row[c]) if isinstance(row[c], list) else str(row[c]) for c in columns)
        )
    console = Console()
    Console(width=console.width if console.is_terminal else 200).print(table)
