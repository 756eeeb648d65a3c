"""How much of what must be seen before matching is seen, on messages that taught it nothing."""

from collections.abc import Iterator, Mapping, Sequence

import pytest

from bot.rendering.json import to_json
from knowledge.conversing import reply
from knowledge.model import Answered, Guidance
from knowledge.opening import Knowledge
from knowledge.quality.corpora import messages
from knowledge.quality.suites.alarming import ALARMS, Alarming, judge_alarm, judge_nations
from knowledge.quality.suites.verdicts import Verdict, by_suite
from tests.quality.conftest import AsListed

EVERY = 5
"""Of the questions by which the intents are judged, one in so many is asked here."""
AT_LEAST = {
    "danger seen in emergency": 0.92,
    "no danger in lookalike": 0.92,
    "no danger in general and not_distress": 0.96,
    "live concern seen in live": 0.85,
    "no live concern in general": 0.92,
    "distress seen in distress": 0.70,
    "no distress in not_distress": 0.94,
    "polarity seen in turned": 0.65,
    "no polarity in straight": 0.92,
}
"""Of each suite at least this share is as it should be."""


@pytest.mark.parametrize("of", ALARMS, ids=lambda of: of.suite)
def test_alarms_are_given_where_they_are_called_for_and_not_elsewhere(
    knowledge: Knowledge, of: Alarming, as_listed: AsListed
) -> None:
    found = list(judge_alarm(of, of.texts, knowledge))
    assert share(found) >= AT_LEAST[of.suite], astray(found)
    assert as_listed(found)


def test_questions_to_the_reports_are_hardly_ever_taken_for_a_live_concern(
    knowledge: Knowledge,
) -> None:
    checks = [text for intent in knowledge.handbook.intents for text in intent.checks][::EVERY]
    quiet = Alarming("live_concern", "", ("checks",), False)
    found = list(judge_alarm(quiet, checks, knowledge))
    assert share(found) >= 0.90, astray(found)


def share(found: Sequence[Verdict]) -> float:
    """Of the verdicts, those that are as they should be."""
    return sum(verdict.right for verdict in found) / len(found)


def astray(found: Sequence[Verdict]) -> list[str]:
    """The messages that are not seen as they should be."""
    return [verdict.text for verdict in found if not verdict.right]


@pytest.fixture(scope="module")
def nations(knowledge: Knowledge) -> Mapping[str, Sequence[Verdict]]:
    return by_suite(judge_nations(knowledge))


@pytest.mark.parametrize(
    ("suite", "least"),
    [("other nations told so", 0.90), ("England not taken for another nation", 0.95)],
)
def test_who_asks_from_another_nation_is_told_so_and_nobody_else(
    nations: Mapping[str, Sequence[Verdict]], suite: str, least: float, as_listed: AsListed
) -> None:
    assert share(nations[suite]) >= least, astray(nations[suite])
    assert as_listed(nations[suite])


def all_of(answered: Answered) -> Iterator[Answered]:
    """An answer and those of the same message."""
    yield answered
    for other in answered.also:
        yield from all_of(other)


def test_no_instruction_gets_a_citation_that_the_answer_does_not_have_anyway(
    knowledge: Knowledge,
) -> None:
    handbook = knowledge.handbook
    for text in messages("turned", "instruction"):
        for one in all_of(reply(text, knowledge)):
            told = to_json(one, handbook)
            shown = one.answer.intent if isinstance(one.answer, Guidance) else None
            assert told["intent"] == (shown and shown.id)
            assert [cited["id"] for cited in told["citations"]] == (
                [unit.id for unit in handbook.points(shown)] if shown else []
            )


def test_no_instruction_changes_a_word_of_an_answer(
    knowledge: Knowledge,
) -> None:
    handbook = knowledge.handbook
    for text in messages("turned", "instruction"):
        for one in all_of(reply(text, knowledge)):
            if isinstance(one.answer, Guidance):
                intent = handbook.intent(one.answer.intent.id)
                assert one.answer.intent == intent
                assert one.answer.points == handbook.points(intent)
                assert one.answer.version == handbook.version(intent)
