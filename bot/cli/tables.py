"""Write a table: as wide as the terminal, or, into a file or a pipe, as wide as can be read."""

from collections.abc import Mapping, Sequence
from typing import Any

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


def _in_words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
