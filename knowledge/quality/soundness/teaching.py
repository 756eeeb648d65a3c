"""Is every intent taught, and judged, by enough?"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from knowledge.guidance import Intent
from knowledge.handbook import Handbook
from knowledge.matching.normalising import as_read
from knowledge.places import BUILT_IN
from knowledge.problems import Problem
from knowledge.quality.soundness.lines import Places


class Least(NamedTuple):
    """The fewest ways of asking, and checks, of an intent."""

    asked: int
    checks: int


GOOD = Least(20, 6)
"""With fewer the matcher learns too little, or is judged by too little."""
START = Least(5, 2)
"""With so many an intent of somebody's own may begin, with a warning; the built-in ones may not."""


_WHAT = {"asked": ("way of asking", "ways of asking"), "checks": ("check", "checks")}


def judge_teaching(handbook: Handbook, places: Places) -> Iterator[Problem]:
    """Too few ways of asking or checks, and checks that judge nothing."""
    everything = (*handbook.intents, *handbook.drafts)
    taught = {as_read(text): intent.id for intent in everything for text in intent.asked}
    for intent in everything:
        place = f"intents/{intent.id}.yaml"
        yield from _too_few(intent, place, places, handbook)
        yield from _vain(intent, place, places, taught)


def _too_few(intent: Intent, place: str, places: Places, handbook: Handbook) -> Iterator[Problem]:
    least = GOOD if places[place].resolve().is_relative_to(BUILT_IN) else START
    if not handbook.has_intent(intent.id):
        least = Least(0, 0)  # a draft is not finished
    for key, (one, many) in _WHAT.items():
        found, needed, good = (len(getattr(intent, key)), *(getattr(n, key) for n in (least, GOOD)))
        if found < good:
            problem = f"only {found} {one if found == 1 else many}"
            severity = "error" if found < needed else "warning"
            mend = f"write at least {needed if found < needed else good}"
            yield places.at(place, f"{key}:", problem, mend, severity)


def _vain(
    intent: Intent, place: str, places: Places, taught: Mapping[str, str]
) -> Iterator[Problem]:
    """Checks that are taught, and checks that stand there twice."""
    seen: set[str] = set()
    for text in intent.checks:
        read = as_read(text)
        if owner := taught.get(read):
            mend = f"it is taught by {owner}: change one of the two"
            yield places.at(place, text, f"the check '{text}' judges nothing", mend)
        elif read in seen:
            problem = f"the check '{text}' stands twice"
            yield places.at(place, text, problem, "delete one of the two", "warning")
        seen.add(read)
