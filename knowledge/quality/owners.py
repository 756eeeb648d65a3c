"""The checks, each with its owner, and the intents by which an owner's checks are answered."""

from collections.abc import Mapping

from knowledge.handbook import Handbook
from knowledge.matching.index import NONE, Phrase


def checks(handbook: Handbook) -> tuple[Phrase, ...]:
    """All checks: each intent's, then those of what is not covered, whose owner is `NONE`."""
    covered = (Phrase(text, intent.id) for intent in handbook.intents for text in intent.checks)
    uncovered = (Phrase(text, NONE) for route in handbook.routes for text in route.checks)
    return (*covered, *uncovered)


def arrives_at(handbook: Handbook, owner: str) -> frozenset[str]:
    """The intents by which a check of the intent `owner` is answered: itself, and any whose answer
    shows its main point.
    """
    main = handbook.intent(owner).main
    return frozenset(
        {owner}
        | {i.id for i in handbook.intents if main in (unit.id for unit in handbook.points(i)[:2])}
    )


def arriving(handbook: Handbook) -> Mapping[str, frozenset[str]]:
    """By each owner the intents that answer its checks; none for `NONE`."""
    return {NONE: frozenset(), **{i.id: arrives_at(handbook, i.id) for i in handbook.intents}}
