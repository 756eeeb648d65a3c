"""`stats`, `purge`, `forget`, `backup` and `rotate-key`: what is kept."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from bot.cli import Program
from bot.cli.recording import USER, opened, plainly
from bot.records import pseudonyms as keys
from bot.records.auditing import TERMINAL, note
from bot.records.forgetting import forget, held
from bot.records.opening import forget_old_files, key_file
from bot.records.records import now
from bot.records.retention import purge
from bot.records.statistics import Table, statistics
from bot.rendering.held import forgotten_in_words, held_in_words

BAR = 30
"""Characters of the longest bar."""


@click.command("stats")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
@click.pass_obj
def stats_command(program: Program, as_json: bool) -> None:
    """Show how the bot is used, in numbers from which nobody can be made out.

    Numbers under 5 are not told, nor as many more as it takes for the totals not to tell them.
    """
    with opened(program.settings) as (store, _):
        tables = statistics(store)
    if as_json:
        click.echo(json.dumps([asdict(table) for table in tables], indent=2))
        return
    days = program.settings.retention_days
    click.echo(f"The last {days} days. -: not told, so that nobody can be made out.")
    for table in tables:
        click.echo(f"\n{_in_words(table)}")


def _in_words(table: Table) -> str:
    """A table with bars."""
    told = "-" if table.total is None else str(table.total)
    widest = max((len(row.what) for row in table.rows), default=0)
    most = max((row.count or 0 for row in table.rows), default=0)
    lines = [
        f"  {row.what:<{widest}} {'-' if row.count is None else row.count:>6} "
        f"{'█' * round(BAR * (row.count or 0) / (most or 1))}".rstrip()
        for row in table.rows
    ]
    return "\n".join((f"{table.title}: {told}", *lines))


@click.command("purge")
@click.pass_obj
def purge_command(program: Program) -> None:
    """Delete what has been kept long enough. The running bot does so by itself each hour."""
    settings = program.settings
    with opened(settings) as (store, _):
        deleted = purge(store, now(), settings.retention_days)
        note(store, now(), TERMINAL, "purge")
    with plainly():
        older = forget_old_files(settings, now())
    found = [
        f"{table}: {count}"
        for table, count in (*deleted.items(), ("old keys and copies", older))
        if count
    ]
    click.echo("\n".join(("Deleted:", *found)) if found else "There was nothing to delete.")


@click.command("forget")
@click.argument("user", type=USER)
@click.option("--show", is_flag=True, help="Only show what is held.")
@click.pass_obj
def forget_command(program: Program, user: int, show: bool) -> int:
    """Delete what is held about a person, by their user id, and look again.

    \b
    python bot.py forget 700100 --show
    python bot.py forget 700100
    """
    with opened(program.settings) as (store, pseudonyms):
        if show:
            note(store, now(), TERMINAL, "look at what is held")
            click.echo(held_in_words(held(store, pseudonyms, user)))
            return 0
        found = forget(store, pseudonyms, user)
        note(store, now(), TERMINAL, "forget")
    click.echo(forgotten_in_words(found))
    return int(any(found.left.values()))


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup_command(program: Program, file: Path) -> None:
    """Write a copy of the records, while the bot runs; messages that wait are left out.

    The key of the pseudonyms lies beside the database and is not in the copy: keep it elsewhere.
    """
    with opened(program.settings) as (store, _):
        store.back_up(file)
        note(store, now(), TERMINAL, "backup")
    click.echo(f"Written: {file}")


@click.command("rotate-key")
@click.pass_obj
def rotate_key_command(program: Program) -> None:
    """Use a new key for pseudonyms from the next start of the bot on.

    The old one is kept until nothing is left that it names, so that /forgetme still finds it.
    """
    settings = program.settings
    if settings.pseudonym_key:
        raise click.UsageError("PSEUDONYM_KEY is set: put the new key before it, with a comma.")
    with plainly():
        keys.rotate(key_file(settings), now().date().isoformat())
    with opened(settings) as (store, _):
        note(store, now(), TERMINAL, "rotate key")
    click.echo("There is a new key. Start the bot again to use it.")
