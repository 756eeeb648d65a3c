"""`withdraw`, `restore` and `maintenance`: what holds, whatever the content says."""

import click

from bot.cli import Program
from bot.cli.naming import refuse_unknown
from bot.cli.opening import load_from
from bot.cli.recording import opened
from bot.records import suspensions
from bot.records.auditing import TERMINAL
from bot.records.records import now


@click.command("withdraw")
@click.argument("unit")
@click.argument("reason")
@click.pass_obj
def withdraw_command(program: Program, unit: str, reason: str) -> None:
    """Take a unit of guidance out of all answers, within seconds, in a running bot too.

    Answers that rest on it say that they are withdrawn and why; the others show the gap.

    \b
    python bot.py withdraw aoc/81.4 "figures under review"
    """
    knowledge = load_from(program.settings)
    handbook = knowledge.handbook
    refuse_unknown("unit", (unit,), [known.id for known in handbook.units])
    if not reason.strip():
        raise click.UsageError("Say why, in a few words: it is shown in the place of the answer.")
    _check_length(reason)
    with opened(program.settings) as (store, _):
        suspensions.withdraw(store, unit, reason, TERMINAL, now())
        holds = suspensions.standing(store, "")
    citing = handbook.showing(unit)
    click.echo(f"{unit} is withdrawn. Answers that change: {len(citing)}")
    left = knowledge.stand(holds).handbook
    for intent in citing:
        gone = "withdrawn" if left.withdrawal(intent.main) else "shows the gap"
        click.echo(f"  {intent.id}: {gone}")


@click.command("restore")
@click.argument("unit")
@click.pass_obj
def restore_command(program: Program, unit: str) -> None:
    """Put a withdrawn unit back into the answers."""
    with opened(program.settings) as (store, _):
        if not suspensions.restore(store, unit, TERMINAL, now()):
            held = suspensions.standing(store, "").withdrawals
            listed = ", ".join(withdrawal.unit for withdrawal in held) or "nothing"
            raise click.ClickException(f"{unit} is not withdrawn. Withdrawn: {listed}.")
    click.echo(f"{unit} is back.")


@click.command("maintenance")
@click.argument("switch", type=click.Choice(["on", "off", "status"]))
@click.argument("says", required=False)
@click.pass_obj
def maintenance_command(program: Program, switch: str, says: str | None) -> None:
    """Let the bot rest, or answer again. Who is in danger is still told what to do.

    \b
    python bot.py maintenance on "back at 5"
    python bot.py maintenance off
    """
    if (switch == "on") != bool(says and says.strip()):
        raise click.UsageError('With on, say what people are told: maintenance on "back at 5".')
    _check_length(says or "")
    with opened(program.settings) as (store, _):
        if switch == "on" and says:
            suspensions.rest(store, says, TERMINAL, now())
        elif switch == "off":
            suspensions.wake(store, TERMINAL, now())
        told = suspensions.standing(store, "").maintenance
    click.echo(f"The bot rests and says: {told}" if told else "The bot answers.")


def _check_length(text: str) -> None:
    """Raises `click.UsageError` for more than a message can hold."""
    if len(text) > suspensions.LONGEST:
        raise click.UsageError(f"Say it in {suspensions.LONGEST} characters or less.")
