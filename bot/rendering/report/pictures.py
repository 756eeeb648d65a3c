"""Draw the pictures of a report: SVG that fetches nothing, with words for who cannot see it."""

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

import pygal
from pygal.style import Style

from knowledge.quality.measures import Bar, Bin, Measures, Point

FONT = "sans-serif"
WIDTH, HEIGHT, LETTERS = 600, 440, 17
"""So that letters can be read where a phone shows the picture at 60 %."""
BLUE, ORANGE, GREY, GREEN = "#0b5394", "#b45f06", "#767676", "#38761d"
"""Told apart by those who see no red or green; 4.5 to 1 on white at least."""


def draw_coverage(measures: Measures) -> str:
    """Accuracy against coverage, with what is in use."""
    chart = _chart(pygal.XY, "coverage", (BLUE, ORANGE, GREEN, GREY))
    chart.x_title, chart.y_title = "of the covered questions, answered", "of these, right"
    chart.x_labels = [n / 5 for n in range(6)]
    curve = [point for point in measures.curve if point.coverage]
    chart.add("by threshold", _line(curve), show_dots=False)
    answer, shown = measures.answer_at, measures.shown
    for title, point in (
        (f"guidance, in use: from {answer.threshold:.2f}", answer),
        ("guidance or a choice, in use", shown),
        (f"guidance, if strict: from {measures.strict.threshold:.2f}", measures.strict),
    ):
        chart.add(title, _line([point]), stroke=False, dots_size=8)
    told = (
        f"With the threshold in use, {answer.coverage:.0%} of the covered questions get guidance, "
        f"and {answer.accuracy:.0%} of these get the right one."
    )
    return _finish(chart, f"Accuracy against coverage. {told}")


def _line(points: Sequence[Point]) -> list[tuple[float, float]]:
    return [(point.coverage, point.accuracy) for point in points]


def draw_histogram(bars: Sequence[Bar]) -> str:
    """How many questions were how sure."""
    chart = _chart(pygal.StackedBar, "histogram", (BLUE, ORANGE, GREY))
    chart.x_labels = [f"{bar.confidence:.1f}" for bar in bars]
    chart.x_title, chart.y_title = "confidence, from", "questions"
    chart.value_formatter = lambda count: f"{count:,.0f}"
    chart.add("right", [bar.right for bar in bars])
    chart.add("wrong", [bar.wrong for bar in bars])
    chart.add("not covered", [bar.not_covered for bar in bars])
    return _finish(chart, "How many questions were how sure, right, wrong and not covered.")


def draw_calibration(bins: Sequence[Bin]) -> str:
    """What was claimed against what came true."""
    chart = _chart(pygal.XY, "calibration", (GREY, BLUE))
    chart.x_title, chart.y_title = "confidence", "of these, right"
    chart.x_labels = chart.y_labels = [n / 5 for n in range(6)]
    chart.add("as claimed", [(0, 0), (1, 1)], show_dots=False)
    found = [(one.confidence, one.right) for one in bins]
    chart.add("as it was", found, dots_size=5)
    told = "; ".join(f"{confidence:.0%}: {right:.0%}" for confidence, right in found)
    return _finish(chart, f"Confidence, and the share that was right: {told}.")


def _chart(kind: Any, name: str, colours: Sequence[str]) -> Any:
    letters = {
        f"{what}_font_size": LETTERS
        for what in ("label", "major_label", "title", "legend", "value", "tooltip", "no_data")
    }
    chart = kind(
        js=[],
        style=Style(
            background="#fff",
            plot_background="#fff",
            foreground="#222",
            foreground_strong="#222",
            foreground_subtle="#555",
            colors=tuple(colours),
            font_family=FONT,
            guide_stroke_color="#ccc",
            major_guide_stroke_color="#ccc",
            guide_stroke_dasharray="",
            major_guide_stroke_dasharray="",
            stroke_width="3" if kind is pygal.XY else "0",
            opacity="1",
            stroke_opacity="1",
            transition="0s",
            **letters,
        ),
        width=WIDTH,
        height=HEIGHT,
        margin_bottom=LETTERS * 2,  # else the legend is cut
        legend_at_bottom=True,
        legend_at_bottom_columns=1 if name == "coverage" else len(colours),
        value_formatter=lambda share: f"{share:.0%}",
        x_value_formatter=lambda share: f"{share:.0%}",
        disable_xml_declaration=True,
    )
    chart.uuid = name  # else another one at each drawing
    return chart


def _finish(chart: Any, told: str) -> str:
    """The drawing without what only a script would use."""
    root = chart.render_tree()
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.rpartition("}")[2] in ("script", "desc"):
                parent.remove(child)
    root.set("role", "img")
    root.set("aria-label", told)
    return ET.tostring(root, encoding="unicode")
