"""`suggest accept`, `suggest not-covered` and `suggest skip`: decide on what people asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import click

from bot.cli import Program
from bot.cli.naming import refuse_unknown
from bot.cli.opening import open_from, progress_bar
from bot.cli.recording import opened
from bot.records.auditing import TERMINAL
from bot.records.deciding import Decision, What, decide, decided, places, wordings
from bot.records.missed import askings
from bot.records.records import now
from bot.records.store import Store
from bot.rendering.suggesting import decided_in_words
from bot.settings import Settings
from knowledge.opening import Knowledge
from knowledge.quality.suggesting import Suggestion, suggest
from knowledge.screening.items import KINDS, without_masks
from knowledge.screening.screening import screen

_IDS = click.argument("ids", nargs=-1, required=True, metavar="ID…")
_WORDING = click.option("--wording", default="", help="Take this wording, in place of theirs.")


@dataclass(frozen=True, slots=True)
class Maintainer:
    """Who decides at a terminal, with what it takes."""

    store: Store
    knowledge: Knowledge

    def decide(self, one: Suggestion, decision: Decision, texts: Mapping[str, str]) -> str:
        """Decide on a group: what is said of it. Raises `click.ClickException`."""
        if not decide(self.store, one, decision, texts, TERMINAL, now()):
            raise click.ClickException(self.whereabouts(one.id))
        said = decided_in_words(decision, self.knowledge.handbook)
        return "\n".join((f"{one.id} is {said}.", *(f"  “{text}”" for text in texts.values())))

    def check(self, decision: Decision) -> None:
        """Raises `click.UsageError` where there is no such intent or route."""
        known = places(decision.what, self.knowledge.handbook)
        kind = "intent" if decision.what is What.INTENT else "route"
        refuse_unknown(kind, (decision.into,), known)

    def texts(self, one: Suggestion, decision: Decision, typed: str = "") -> Mapping[str, str]:
        """The wordings that are accepted. Raises `click.UsageError` for personal data."""
        if decision.what is What.SKIPPED:
            return {}
        typed = " ".join(typed.split())
        if seen := screen(typed, self.knowledge).question.personal_data:
            kinds = ", ".join(KINDS[kind] for kind in seen)
            raise click.UsageError(f"This has {kinds} in it: type it without.")
        if without_masks(typed) != typed:
            raise click.UsageError("Something is masked in this: type it without the brackets.")
        if found := wordings(one, typed):
            return found
        raise click.UsageError(
            f"{one.id} has personal data in it and can't be accepted as it is: "
            'type it without, with --wording "…".'
        )

    def whereabouts(self, id: str) -> str:
        """Why there is no group of this id to decide on."""
        if done := decided(self.store, id):
            return f"{id} is decided already: {decided_in_words(done, self.knowledge.handbook)}."
        return f"{id} is no group that waits; `python bot.py suggest` lists those that do."


def _settle(settings: Settings, ids: Sequence[str], decision: Decision, typed: str = "") -> None:
    """Decide alike on groups, on all or on none."""
    if typed and len(ids) > 1:
        raise click.UsageError("--wording stands for one group: name one ID.")
    knowledge = open_from(settings)
    with opened(settings) as (store, _), progress_bar() as progress:
        maintainer = Maintainer(store, knowledge)
        maintainer.check(decision)
        waiting = {one.id: one for one in suggest(askings(store), knowledge, progress)}
        _complain(maintainer.whereabouts(id) for id in ids if id not in waiting)
        taken = {id: maintainer.texts(waiting[id], decision, typed) for id in ids}
        with store.transaction():
            said = [maintainer.decide(waiting[id], decision, taken[id]) for id in taken]
    click.echo("\n".join(said))


def _complain(problems: Iterable[str]) -> None:
    if found := "\n".join(problems):
        raise click.ClickException(found)


@click.command("accept")
@_IDS
@click.option("--intent", required=True, help="The intent to which they belong.")
@_WORDING
@click.pass_obj
def accept_command(program: Program, ids: tuple[str, ...], intent: str, wording: str) -> None:
    """Accept groups of questions as ways of asking for an intent."""
    _settle(program.settings, ids, Decision(What.INTENT, intent), wording)


@click.command("not-covered")
@_IDS
@click.option("--route", required=True, help="Where to turn with them: an id of not-covered.yaml.")
@_WORDING
@click.pass_obj
def not_covered_command(program: Program, ids: tuple[str, ...], route: str, wording: str) -> None:
    """Accept groups of questions as ones that the reports do not cover."""
    _settle(program.settings, ids, Decision(What.NOT_COVERED, route), wording)


@click.command("skip")
@_IDS
@click.pass_obj
def skip_command(program: Program, ids: tuple[str, ...]) -> None:
    """Leave groups of questions out: they are not shown again."""
    _settle(program.settings, ids, Decision(What.SKIPPED))
