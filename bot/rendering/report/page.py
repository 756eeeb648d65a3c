"""Lay out a report as one page that needs nothing besides itself."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.rendering.report.pictures import draw_calibration, draw_coverage, draw_histogram
from knowledge.quality.measures import Asked, Confusion, Measures
from knowledge.quality.suites.verdicts import Run, by_suite

WORST = 40
"""Questions that the page shows; the files have all."""


@dataclass(frozen=True, slots=True)
class Suite:
    """A line of the first table."""

    name: str
    asked: int
    right: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The confusions as a table: only rows and columns that have any."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    most: int


def write_page(run: Run, measures: Measures, content: str) -> str:
    """The page as HTML; `content` is the digest of what was judged."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = "{:.1%}".format
    environment.filters["whole"] = lambda share: "–" if share is None else f"{share:.0%}"
    astray = [one for one in measures.asked if one.end == "astray"]
    return environment.get_template("page.html").render(
        measures=measures,
        content=content[:12],
        suites=_suites(run),
        heat=_heat_map(measures.confusions),
        worst=astray[:WORST],
        astray=len(astray),
        ends=_ends(measures.asked),
        coverage=Markup(draw_coverage(measures)),
        histogram=Markup(draw_histogram(measures.histogram)),
        calibration=Markup(draw_calibration(measures.calibration)),
    )


def _suites(run: Run) -> list[Suite]:
    return [
        Suite(name, len(found), sum(verdict.right for verdict in found))
        for name, found in by_suite(run.verdicts).items()
    ]


def _ends(asked: Sequence[Asked]) -> Counter[str]:
    return Counter(one.end for one in asked)


def _heat_map(confusions: Sequence[Confusion]) -> HeatMap:
    """Rows and columns with the most confusions first."""
    wanted: Counter[str] = Counter()
    got: Counter[str] = Counter()
    cells: Counter[tuple[str, str]] = Counter()
    for one in confusions:
        wanted[one.wanted] += one.questions
        got[one.got] += one.questions
        cells[one.wanted, one.got] += one.questions
    columns = tuple(name for name, _ in got.most_common())
    rows = tuple(
        (name, tuple(cells[name, column] for column in columns)) for name, _ in wanted.most_common()
    )
    return HeatMap(columns, rows, max(cells.values(), default=0))
