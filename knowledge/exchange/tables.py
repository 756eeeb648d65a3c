"""The content's questions as a `text,intent` file. It is read by `quality.questions`."""

import csv
from collections.abc import Iterable
from pathlib import Path


def write(path: Path, lines: Iterable[tuple[str, str]]) -> None:
    """Write texts and their intents. Raises `OSError`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("text", "intent"))
        table.writerows(lines)
