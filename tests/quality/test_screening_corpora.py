"""How much of the personal data of invented messages is seen, and how seldom where there is none.

`first` was looked at while the rules were made, `second` was not.
"""

from collections.abc import Mapping, Sequence

import pytest

from knowledge.opening import Knowledge
from knowledge.quality.suites.personal import PARTS, judge_part
from knowledge.quality.suites.verdicts import Verdict
from knowledge.screening.items import KINDS
from knowledge.screening.personal import find
from tests.quality.conftest import AsListed

FLOORS = {kind: 0.9 for kind in KINDS} | {"name": 0.8, "school": 0.8}
"""Of each kind at least this share is masked whole. Names and schools go by words, the rest by its
form.
"""
SURE = ("email", "nhs_number", "ni_number", "upn", "phone", "postcode", "car_registration")
"""Kinds that are nearly always seen."""
FALSE = 0.02
"""Of the messages that tell of nobody, at most this share has anything masked."""
ENOUGH = 30
"""Of fewer examples a share says little."""


class Seen:
    """The verdicts on a part of the corpus, by kind; those on who tells of nobody apart."""

    def __init__(self, part: str, knowledge: Knowledge) -> None:
        self.marked: dict[str, list[Verdict]] = {}
        self.clean: list[Verdict] = []
        for verdict in judge_part(part, knowledge):
            is_marked = verdict.wanted in KINDS
            (self.marked.setdefault(verdict.wanted, []) if is_marked else self.clean).append(
                verdict
            )


def share(found: Sequence[Verdict]) -> float:
    """Of the verdicts, those that are as they should be."""
    return sum(verdict.right for verdict in found) / len(found)


@pytest.fixture(scope="module")
def parts(knowledge: Knowledge) -> Mapping[str, Seen]:
    return {part: Seen(part, knowledge) for part in PARTS}


@pytest.mark.parametrize("part", PARTS)
def test_of_each_kind_there_are_examples_enough(parts: Mapping[str, Seen], part: str) -> None:
    assert sorted(parts[part].marked) == sorted(KINDS)
    assert min(map(len, parts[part].marked.values())) >= ENOUGH
    assert len(parts[part].clean) >= 10 * ENOUGH


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_tells_who_somebody_is_is_masked_whole(
    parts: Mapping[str, Seen], part: str, kind: str
) -> None:
    assert share(parts[part].marked[kind]) >= FLOORS[kind]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", SURE)
def test_what_tells_by_its_form_is_hardly_ever_missed(
    parts: Mapping[str, Seen], part: str, kind: str
) -> None:
    assert share(parts[part].marked[kind]) >= 0.95


@pytest.mark.parametrize("part", PARTS)
def test_a_message_that_tells_of_nobody_is_hardly_ever_masked(
    parts: Mapping[str, Seen], part: str
) -> None:
    assert 1 - share(parts[part].clean) <= FALSE


@pytest.mark.parametrize("part", PARTS)
def test_what_is_masked_wrongly_is_known(
    parts: Mapping[str, Seen], part: str, as_listed: AsListed
) -> None:
    marked = [verdict for found in parts[part].marked.values() for verdict in found]
    assert as_listed([*marked, *parts[part].clean])


def test_the_questions_that_judge_the_matcher_are_hardly_ever_masked(knowledge: Knowledge) -> None:
    texts = [text for intent in knowledge.handbook.intents for text in intent.checks]
    masked = [text for text in texts if find(text, knowledge.vocabulary)]
    assert len(masked) / len(texts) <= FALSE
