"""Refuse what a call names and there is not, with what is close to it."""

from collections.abc import Collection, Iterable, Sequence

import click
from rapidfuzz import process

from knowledge.handbook import Handbook


def refuse_unknown(
    kind: str, ids: Iterable[str], known: Sequence[str], drafts: Collection[str] = ()
) -> None:
    """Raises `click.UsageError` with all ids that are not known; `kind` is what they are ids of.
    One of `drafts` is told to be one.
    """
    wrong = [
        f"{id!r} is a draft, which is not asked: take `draft: true` out of its file first."
        if id in drafts
        else f"There is no {kind} {id!r}; close to it: "
        f"{', '.join(found for found, *_ in process.extract(id, known, limit=3))}."
        for id in ids
        if id not in known
    ]
    if wrong:
        raise click.UsageError(" ".join(wrong))


def refuse_unserved(intents: Iterable[str], handbook: Handbook) -> None:
    """The same of the ids of intents, which have to be served."""
    known = [intent.id for intent in handbook.intents]
    refuse_unknown("intent", intents, known, [draft.id for draft in handbook.drafts])
