"""Links that open an answer in a private chat; one that was shared, for whoever presses it."""

from dataclasses import dataclass

from bot.records.pseudonyms import Pseudonyms
from knowledge.handbook import Handbook

SHARED = "s_"
NO_LONGER = "This link does not work (any more)."


@dataclass(frozen=True, slots=True)
class Opens:
    """What a link opens: an intent, or a unit of guidance; the other is empty."""

    intent: str = ""
    unit: str = ""
    for_anyone: bool = False
    """Whether it was shared by this bot, so that who presses it may read the answer."""


def share(bot: str, intent: str, pseudonyms: Pseudonyms) -> str:
    """The link that stands under a shared answer."""
    return f"https://t.me/{bot}?start={SHARED}{intent}_{pseudonyms.sign(intent)}"


def opened(parameter: str, handbook: Handbook, pseudonyms: Pseudonyms) -> Opens | None:
    """What the parameter of a link opens; None for nothing that is known.

    A unit's id has `__` for `/` and `_` for `.`: `aoc__81_4`.
    """
    if parameter.startswith(SHARED):
        intent, _, signature = parameter.removeprefix(SHARED).rpartition("_")
        if handbook.has_intent(intent) and pseudonyms.is_signed(intent, signature):
            return Opens(intent, for_anyone=True)
        return None
    unit = parameter.replace("__", "/").replace("_", ".")
    if handbook.has_unit(unit):
        return Opens(unit=unit)
    return Opens(parameter) if handbook.has_intent(parameter) else None
