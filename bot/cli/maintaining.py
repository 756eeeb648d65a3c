"""`check`, `index` and `calibrate`: is the content sound, and what follows from it fresh."""

import json
from dataclasses import asdict

import click

from bot.cli import Program
from bot.cli.opening import open_from, progress_bar
from knowledge.handbook import Handbook
from knowledge.matching import confidence
from knowledge.matching.models import find_model
from knowledge.opening import rebuild_alarms, ship
from knowledge.quality import calibrate, check
from knowledge.quality.alarms import choose_thresholds


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="The problems as JSON.")
@click.pass_obj
def check_command(program: Program, as_json: bool) -> int:
    """Say every problem of the content, with file, line and what to do."""
    settings = program.settings
    handbook, problems = check.check(
        settings.content_dirs,
        find_model(),
        tuple(confidence.load().values()),
    )
    sound = not any(problem.severity == "error" for problem in problems)
    counts = _count(handbook) if handbook else {}
    if as_json:
        found = {"ok": sound, "counts": counts, "problems": [asdict(p) for p in problems]}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return int(not sound)
    for problem in problems:
        click.echo(str(problem), err=True)
    told = ", ".join(f"{number:,} {what}" for what, number in counts.items())
    click.echo(f"All good: {told}" if sound else f"{len(problems)} problems. {told}", err=not sound)
    return int(not sound)


def _count(handbook: Handbook) -> dict[str, int]:
    return {
        "units": len(handbook.units),
        "intents": len(handbook.intents),
        "ways of asking": sum(len(intent.asked) for intent in handbook.intents),
        "checks": sum(len(intent.checks) for intent in handbook.intents),
        "questions not covered": sum(len(r.asked) + len(r.checks) for r in handbook.routes),
        "units with unchecked wording": sum(
            not handbook.source_of(unit).checked_by for unit in handbook.units
        ),
    }


@click.command("index")
def index_command() -> None:
    """Build the shipped index of the built-in content anew, in both tiers.

    Only ways of asking that changed are encoded again. Run it after each change of
    knowledge/content, then `calibrate`.
    """
    with progress_bar() as progress:
        ship(progress=progress)
    click.echo("The shipped index is that of the built-in content.")


@click.command("calibrate")
@click.pass_obj
def calibrate_command(program: Program) -> None:
    """Fit the confidence and the thresholds to the checks, and say what they are worth."""
    from dataclasses import replace

    calibrations = dict(confidence.load())
    for tier in ("", "off"):
        knowledge = open_from(replace(program.settings, semantic_model=tier))
        with progress_bar() as progress:
            sample = calibrate.collect(knowledge.handbook, knowledge.index, progress)
            thresholds = choose_thresholds(
                knowledge.handbook.cautions.alarms, rebuild_alarms(knowledge, progress)
            )
        found = calibrate.calibrate(knowledge.content, sample, thresholds)
        calibrations[knowledge.index.tier.name] = found
        click.echo(
            f"{knowledge.index.tier.name}: answer at {found.answer_at}, offer at {found.offer_at}"
        )
        for what, value in found.measured.items():
            click.echo(f"  {what.replace('_', ' ')}: {value:g}")
    confidence.save(calibrations)
