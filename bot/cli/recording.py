"""Open the records for a command; what fails becomes one line."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import click

from bot.records.opening import open_pseudonyms, open_store
from bot.records.pseudonyms import Pseudonyms
from bot.records.store import RecordsFailed, Store
from bot.settings import Settings


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Store, Pseudonyms]]:
    """The store and the keys of the settings. Raises `click.ClickException`."""
    with plainly():
        pseudonyms = open_pseudonyms(settings)
        with closing(open_store(settings)) as store:
            yield store, pseudonyms


@contextmanager
def plainly() -> Iterator[None]:
    """Where the records fail, say so with what to do. Raises `click.ClickException`."""
    try:
        yield
    except RecordsFailed as failed:
        raise click.ClickException(
            f"The records cannot be used: {failed}. `python bot.py doctor` says more."
        ) from failed
