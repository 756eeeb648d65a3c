"""Write a table: as wide as the terminal, or, into a file or a pipe, as wide as can be read."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import click

WIDTH = 200
"""Columns of a table that is not written to a terminal."""


def write_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """The rows under the columns' names; long texts are broken, and nothing is cut off."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        *(column.replace("_", " ") for column in columns),
        box=None,
        pad_edge=False,
        header_style="bold",
    )
    for row in rows:
        table.add_row(*(Text(_in_words(row[column])) for column in columns))
    console = Console()
    Console(width=console.width if console.is_terminal else WIDTH).print(table)


def write_markdown(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> None:
    """The same as a Markdown table."""
    heads = [column.replace("_", " ") for column in columns]
    cells = ([_as_cell(row[column]) for column in columns] for row in rows)
    for line in (heads, ["---"] * len(columns), *cells):
        click.echo(f"| {' | '.join(line)} |")


def _as_cell(text: str) -> str:
    """A text that breaks no table and is no markup."""
    return re.sub(r"([\\`*_{}\[\]<>|#~])", r"\\\1", " ".join(text.split()))


def _in_words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
