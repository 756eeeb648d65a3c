"""`calibrate`: fit the confidence and the thresholds, and say what they are worth."""

from collections.abc import Mapping
from dataclasses import replace

import click

from bot.cli import Program
from bot.cli.opening import load_from, progress_bar
from bot.cli.tables import write_table
from bot.settings import Settings
from knowledge.matching import confidence
from knowledge.matching.confidence import Calibration
from knowledge.matching.models import find_model
from knowledge.opening import Knowledge, rebuild
from knowledge.problems import name
from knowledge.quality.calibrating.alarms import choose_thresholds
from knowledge.quality.calibrating.calibrate import calibrate, collect, ways_right
from knowledge.quality.calibrating.coverage import Judged, judge
from knowledge.teaching import alarming, phrases

TRIED = tuple(step / 20 for step in range(6, 20))
"""The thresholds that are told beside those in use."""


@click.command("calibrate")
@click.pass_obj
def calibrate_command(program: Program) -> None:
    """Fit the confidence and the thresholds to the checks, and say what they are worth.

    With KNOWLEDGE_DIRS set it is kept in CACHE_DIR, where the bot finds it; the project's own
    stays as it is.
    """
    settings = program.settings
    file = settings.cache_dir / confidence.NAME if settings.knowledge_dirs else confidence.FILE
    found = dict(_kept(settings))
    wanted = settings.semantic_model if find_model(settings.semantic_model) else "off"
    for model in dict.fromkeys((wanted, "off")):
        knowledge = load_from(replace(settings, semantic_model=model))
        tier = knowledge.index.tier.name
        judged, found[tier] = _fit(knowledge)
        click.echo(f"{tier}: {_in_words(found[tier])}\n")
        write_table(_rows(judged, found[tier]), _COLUMNS)
        click.echo()
    confidence.save(found, file)
    click.echo(f"Written: {name(file)}")


def _kept(settings: Settings) -> Mapping[str, Calibration]:
    """What there is: a tier that cannot be opened here stays as it was."""
    return confidence.kept(settings.cache_dir) if settings.knowledge_dirs else confidence.load()


def _fit(knowledge: Knowledge) -> tuple[Judged, Calibration]:
    handbook = knowledge.handbook
    with progress_bar() as progress:
        judged = judge(collect(handbook, knowledge.index, progress))
        ways = ways_right(handbook, rebuild(knowledge.index, phrases(handbook), progress))
        alarms = choose_thresholds(
            handbook.cautions.alarms, rebuild(knowledge.alarms, alarming(handbook), progress)
        )
    return judged, calibrate(knowledge.basis, judged, alarms, ways)


def _in_words(found: Calibration) -> str:
    measured = found.measured
    return (
        f"the right intent comes first for {measured['checks_first']:.1%} of "
        f"{measured['checks']:,.0f} checks, and for {measured['ways_first']:.1%} of the ways of "
        f"asking, each left out of what was learnt. Confidence is off by "
        f"{measured['calibration_error']:.1%}; a question is offered a choice from "
        f"{found.offer_at:.2f} on. What is answered, by threshold, cross-validated:"
    )


_COLUMNS = (
    *("answer_at", "caution", "answered", "right", "wrong", "precision", "right_or_offered"),
    "not_covered,_answered",
)


def _rows(judged: Judged, found: Calibration) -> list[dict[str, str]]:
    """What each threshold is worth, those in use among them."""
    in_use = {found.strict_at: "strict", found.answer_at: "usual"}
    rows = []
    for threshold in sorted({*TRIED, *in_use}):
        worth = judged.worth(threshold, found.offer_at)
        shares = (
            *(worth.answered, worth.right, worth.wrong, worth.precision, worth.right_or_offered),
            worth.not_covered_answered,
        )
        told = (f"{threshold:.2f}", in_use.get(threshold, ""), *(f"{s:.1%}" for s in shares))
        rows.append(dict(zip(_COLUMNS, told, strict=True)))
    return rows
