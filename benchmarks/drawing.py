"""Show the comparison: a progress line, a table, and pictures without any library."""

import sys
from collections.abc import Mapping, Sequence
from html import escape
from math import log10
from pathlib import Path
from typing import Any

Results = Mapping[str, Mapping[str, Mapping[str, float]]]
BEGIN, END = "<!-- comparison -->", "<!-- end of comparison -->"
_COLOURS = ("#0b5394", "#3d85c6", "#38761d", "#b45f06", "#bf9000", "#741b47", "#a64d79", "#666666")


def show(done: int, of: int, what: str) -> None:
    """A progress bar on standard error."""
    filled = 30 * (done - 1) // of
    line = f"\r{'█' * filled}{'░' * (30 - filled)} {done}/{of} {what:<44}"
    print(line, end="\n" if done == of else "", file=sys.stderr, flush=True)


def table(results: Results, sizes: Sequence[int]) -> list[str]:
    """The table in Markdown."""
    heads = ["", "accuracy", "with typos", "among 3", "AUROC"]
    heads += [f"ms at {size:,}" for size in sizes]
    heads += [f"MB at {size:,}" for size in sizes] + ["import ms"]
    lines = ["| " + " | ".join(heads) + " |", "| --- |" + " ---: |" * (len(heads) - 1)]
    for name, found in results.items():
        quality = found["quality"]
        cells = [
            f"{100 * quality[key]:.1f}"
            for key in ("accuracy", "accuracy_typos", "recall_at_3", "auroc")
        ]
        for key, digits in (("p50_ms", 1), ("memory_mb", 0)):
            at_size = [found.get(str(size)) for size in sizes]
            cells += ["" if run is None else f"{run[key]:.{digits}f}" for run in at_size]
        cells.append(f"{min(run['import_ms'] for run in found.values()):.0f}")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def write(results: Results, sizes: Sequence[int], docs: Path) -> None:
    """The table into `matching.md`, and the pictures beside it."""
    page = docs / "matching.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    filled = "\n".join([before + BEGIN, *table(results, sizes), END])
    page.write_text(filled + after, encoding="utf-8")
    (docs / "matching.svg").write_text(_bars(results), encoding="utf-8")
    if len(sizes) > 1:
        (docs / "performance.svg").write_text(_curves(results, sizes), encoding="utf-8")


def _bars(results: Results) -> str:
    """Accuracy as typed, and below it with typos, a pair of bars for each matcher."""
    row, left, width = 40, 220, 480
    parts: list[Any] = [_text(left, 20, "in-scope accuracy, per cent; pale: with typos", 13)]
    for n, (name, found) in enumerate(results.items()):
        top, colour = 36 + n * row, _COLOURS[n % len(_COLOURS)]
        parts.append(_text(left - 10, top + 20, name, 13, "end"))
        for m, (key, opacity) in enumerate((("accuracy", 1), ("accuracy_typos", 0.45))):
            share = found["quality"][key]
            parts.append(
                f'<rect x="{left}" y="{top + 15 * m}" width="{width * share:.1f}" height="13" '
                f'fill="{colour}" fill-opacity="{opacity}"/>'
            )
            parts.append(_text(left + width * share + 6, top + 11 + 15 * m, f"{100 * share:.1f}"))
    return _svg(left + width + 60, 46 + row * len(results), parts)


def _curves(results: Results, sizes: Sequence[int]) -> str:
    """Milliseconds a question against the number of phrases, both in powers of ten."""
    left, top, width, height = 60, 40, 420, 320
    values = [
        run["p50_ms"] for found in results.values() for run in found.values() if "p50_ms" in run
    ]
    low, high = int(log10(min(values)) // 1), int(-(-log10(max(values)) // 1))
    first, last = log10(min(sizes)), log10(max(sizes))

    def place(size: float, ms: float) -> tuple[float, float]:
        across = (log10(size) - first) / (last - first)
        up = (log10(ms) - low) / (high - low)
        return left + width * across, top + height * (1 - up)

    parts: list[Any] = [_text(left, 20, "milliseconds a question (middle), by known phrases", 13)]
    for power in range(low, high + 1):
        y = place(sizes[0], 10.0**power)[1]
        parts.append(f'<path d="M{left} {y:.1f}h{width}" stroke="#ccc" stroke-width="0.5"/>')
        parts.append(_text(left - 8, y + 4, f"{10.0**power:g}", 12, "end"))
    parts += [
        _text(place(size, 10.0**low)[0], top + height + 18, f"{size:,}", 12, "middle")
        for size in sizes
    ]
    for n, (name, found) in enumerate(results.items()):
        colour = _COLOURS[n % len(_COLOURS)]
        measured = [size for size in sizes if str(size) in found]
        points = [place(size, found[str(size)]["p50_ms"]) for size in measured]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        y = top + 14 + 22 * n
        x = left + width + 24
        parts.append(f'<rect x="{x}" y="{y - 10}" width="12" height="12" fill="{colour}"/>')
        parts.append(_text(x + 18, y, name))
    return _svg(left + width + 240, top + height + 36, parts)


def _text(x: float, y: float, text: str, size: int = 12, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">'
        f"{escape(text)}</text>"
    )


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" font-family="sans-serif" fill="#222">\n'
        '<rect width="100%" height="100%" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )
