"""`suggest write`: put what was accepted into the content's files."""

from collections.abc import Sequence
from pathlib import Path

import click

from bot.cli import Program
from bot.cli.advising import next_steps
from bot.cli.opening import is_at_keyboard, load_from, progress_bar
from bot.cli.recording import opened
from bot.records.auditing import TERMINAL
from bot.records.deciding import What, accepted, mark_written, reopen
from bot.records.entries import Decided
from bot.records.records import now
from bot.records.store import Store
from bot.settings import Settings
from knowledge.exchange.rewriting import write_all
from knowledge.matching.index import NONE
from knowledge.opening import Knowledge
from knowledge.quality.rehearsing import Addition, Trial, try_out


@click.command("write")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Whose files are changed, laid over the rest; else the last folder of the content.",
)
@click.option("--write", "writes", is_flag=True, help="Write without asking.")
@click.pass_obj
def write_command(program: Program, folder: Path | None, writes: bool) -> None:
    """Put what was accepted into the content's files, once it is seen what that changes.

    It is tried on a copy first. What would take a check from its intent, or make the content
    unsound, is held back: it waits again to be decided on. At a keyboard it asks before it writes.
    """
    settings = program.settings
    content = _content(settings, folder)
    with opened(settings) as (store, _):
        if not accepted(store):
            click.echo("Nothing is accepted that is not written yet.")
            return
        if write_accepted(store, content, load_from(settings), writes):
            click.echo(next_steps(content[-1], settings.content_dirs))


def _content(settings: Settings, folder: Path | None) -> tuple[Path, ...]:
    """The folders of the content, that which is changed last."""
    content = settings.content_dirs
    if folder is None or folder.resolve() == content[-1].resolve():
        return content
    if folder.resolve() in {one.resolve() for one in content}:
        raise click.UsageError(
            f"Other content is laid over {str(folder)!r}: take it out of KNOWLEDGE_DIRS first."
        )
    return (*content, folder)


def write_accepted(
    store: Store, content: Sequence[Path], knowledge: Knowledge, writes: bool
) -> bool:
    """Try what was accepted, show what it changes, and write it if it is to be; say whether any of
    it was written. `knowledge` is that of the content.
    """
    entries: dict[Addition, list[Decided]] = {}
    for entry in accepted(store):
        entries.setdefault(_addition(entry), []).append(entry)
    with progress_bar() as progress:
        trial = try_out(tuple(entries), content, knowledge, progress)
    _show(trial)
    if not (writes or _is_wanted(trial)):
        return False
    write_all(trial.changes)
    with store.transaction():
        if trial.taken:
            mark_written(store, [e for one in trial.taken for e in entries[one]], TERMINAL, now())
        if trial.held:
            back = [e for one in trial.held for e in entries[one.addition]]
            reopen(store, back, TERMINAL, now())
    click.echo(f"Written: {len(trial.taken)}. Held back: {len(trial.held)}.")
    return bool(trial.taken)


def _addition(entry: Decided) -> Addition:
    if entry.what == What.INTENT:
        return Addition(entry.text, entry.into)
    return Addition(entry.text, NONE, entry.into)


def _show(trial: Trial) -> None:
    for change in trial.changes:
        click.echo(change.diff)
    for held in trial.held:
        into = held.addition.intent or held.addition.route
        click.echo(f"Held back from {into}: “{held.addition.text}”: {held.why}.")


def _is_wanted(trial: Trial) -> bool:
    """Whether somebody at the keyboard wants it written."""
    if not is_at_keyboard():
        click.echo("Nothing is written yet: add --write.")
        return False
    many = len(trial.taken)
    wants = click.confirm(f"Write {many} {'wording' if many == 1 else 'wordings'}?", default=False)
    if not wants:
        click.echo("Nothing is written.")
    return wants
