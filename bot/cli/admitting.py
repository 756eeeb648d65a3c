"""`invite`, `people` and `remove`: who may use the bot."""

import json
from dataclasses import asdict

import click

from bot.access import invitations, people
from bot.cli import Program
from bot.cli.recording import USER, opened
from bot.operation.telegram import bot_name
from bot.records.auditing import TERMINAL, note
from bot.records.entries import Invitation, Person
from bot.records.records import now


@click.command("invite")
@click.option(
    "--role",
    type=click.Choice(["practitioner"]),
    default="practitioner",
    help="What those who follow it may do: ask.",
)
@click.option(
    "--days",
    type=click.IntRange(1, invitations.LONGEST),
    default=invitations.DAYS,
    show_default=True,
    help="How long it holds.",
)
@click.option(
    "--uses",
    type=click.IntRange(1, invitations.MOST),
    default=invitations.USES,
    show_default=True,
    help="For how many people.",
)
@click.option("--list", "listing", is_flag=True, help="List the invitations instead.")
@click.option("--revoke", metavar="ID", help="Let nobody in by it any more.")
@click.pass_obj
def invite_command(
    program: Program, role: str, days: int, uses: int, listing: bool, revoke: str | None
) -> None:
    """Make a link by which practitioners come in.

    Supervisors, maintainers and operators are named in the settings alone, so that no link that
    was passed on gives their rights.

    \b
    python bot.py invite --role practitioner --days 14 --uses 40
    python bot.py invite --list
    python bot.py invite --revoke 3f9a1c
    """
    with opened(program.settings) as (store, pseudonyms):
        if listing:
            for held in store.find(Invitation):
                click.echo(f"{held.id}: until {held.until}, {held.uses_left} left")
        elif revoke:
            if not store.delete(Invitation, id=revoke):
                raise click.ClickException(f"There is no invitation {revoke}; see invite --list.")
            note(store, now(), TERMINAL, "revoke invitation", revoke)
            click.echo("Nobody comes in by it any more. Who came in stays; see people and remove.")
        else:
            made, code = invitations.invite(store, pseudonyms, days, uses, TERMINAL, now().date())
            note(store, now(), TERMINAL, "invite", made.id)
            name = bot_name(program.settings)
            told = "" if name else " Put the bot's name in the place of BOT."
            click.echo(f"https://t.me/{name or 'BOT'}?start={code}")
            click.echo(
                f"Invitation {made.id}: up to {uses} {role}s, until {made.until}.{told} Whoever "
                "has the link can join."
            )


@click.command("people")
@click.option("--unseen", is_flag=True, help="Only those not seen for 90 days.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
@click.pass_obj
def people_command(program: Program, unseen: bool, as_json: bool) -> None:
    """List who uses the bot, and when they were last seen."""
    with opened(program.settings) as (store, _):
        found = people.unseen(store, now().date()) if unseen else store.find(Person)
    if as_json:
        click.echo(json.dumps([asdict(person) for person in found], indent=2))
        return
    for person in found:
        how = f"invitation {person.invitation}" if person.invitation else "a list or a chat"
        click.echo(f"{person.user}: by {how}, last seen {person.last_seen}")
    if not found:
        click.echo("Nobody.")


@click.command("remove")
@click.argument("user", type=USER)
@click.option("--undo", is_flag=True, help="Let them follow a link again.")
@click.pass_obj
def remove_command(program: Program, user: int, undo: bool) -> None:
    """Let somebody in no more by any invitation, by their user id."""
    settings = program.settings
    with opened(settings) as (store, pseudonyms):
        if undo:
            found = invitations.readmit(store, user)
            note(store, now(), TERMINAL, "readmit", pseudonyms.of(user))
            click.echo("They may follow a link again." if found else f"{user} was not removed.")
            return
        came_by = invitations.remove(store, user, now().date().isoformat())
        note(store, now(), TERMINAL, "remove", pseudonyms.of(user))
    click.echo(
        "No invitation lets them in any more." + (f" They came by {came_by}." if came_by else "")
    )
    roles = settings.supervisors | settings.maintainers | settings.operators
    if user in settings.allowed_users or user in roles:
        click.echo("Their id is in the settings: take it out there and start the bot again.")
    if settings.allowed_chats:
        click.echo("Who is in an allowed chat is let in: take them out of it too.")
