"""`doctor` and `privacy`: is everything in order, and what people are told is kept."""

import json
from dataclasses import asdict

import click

from bot.cli import Program
from bot.cli.opening import load_from
from bot.operation.doctor import examine
from bot.operation.privacy import privacy_notice
from bot.records.records import now


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
@click.pass_obj
def doctor_command(program: Program, as_json: bool) -> int:
    """Look whether everything is in order; of what is not, say how to mend it."""
    found = tuple(examine(program.settings, load_from(program.settings), now().date()))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], indent=2))
    else:
        for finding in found:
            state = "ok" if finding.ok else "PROBLEM"
            click.echo(f"{finding.name:<18} {state:<8} {finding.found}")
            if finding.mend:
                click.echo(f"{'':<27} {finding.mend}")
    return int(not all(finding.ok for finding in found))


@click.command("privacy")
@click.pass_obj
def privacy_command(program: Program) -> None:
    """Write the privacy notice that fits the settings: /privacy shows the same."""
    click.echo("\n\n".join(privacy_notice(program.settings)))
