"""`overmatch`: what an intent takes from others."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from shutil import get_terminal_size
from textwrap import fill

import click

from bot.cli import Program
from bot.cli.naming import refuse_unserved
from bot.cli.opening import open_from, progress_bar
from knowledge.quality.overmatch import Theft, overmatch


@click.command("overmatch")
@click.argument("intents", metavar="[INTENT]…", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
@click.pass_obj
def overmatch_command(program: Program, intents: tuple[str, ...], as_json: bool) -> None:
    """Show the checks that come to another intent than their own, and which line draws them.

    With intents: only what these steal and lose.

    \b
    python bot.py overmatch
    python bot.py overmatch missed-appointments
    """
    knowledge = open_from(program.settings)
    refuse_unserved(intents, knowledge.handbook)
    with progress_bar() as progress:
        thefts = overmatch(knowledge, progress)
    if intents:
        thefts = tuple(t for t in thefts if t.thief in intents or t.owner in intents)
    if as_json:
        rows = [{**asdict(theft), "owner": theft.owner or None} for theft in thefts]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for thief, stolen in groupby(thefts, key=lambda theft: theft.thief):
        click.echo(f"{_told(thief, tuple(stolen))}\n")
    count, wrong = len(thefts), sum(theft.answered for theft in thefts)
    checks = f"{count} check{' is' if count == 1 else 's are'} stolen"
    click.echo(f"{checks}; {wrong} get{'s' if wrong == 1 else ''} the wrong answer outright.")


def _told(thief: str, stolen: Sequence[Theft]) -> str:
    """What an intent steals, with the line that does it below each check."""
    outright = sum(theft.answered for theft in stolen)
    lines = [f"{thief} steals {len(stolen)}; answered outright: {outright}"]
    for theft in stolen:
        owner = theft.owner or "what is not covered"
        asks_back = "" if theft.answered else "asks back; "
        lines += [
            _hanging(f"  {theft.confidence:.2f}  {theft.check}"),
            _hanging(f"        {asks_back}it is of {owner}; drawn by: {theft.line}"),
        ]
    return "\n".join(lines)


def _hanging(line: str) -> str:
    """A line as narrow as the terminal, what is over below its text; whole in a file or a pipe."""
    if not sys.stdout.isatty():
        return line
    indent = " " * 8
    width = get_terminal_size().columns
    return fill(line, width, subsequent_indent=indent, break_on_hyphens=False)
