"""`test`: the content, judged by what never taught it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from bot.cli import Program
from bot.cli.naming import refuse_unserved
from bot.cli.opening import TIER, model_of_tier, progress_bar
from bot.settings import Settings
from knowledge.opening import Knowledge, open_knowledge
from knowledge.problems import name
from knowledge.quality import known
from knowledge.quality.suites.judging import judge, judge_intents
from knowledge.quality.suites.verdicts import CHECKS, Run, by_suite
from knowledge.quality.vectors import keeping_vectors


@click.command("test")
@click.argument("intents", nargs=-1, metavar="[INTENT …]")
@click.option(
    "--report",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write report.html, with pictures, and its numbers as JSON and CSV into a folder.",
)
@TIER
@click.option("--update-known", is_flag=True, help="List what fails now as known failures.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def test_command(
    program: Program,
    intents: tuple[str, ...],
    report: Path | None,
    tier: str | None,
    update_known: bool,
    as_json: bool,
) -> int:
    """Ask all that judges the content: is each answer, alarm and mask as it should be?

    With intents, only their checks. What fails and is known to stands in known-failures.yaml; what
    fails besides, or is listed there and fails no more, is told, and the exit status is 1.

    \b
    python bot.py test
    python bot.py test fathers-overlooked --tier lexical
    python bot.py test --report judged
    """
    settings = program.settings
    with progress_bar() as progress:
        model = model_of_tier(settings.semantic_model, tier)
        opened = open_knowledge(settings.content_dirs, settings.cache_dir, model, progress)
        refuse_unserved(intents, opened.handbook)
        with keeping_vectors(opened, settings.cache_dir) as knowledge:
            run = (
                judge_intents(knowledge, intents, progress)
                if intents
                else judge(knowledge, progress)
            )
    if report:
        _write_report(run, opened, report)
    if update_known:
        path = known.update(settings.content_dirs, run.tier, run.verdicts, whole=not intents)
        click.echo(f"Listed in {name(path)}.", err=True)
    return _tell(run, settings, not intents, as_json)


def _write_report(run: Run, knowledge: Knowledge, folder: Path) -> None:
    from bot.rendering.report.files import write

    if not run.arrivals:
        raise click.UsageError("--report: these intents have no checks to report on.")
    page = write(run, knowledge, folder)
    click.echo(f"The report is {name(page)}.", err=True)


def _tell(run: Run, settings: Settings, whole: bool, as_json: bool) -> int:
    """Print what came of it; the exit status."""
    path = known.place(settings.content_dirs)
    compared = known.compare(run.verdicts, known.read(path, run.tier), whole)
    found = known.problems(compared, path, settings.content_dirs)
    for problem in found:
        click.echo(str(problem), err=True)
    if as_json:
        click.echo(json.dumps(_to_json(run, compared), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join((*_table(run), _verdict(compared))))
    return int(bool(found))


def _rows(run: Run) -> list[tuple[str, int, int]]:
    """Each suite, how many were asked, and how many were as they should be."""
    return [
        (suite, len(verdicts), sum(verdict.right for verdict in verdicts))
        for suite, verdicts in by_suite(run.verdicts).items()
    ]


def _table(run: Run) -> list[str]:
    lines = [f"{run.tier + ' tier':<42}{'asked':>7}{'as it should be':>18}{'share':>9}"]
    for suite, asked, right in _rows(run):
        lines.append(f"{suite:<42}{asked:>7,}{right:>18,}{right / asked:>9.1%}")
        if suite == CHECKS:
            offered = sum(one.end == "offered" for one in run.arrivals)
            lines.append(f"{'  of these, offered in a choice':<42}{'':>7}{offered:>18,}")
    return lines


def _verdict(compared: known.Compared) -> str:
    """The last line."""
    counts = ((len(compared.new), "new"), (len(compared.mended), "mended but listed"))
    wrong = ", ".join(f"{count} {what}" for count, what in counts if count)
    return f"Failures: {wrong}" if wrong else "All good"


def _to_json(run: Run, compared: known.Compared) -> dict[str, Any]:
    return {
        "ok": not (compared.new or compared.mended),
        "tier": run.tier,
        "suites": [
            {"suite": suite, "asked": asked, "right": right, "share": round(right / asked, 4)}
            for suite, asked, right in _rows(run)
        ],
        "new": [asdict(verdict) for verdict in compared.new],
        "mended": [asdict(one) for one in compared.mended],
    }
