"""`diff`: what another content would answer otherwise."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from bot.cli import Program
from bot.cli.opening import TIER, model_of_tier, progress_bar
from bot.cli.recording import opened
from bot.cli.tables import write_markdown, write_table
from bot.records.auditing import TERMINAL, note
from bot.records.entries import Unanswered
from bot.records.records import now
from bot.rendering.differences import COLUMNS, row, summary, to_json
from bot.settings import Settings
from knowledge.matching.building import Progress
from knowledge.matching.confidence import find
from knowledge.matching.index import NONE
from knowledge.opening import Knowledge, open_knowledge
from knowledge.places import BUILT_IN, files
from knowledge.quality.differing import Asked, checks_of_either, differences, reworded
from knowledge.quality.questions import read_questions
from knowledge.screening.items import without_masks
from knowledge.screening.screening import screen

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("diff")
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option(
    "--questions",
    type=click.Path(path_type=Path),
    help="Ask these too: a CSV file with the columns text,intent.",
)
@TIER
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--markdown", is_flag=True, help="As a Markdown table, for a review.")
@click.pass_obj
def diff_command(
    program: Program,
    old: Path,
    new: Path,
    questions: Path | None,
    tier: str | None,
    as_json: bool,
    markdown: bool,
) -> None:
    """Show which questions another content answers otherwise: all checks, and what people asked
    where that was kept and holds no personal data.

    A folder with `sources` and `not-covered.yaml` stands by itself; any other is laid over the
    built-in content, as in KNOWLEDGE_DIRS.

    \b
    python bot.py diff knowledge/content ../edited-content
    python bot.py diff knowledge/content ../edited-content --markdown > review.md
    """
    if as_json and markdown:
        raise click.UsageError("Give either --json or --markdown.")
    settings = program.settings
    model = model_of_tier(settings.semantic_model, tier)
    with progress_bar() as progress:
        before, after = (
            _open(folder, side, model, settings, progress)
            for folder, side in ((old, "old"), (new, "new"))
        )
        asked = {
            question.text: question
            for question in (
                *_recorded(settings, after),
                *(_read(questions, before, after) if questions else ()),
                *checks_of_either(before.handbook, after.handbook),
            )
        }
        found = differences(tuple(asked.values()), before, after, progress)
    changed = reworded(before.handbook, after.handbook)
    if as_json:
        told = to_json(found, len(asked), changed)
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if found:
        (write_markdown if markdown else write_table)([row(d) for d in found], COLUMNS)
        click.echo()
    for line in summary(found, len(asked), changed):
        click.echo(line)
    for folder, knowledge in ((old, before), (new, after)):
        if not knowledge.is_calibrated:
            click.echo(f"{folder}: {_UNFIT}", err=True)


_UNFIT = (
    "the calibration is of other content: run `python bot.py calibrate` with KNOWLEDGE_DIRS set to "
    "it for exact bands"
)


def _open(
    folder: Path, side: str, model: Path | None, settings: Settings, progress: Progress
) -> Knowledge:
    """The content of a folder. Its index is kept apart from that of the bot, which would have to
    build its own again; the calibration is looked for where the bot looks.
    """
    if not files((folder,)):
        raise click.UsageError(f"{folder} has no content: name a folder like knowledge/content.")
    whole = (folder / "sources").is_dir() and (folder / "not-covered.yaml").is_file()
    folders = (folder,) if whole else (BUILT_IN, folder)
    knowledge = open_knowledge(folders, settings.cache_dir / "diff" / side, model, progress)
    calibration = find(knowledge.index.tier.name, knowledge.basis, settings.cache_dir)
    return replace(knowledge, calibration=calibration, caution=settings.caution)


def _recorded(settings: Settings, knowledge: Knowledge) -> Iterator[Asked]:
    """What people asked or sent in, where it was kept and holds no personal data."""
    if not settings.database.exists():
        return
    with opened(settings) as (store, _):
        texts = [entry.text for entry in store.find(Unanswered) if entry.text]
        note(store, now(), TERMINAL, "read wordings")
    for text in texts:
        is_masked = without_masks(text) != text
        if not (is_masked or screen(text, knowledge).question.personal_data):
            yield Asked(text, None, "recorded")


def _read(file: Path, *sides: Knowledge) -> Iterator[Asked]:
    """The questions of a file. Raises `Unsound`, and `click.UsageError` for unknown intents."""
    questions = read_questions(file)
    known = {NONE, *(intent.id for side in sides for intent in side.handbook.intents)}
    if unknown := sorted({question.intent for question in questions} - known):
        raise click.UsageError(f"{file} names intents that neither has: {', '.join(unknown)}.")
    for question in questions:
        yield Asked(question.text, question.intent, file.name)
