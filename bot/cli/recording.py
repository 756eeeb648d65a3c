"""Open the records for a command; what fails becomes one line."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from bot.records.opening import open_pseudonyms, open_store
from bot.records.pseudonyms import Pseudonyms
from bot.records.store import RecordsFailed, Store
from bot.settings import Settings

USER = click.IntRange(1, 2**52)
"""A user id: Telegram's have 52 bits at most."""


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Store, Pseudonyms]]:
    """The store and the keys of the settings. Raises `click.ClickException`."""
    with plainly():
        pseudonyms = open_pseudonyms(settings)
        store = open_store(settings)
        try:
            yield store, pseudonyms
        except BaseException:
            with suppress(RecordsFailed):  # what failed first is told
                store.close()
            raise
        try:
            store.close()
        except RecordsFailed as failed:  # the work is done; the running bot tidies
            click.echo(f"Done. Not tidied: {failed}.", err=True)


@contextmanager
def plainly() -> Iterator[None]:
    """Where the records fail, say so with what to do. Raises `click.ClickException`."""
    try:
        yield
    except RecordsFailed as failed:
        raise click.ClickException(
            f"The records cannot be used: {failed}. `python bot.py doctor` says more."
        ) from failed
