"""What maintainers decide on the questions that people asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.records.auditing import note
from bot.records.entries import Decided
from bot.records.store import Store
from knowledge.handbook import Handbook
from knowledge.quality.suggesting import Suggestion


class What(StrEnum):
    """What becomes of a group of questions."""

    INTENT = "intent"
    NOT_COVERED = "not_covered"
    SKIPPED = "skipped"


ACTS = {
    What.INTENT: "accept a wording",
    What.NOT_COVERED: "accept as not covered",
    What.SKIPPED: "skip a wording",
}
"""How each is noted."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a group of questions."""

    what: What
    into: str = ""
    """The intent or the route; empty where they are skipped."""


def places(what: What, handbook: Handbook) -> tuple[str, ...]:
    """What a group may be put into: ids of intents, or of routes; nothing, to skip it."""
    match what:
        case What.INTENT:
            return tuple(intent.id for intent in handbook.intents)
        case What.NOT_COVERED:
            return tuple(route.id for route in handbook.routes)
        case What.SKIPPED:
            return ("",)


def wordings(suggestion: Suggestion, typed: str = "") -> Mapping[str, str]:
    """The wordings that can be accepted, by the id of the question that each stands for: the one
    that the maintainer typed, else all without personal data. Empty where there is none.
    """
    if typed:
        return {suggestion.ids[0]: typed}
    return {wording.ids[0]: wording.text for wording in suggestion.wordings if wording.is_clean}


def decide(
    store: Store,
    suggestion: Suggestion,
    decision: Decision,
    texts: Mapping[str, str],
    by: str,
    now: datetime,
) -> bool:
    """Decide on a group of questions; `texts` as by `wordings`. False, and nothing is changed,
    where something is decided on one of them already. Raises `RecordsFailed`.
    """
    with store.transaction():
        if store.count(Decided, id=suggestion.ids):
            return False
        day = now.date().isoformat()
        for id in suggestion.ids:
            text = "" if decision.what is What.SKIPPED else texts.get(id, "")
            entry = Decided(
                id, suggestion.id, day, by, decision.what, decision.into, text, written=""
            )
            store.put(entry)
        note(store, now, by, ACTS[decision.what], f"{suggestion.id} {decision.into}".strip())
        return True


def decided(store: Store, suggestion: str) -> Decision | None:
    """What was decided on a group of questions; None where nothing was. Raises `RecordsFailed`."""
    found = store.find(Decided, None, 1, suggestion=suggestion)
    return Decision(What(found[0].what), found[0].into) if found else None


def accepted(store: Store) -> tuple[Decided, ...]:
    """The wordings that were accepted and are not in the content yet. Raises `RecordsFailed`."""
    return tuple(entry for entry in store.find(Decided, written="") if entry.text)


def mark_written(store: Store, entries: Sequence[Decided], by: str, now: datetime) -> None:
    """Note that wordings are in the content now. Raises `RecordsFailed`."""
    with store.transaction():
        for entry in entries:
            store.put(replace(entry, written=now.date().isoformat()))
        note(store, now, by, "write accepted wordings", str(len(entries)))


def reopen(store: Store, entries: Sequence[Decided], by: str, now: datetime) -> None:
    """Let questions wait again to be decided on. Raises `RecordsFailed`."""
    with store.transaction():
        store.delete(Decided, id=tuple(entry.id for entry in entries))
        note(store, now, by, "hold wordings back", str(len(entries)))
