"""Show whom texts go to today, so that a maintainer sees from whom a new intent would take them."""

from collections import Counter
from collections.abc import Sequence

import click

from bot.cli.tables import write_table
from bot.rendering.explaining import in_100
from knowledge.quality.closeness import Today

_SURE = ((0.9, "almost surely"), (0.7, "probably"), (0.4, "perhaps"), (0.0, "hardly"))
_COLUMNS = ("asked", "goes today to", "how likely")


def foresee(found: Sequence[Today]) -> None:
    """Write a table of what is said to each text today, and from whom most would be taken."""
    click.echo("Where its title and its questions go today, before it is taught:")
    write_table([dict(zip(_COLUMNS, _row(text), strict=True)) for text in found], _COLUMNS)
    answered = Counter(text.closest.id for text in found if text.closest and text.answered)
    if answered:
        told = ", ".join(f"{id} ({times})" for id, times in answered.most_common())
        click.echo(f"Answered today by others: {told}.")
        click.echo("What they answer rightly would be taken from them: leave those questions out.")
    else:
        click.echo("None is answered today by another intent.")


def _row(text: Today) -> tuple[str, str, str]:
    if text.closest is None:
        return text.text, "nobody", ""
    sure = next(words for least, words in _SURE if text.confidence >= least)
    outcome = "answered" if text.answered else "closest"
    return text.text, f"{text.closest.id} ({outcome})", f"{sure}, {in_100(text.confidence)}"
