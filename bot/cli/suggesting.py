"""`suggest`: what people asked and missed, and what becomes of it."""

import json
from collections.abc import Iterator
from dataclasses import asdict

import click

from bot.cli import Program
from bot.cli.deciding import Maintainer, accept_command, not_covered_command, skip_command
from bot.cli.opening import is_at_keyboard, open_from, progress_bar
from bot.cli.recording import opened
from bot.cli.writing import write_command
from bot.records.auditing import TERMINAL, note
from bot.records.deciding import Decision, What, wordings
from bot.records.missed import askings, not_useful, wordless
from bot.records.records import now
from bot.records.store import Store
from bot.rendering.suggesting import (
    CONFIDENTIAL,
    NOTHING,
    asked,
    in_plain,
    in_words,
    not_useful_in_words,
    to_json,
)
from knowledge.handbook import Handbook
from knowledge.quality.suggesting import Suggestion, suggest

WHAT = "1-3 or an intent's id; n: not covered; s: leave out; Enter: next; q: stop"


@click.group("suggest", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
@click.pass_context
def suggest_command(context: click.Context, as_json: bool) -> None:
    """Show what people asked and missed, in groups, and put it where it belongs.

    At a keyboard it asks of each group where it belongs; into a pipe it only lists. Nothing
    changes the content before `suggest write`.

    \b
    python bot.py suggest
    python bot.py suggest accept 3f1c2a9e --intent warning-signs
    python bot.py suggest not-covered 5d20b1c4 --route law
    python bot.py suggest skip 77ab01fe
    python bot.py suggest write
    """
    if context.invoked_subcommand:
        return
    settings = context.ensure_object(Program).settings
    knowledge = open_from(settings)
    with opened(settings) as (store, _):
        note(store, now(), TERMINAL, "read suggestions")
        with progress_bar() as progress:
            found = suggest(askings(store), knowledge, progress)
        if as_json:
            click.echo(json.dumps(_to_json(found, store), ensure_ascii=False, indent=2))
        else:
            _tell(found, Maintainer(store, knowledge))


def _tell(found: tuple[Suggestion, ...], maintainer: Maintainer) -> None:
    """Go through the groups with who is at the keyboard, or list them; then the numbers."""
    handbook = maintainer.knowledge.handbook
    if found and is_at_keyboard():
        _go_through(found, maintainer)
    else:
        click.echo("\n".join(_listed(found, handbook)))
    for line in _counted(maintainer.store, handbook):
        click.echo(line)


def _to_json(found: tuple[Suggestion, ...], store: Store) -> dict[str, object]:
    return {
        "suggestions": [to_json(one) for one in found],
        "not_useful": [asdict(one) for one in not_useful(store)],
        "without_words": wordless(store),
    }


def _listed(found: tuple[Suggestion, ...], handbook: Handbook) -> Iterator[str]:
    """Every group with its id."""
    yield CONFIDENTIAL if found else NOTHING
    for one in found:
        yield f"\n{one.id}: {asked(one)}"
        yield from (f"  {line}" for line in in_words(one, handbook))


def _counted(store: Store, handbook: Handbook) -> Iterator[str]:
    """What can only be counted."""
    if bad := not_useful(store):
        yield "\nAnswers of no use:"
        yield from (f"  {not_useful_in_words(one, handbook)}" for one in bad)
    if count := wordless(store):
        yield f"\nNot covered, and the words are not kept: {count}"


RETYPE = "Type it without personal data (Enter: go back)"
SHORTEST = 3
"""Letters of a wording: fewer are an answer to another question, such as `q`."""


def _go_through(found: tuple[Suggestion, ...], maintainer: Maintainer) -> None:
    """Ask of one group after the other what becomes of it."""
    click.echo(CONFIDENTIAL)
    for number, one in enumerate(found, 1):
        click.echo(f"\n{number} of {len(found)}, {one.id}: {asked(one)}")
        click.echo("\n".join(in_words(one, maintainer.knowledge.handbook)))
        while (said := click.prompt(WHAT, "", show_default=False).strip()) not in ("", "q"):
            if _is_done(said, one, maintainer):
                break
        if said == "q":
            break
    click.echo(
        "\nThat is all. `python bot.py suggest write` puts what was accepted into the files."
    )


def _is_done(said: str, one: Suggestion, maintainer: Maintainer) -> bool:
    """Do what was said of a group; False, with the reason told, where that is not possible."""
    try:
        decision = _meant(said, one, maintainer.knowledge.handbook)
        maintainer.check(decision)
        typed = ""
        if decision.what is not What.SKIPPED and not wordings(one):
            typed = click.prompt(RETYPE, "", show_default=False).strip()
            if len(typed) < SHORTEST:
                return False
        click.echo(maintainer.decide(one, decision, maintainer.texts(one, decision, typed)))
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        return False
    return True


def _meant(said: str, one: Suggestion, handbook: Handbook) -> Decision:
    """The decision that was typed. Raises `click.UsageError`."""
    if said == "s":
        return Decision(What.SKIPPED)
    if said == "n":
        for number, route in enumerate(handbook.routes, 1):
            click.echo(f"{number}. {in_plain(route.id)}: {route.text}")
        picked = click.prompt("Where to turn", type=click.IntRange(1, len(handbook.routes)))
        return Decision(What.NOT_COVERED, handbook.routes[picked - 1].id)
    if said.isdecimal() and 1 <= int(said) <= len(one.closest):
        return Decision(What.INTENT, one.closest[int(said) - 1].intent.id)
    return Decision(What.INTENT, said)


for _command in (accept_command, not_covered_command, skip_command, write_command):
    suggest_command.add_command(_command)
