"""Each intent is found by the questions that judge it, in the lexical tier."""

from collections.abc import Mapping, Sequence

import pytest

from knowledge.handbook import Handbook
from knowledge.opening import Knowledge
from knowledge.places import BUILT_IN
from knowledge.quality import known
from knowledge.quality.suites.arriving import judge_checks
from knowledge.quality.suites.verdicts import Arrival

ALL = 0.9
"""Of all checks at least this share arrives; what the other tier adds comes on top."""
INTENTS = sorted(path.stem for path in (BUILT_IN / "intents").glob("*.yaml"))


@pytest.fixture(scope="session")
def arrivals(knowledge: Knowledge) -> Mapping[str, Sequence[Arrival]]:
    """By intent, what became of its checks."""
    found: dict[str, list[Arrival]] = {intent: [] for intent in INTENTS}
    for arrival in judge_checks(knowledge, INTENTS):
        found[arrival.wanted].append(arrival)
    return found


@pytest.fixture(scope="session")
def listed() -> Mapping[str, Sequence[str]]:
    """The checks that do not arrive yet, by intent. One that does has to be taken out."""
    found: dict[str, list[str]] = {intent: [] for intent in INTENTS}
    for one in known.read(known.place((BUILT_IN,)), "lexical"):
        found.setdefault(one.heading, []).append(one.text)
    return found


@pytest.mark.parametrize("intent", INTENTS)
def test_the_questions_that_judge_an_intent_arrive(
    arrivals: Mapping[str, Sequence[Arrival]], listed: Mapping[str, Sequence[str]], intent: str
) -> None:
    astray = [arrival.text for arrival in arrivals[intent] if arrival.end == "astray"]
    assert sorted(astray) == sorted(listed[intent])


def test_of_all_questions_nearly_all_arrive(arrivals: Mapping[str, Sequence[Arrival]]) -> None:
    ends = [arrival.end for found in arrivals.values() for arrival in found]
    assert 1 - ends.count("astray") / len(ends) >= ALL


@pytest.mark.parametrize("intent", INTENTS)
def test_an_intent_has_questions_enough_to_judge_it(handbook: Handbook, intent: str) -> None:
    assert len(handbook.intent(intent).checks) >= 6
