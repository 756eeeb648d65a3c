"""Write a report into a folder: the page, and its numbers as JSON and CSV."""

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from bot.rendering.report.page import write_page
from knowledge.opening import Knowledge
from knowledge.quality.measures import Asked, Confusion, OfIntent, measure
from knowledge.quality.suites.verdicts import Run


def write(run: Run, knowledge: Knowledge, folder: Path) -> Path:
    """Write `report.html`, `report.json`, `per-intent.csv`, `confusions.csv` and `questions.csv`;
    the page's path. Raises `OSError`.
    """
    measures = measure(run, knowledge)
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "report.html"
    page.write_text(write_page(run, measures, knowledge.content), encoding="utf-8")
    told = {"content": knowledge.content, **asdict(measures)}
    text = json.dumps(_round(told), ensure_ascii=False, indent=2)
    (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    _write_csv(folder / "per-intent.csv", OfIntent, measures.intents)
    _write_csv(folder / "confusions.csv", Confusion, measures.confusions)
    _write_csv(folder / "questions.csv", Asked, measures.asked)
    return page


def _write_csv(path: Path, kind: type[Any], rows: Sequence[Any]) -> None:
    names = [field.name for field in fields(kind)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([_round(getattr(row, name)) for name in names] for row in rows)


def _round(value: Any) -> Any:
    """Every number in a value to four decimals."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _round(one) for key, one in value.items()}
    return [_round(one) for one in value] if isinstance(value, list | tuple) else value
