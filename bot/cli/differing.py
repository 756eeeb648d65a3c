"""`diff`: what another content would answer otherwise."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from bot.cli import Program
from bot.cli.opening import model_of, progress_bar
from bot.cli.recording import opened
from bot.cli.tables import write_table
from bot.records.auditing import TERMINAL, note
from bot.records.entries import Unanswered
from bot.records.records import now
from bot.settings import Settings
from knowledge.matching.building import Progress
from knowledge.matching.confidence import find
from knowledge.matching.index import NONE
from knowledge.opening import Knowledge, open_knowledge
from knowledge.places import BUILT_IN, files
from knowledge.quality.differing import (
    Asked,
    Difference,
    Outcome,
    Verdict,
    checks,
    differences,
    reworded,
)
from knowledge.quality.questions import read_questions
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
@click.option(
    "--tier",
    type=click.Choice(["lexical", "semantic"]),
    help="Without or with the sentence encoder.  [default: as SEMANTIC_MODEL says]",
)
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
    model = model_of(settings.semantic_model, tier)
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
                *checks(before.handbook, after.handbook),
            )
        }
        found = differences(tuple(asked.values()), before, after, progress)
    read_otherwise = reworded(before.handbook, after.handbook)
    counts: dict[str, int] = {v: sum(d.verdict is v for d in found) for v in Verdict}
    counts["asked"] = len(asked)
    if as_json:
        changes = [_to_json(difference) for difference in found]
        told = {"counts": counts, "changes": changes, "reworded": read_otherwise}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if found:
        (_write_markdown if markdown else write_table)([_row(d) for d in found], _COLUMNS)
        click.echo()
    for line in _summary(found, counts, read_otherwise):
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
        # what stands in brackets was masked
        if "[" not in text and not screen(text, knowledge).question.personal_data:
            yield Asked(text, None, "recorded")


def _read(file: Path, *sides: Knowledge) -> Iterator[Asked]:
    """The questions of a file. Raises `Unsound`, and `click.UsageError` for unknown intents."""
    questions = read_questions(file)
    known = {NONE, *(intent.id for side in sides for intent in side.handbook.intents)}
    if unknown := sorted({question.intent for question in questions} - known):
        raise click.UsageError(f"{file} names intents that neither has: {', '.join(unknown)}.")
    for question in questions:
        yield Asked(question.text, question.intent, file.name)


_COLUMNS = ("it_is", "question", "from", "of", "before", "after")


def _row(difference: Difference) -> dict[str, str]:
    asked, before, after = difference.asked, difference.old, difference.new
    owner = "" if asked.owner is None else asked.owner or "what is not covered"
    same = (before.band, before.intents) == (after.band, after.intents)
    told = (
        *(difference.verdict, asked.text, asked.origin, owner),
        *(_in_words(outcome, with_cites=same) for outcome in (before, after)),
    )
    return dict(zip(_COLUMNS, told, strict=True))


def _in_words(outcome: Outcome, with_cites: bool) -> str:
    intents = ", ".join(outcome.intents)
    cites = f" citing {', '.join(outcome.cites)}" if with_cites else ""
    return f"{outcome.band}: {intents}{cites}" if intents else outcome.band


def _write_markdown(rows: Sequence[dict[str, str]], columns: Sequence[str]) -> None:
    heads = [column.replace("_", " ") for column in columns]
    cells = ([_as_cell(row[column]) for column in columns] for row in rows)
    for line in (heads, ["---"] * len(columns), *cells):
        click.echo(f"| {' | '.join(line)} |")


def _as_cell(text: str) -> str:
    """A text that breaks no table and is no markup."""
    return re.sub(r"([\\`*_{}\[\]<>|#~])", r"\\\1", " ".join(text.split()))


def _summary(
    found: Sequence[Difference], counts: Mapping[str, int], read_otherwise: Sequence[str]
) -> Iterator[str]:
    told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict)
    yield f"{len(found)} of {counts['asked']:,} questions change: {told}."
    moves = Counter((d.old.band, d.new.band) for d in found)
    for (before, after), count in moves.most_common():
        yield f"- {before} to {after}: {count}"
    if read_otherwise:
        yield f"Answers that read otherwise: {', '.join(read_otherwise)}."


def _to_json(difference: Difference) -> dict[str, Any]:
    return {
        "question": difference.asked.text,
        "from": difference.asked.origin,
        "owner": difference.asked.owner,
        "verdict": difference.verdict,
        "before": asdict(difference.old),
        "after": asdict(difference.new),
    }
