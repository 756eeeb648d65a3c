"""What another content answers otherwise, for a review."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from knowledge.quality.differing import Difference, Outcome, Verdict

COLUMNS = ("it_is", "question", "from", "of", "before", "after")


def row(difference: Difference) -> dict[str, str]:
    """A difference under the `COLUMNS`."""
    asked, before, after = difference.asked, difference.old, difference.new
    owner = "" if asked.owner is None else asked.owner or "what is not covered"
    same = (before.band, before.intents) == (after.band, after.intents)
    told = (
        *(difference.verdict, asked.text, asked.origin, owner),
        *(_in_words(outcome, with_cites=same) for outcome in (before, after)),
    )
    return dict(zip(COLUMNS, told, strict=True))


def _in_words(outcome: Outcome, with_cites: bool) -> str:
    intents = ", ".join(outcome.intents)
    cites = f" citing {', '.join(outcome.cites)}" if with_cites else ""
    return f"{outcome.band}: {intents}{cites}" if intents else outcome.band


def summary(found: Sequence[Difference], asked: int, changed: Sequence[str]) -> Iterator[str]:
    """How many of the questions asked change, from what to what; which intents read otherwise."""
    told = ", ".join(f"{count} {verdict}" for verdict, count in _counts(found).items())
    yield f"{len(found)} of {asked:,} questions change: {told}."
    moves = Counter((d.old.band, d.new.band) for d in found)
    for (before, after), count in moves.most_common():
        yield f"- {before} to {after}: {count}"
    if changed:
        yield f"Answers that read otherwise: {', '.join(changed)}."


def to_json(found: Sequence[Difference], asked: int, changed: Sequence[str]) -> dict[str, Any]:
    """All of it as an object."""
    return {
        "counts": {"asked": asked, **_counts(found)},
        "changes": [_as_object(difference) for difference in found],
        "reworded": list(changed),
    }


def _counts(found: Sequence[Difference]) -> Mapping[Verdict, int]:
    return {verdict: sum(d.verdict is verdict for d in found) for verdict in Verdict}


def _as_object(difference: Difference) -> dict[str, Any]:
    return {
        "question": difference.asked.text,
        "from": difference.asked.origin,
        "owner": difference.asked.owner,
        "verdict": difference.verdict,
        "before": asdict(difference.old),
        "after": asdict(difference.new),
    }
