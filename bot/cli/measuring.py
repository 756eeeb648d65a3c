"""`benchmark`: the matcher, measured on any questions."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli import Program
from bot.cli.opening import TIER, model_of_tier, progress_bar

if TYPE_CHECKING:
    from knowledge.matching.encoding import Encoder
    from knowledge.quality.benchmarking.benchmark import Quality, Report


@click.command("benchmark")
@click.option("--train", type=click.Path(path_type=Path), required=True, help="CSV to learn from.")
@click.option("--test", type=click.Path(path_type=Path), required=True, help="CSV to measure on.")
@TIER
@click.option(
    "--typos",
    type=int,
    metavar="SEED",
    help="Mistype the test questions: one slip every two words. As typed, autocorrected and "
    "dictated they are reported beside.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def benchmark_command(
    program: Program, train: Path, test: Path, tier: str | None, typos: int | None, as_json: bool
) -> None:
    """Measure the matcher on any CSV files with the columns text,intent.

    `oos` for an intent marks a question that no intent covers. Nothing of the built-in content is
    used, and no threshold is chosen by looking at the test file.

    \b
    python bot.py benchmark --train train.csv --test dev.csv
    python bot.py benchmark --train train.csv --test dev.csv --tier lexical --typos 1 --json
    """
    from knowledge.quality.benchmarking.benchmark import benchmark
    from knowledge.quality.questions import read_pair

    known, asked = read_pair(train, test)
    encoder = _encoder(model_of_tier(program.settings.semantic_model, tier))
    with progress_bar() as progress:
        report = benchmark(known, asked, encoder, typos, progress)
    click.echo(json.dumps(_to_json(report), indent=2) if as_json else _to_text(report))


def _encoder(folder: Path | None) -> "Encoder | None":
    from knowledge.matching.encoding import Encoder

    return Encoder(folder) if folder else None


def _to_json(report: "Report") -> dict[str, Any]:
    told = asdict(report)
    asked, others = told.pop("asked"), told.pop("others")
    rounded = {key: _round(value) for key, value in {**asked, **told}.items()}
    return rounded | {
        how: {key: _round(value) for key, value in found.items()} for how, found in others.items()
    }


def _round(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value


_MEASURES = (
    ("in_scope_accuracy", "in-scope accuracy"),
    ("recall_at_3", "right among the first three"),
    ("oos_recall", "out-of-scope recall"),
    ("false_reject_rate", "false rejects"),
    ("auroc", "AUROC"),
    ("paper_accuracy", "in-scope accuracy, paper's protocol"),
    ("paper_oos_recall", "out-of-scope recall, paper's protocol"),
)


def _to_text(report: "Report") -> str:
    first = "with slips" if report.others else "as typed"
    found = {first: report.asked}
    found |= {how.replace("_", " "): quality for how, quality in report.others.items()}
    lines = [
        f"{report.questions} questions, {report.phrases} known ones of {report.intents} intents, "
        f"{report.tier} tier",
        "",
        " " * 38 + "".join(f"{how:>13}" for how in found),
        *(_line(key, name, list(found.values())) for key, name in _MEASURES),
        "",
        f"a question {report.p50_ms:.1f} ms (p50), {report.p95_ms:.1f} ms (p95); "
        f"the index {report.index_seconds:.1f} s"
        + (f"; at most {report.memory_mb:.0f} MB" if report.memory_mb else ""),
    ]
    return "\n".join(lines)


def _line(key: str, name: str, qualities: "list[Quality]") -> str:
    values = [getattr(quality, key) for quality in qualities]
    shown = ("-" if value is None else f"{100 * value:.1f} %" for value in values)
    return f"{name:<38}" + "".join(f"{value:>13}" for value in shown)
