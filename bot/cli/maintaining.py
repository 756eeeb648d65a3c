"""`check` and `index`: is the content sound, and its index fresh."""

import json
from dataclasses import asdict

import click

from bot.cli import Program
from bot.cli.opening import progress_bar
from knowledge.handbook import Handbook
from knowledge.matching import confidence
from knowledge.matching.models import find_model
from knowledge.opening import ship
from knowledge.quality.soundness import check


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
    many = f"{len(problems)} problem{'s' * (len(problems) != 1)}."
    click.echo(f"All good: {told}" if sound else f"{many} {told}".rstrip(), err=not sound)
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
