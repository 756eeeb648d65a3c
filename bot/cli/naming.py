"""Refuse what a call names and there is not, with what is close to it."""

from collections.abc import Iterable, Sequence

import click
from rapidfuzz import process


def refuse_unknown(kind: str, ids: Iterable[str], known: Sequence[str]) -> None:
    """Raises `click.UsageError` with all ids that are not known; `kind` is what they are ids of."""
    wrong = [
        f"There is no {kind} {id!r}; close to it: "
        f"{', '.join(found for found, *_ in process.extract(id, known, limit=3))}."
        for id in ids
        if id not in known
    ]
    if wrong:
        raise click.UsageError(" ".join(wrong))
