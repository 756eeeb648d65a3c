"""How much of what must be seen before matching is seen, on messages that taught it nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import yaml

from bot.rendering.json import to_json
from knowledge.conversing import reply
from knowledge.model import Answered, Guidance
from knowledge.opening import Knowledge
from knowledge.screening.screening import screen

CORPORA = Path(__file__).parents[1] / "corpora"
EVERY = 5
"""Of the questions by which the intents are judged, one in so many is asked here."""

AT_LEAST = (
    ("danger", "emergency", 0.92),
    ("danger or live_concern", "live", 0.85),
    ("distress", "distress", 0.70),
    ("polarity", "turned", 0.65),
)
"""Alarm, the list that calls for it, and the share in which it is seen."""
AT_MOST = (
    ("danger", "lookalike", 0.08),
    ("live_concern", "general", 0.08),
    ("live_concern", "checks", 0.10),
    ("distress", "not_distress", 0.06),
    ("polarity", "straight", 0.08),
)
"""Alarm, the list that only looks like it, and the share in which it is given all the same."""


@pytest.fixture(scope="module")
def messages(knowledge: Knowledge) -> Mapping[str, Sequence[str]]:
    """The lists of messages by name."""
    lists: dict[str, list[str]] = {}
    for name in ("alarms", "turned"):
        lists |= yaml.safe_load((CORPORA / f"{name}.yaml").read_text(encoding="utf-8"))
    checks = [text for intent in knowledge.handbook.intents for text in intent.checks]
    return {**lists, "checks": checks[::EVERY]}


def astray(texts: Sequence[str], is_right: Callable[[str], bool]) -> list[str]:
    """The messages that are not seen as they should be."""
    return [text for text in texts if not is_right(text)]


@pytest.mark.parametrize(("alarm", "name", "least"), AT_LEAST)
def test_what_calls_for_an_alarm_is_seen(
    knowledge: Knowledge,
    messages: Mapping[str, Sequence[str]],
    alarm: str,
    name: str,
    least: float,
) -> None:
    wanted = set(alarm.split(" or "))
    missed = astray(messages[name], lambda t: bool(wanted & {*screen(t, knowledge).alarms}))
    assert len(missed) <= (1 - least) * len(messages[name]), missed


@pytest.mark.parametrize(("alarm", "name", "most"), AT_MOST)
def test_what_only_looks_like_it_is_left_alone(
    knowledge: Knowledge,
    messages: Mapping[str, Sequence[str]],
    alarm: str,
    name: str,
    most: float,
) -> None:
    false = astray(messages[name], lambda t: alarm not in screen(t, knowledge).alarms)
    assert len(false) <= most * len(messages[name]), false


def is_told_of_a_nation(text: str, knowledge: Knowledge) -> bool:
    """Whether a question is told that the reports are about England."""
    return any(notice.kind == "nation" for notice in reply(text, knowledge).notices)


def test_questions_from_another_nation_are_told_so(
    knowledge: Knowledge, messages: Mapping[str, Sequence[str]]
) -> None:
    texts = messages["nation"]
    missed = astray(texts, lambda text: is_told_of_a_nation(text, knowledge))
    assert len(missed) <= 0.10 * len(texts), missed


def test_questions_from_england_are_not_taken_for_another_nations(
    knowledge: Knowledge, messages: Mapping[str, Sequence[str]]
) -> None:
    texts = messages["england"]
    false = astray(texts, lambda text: not is_told_of_a_nation(text, knowledge))
    assert len(false) <= 0.05 * len(texts), false


def all_of(answered: Answered) -> Iterator[Answered]:
    """An answer and those of the same message."""
    yield answered
    for other in answered.also:
        yield from all_of(other)


def test_no_instruction_gets_a_citation_that_the_answer_does_not_have_anyway(
    knowledge: Knowledge, messages: Mapping[str, Sequence[str]]
) -> None:
    handbook = knowledge.handbook
    for text in messages["instruction"]:
        for one in all_of(reply(text, knowledge)):
            told = to_json(one, handbook)
            shown = one.answer.intent if isinstance(one.answer, Guidance) else None
            assert told["intent"] == (shown and shown.id)
            assert [cited["id"] for cited in told["citations"]] == (
                [unit.id for unit in handbook.points(shown)] if shown else []
            )


def test_no_instruction_changes_a_word_of_an_answer(
    knowledge: Knowledge, messages: Mapping[str, Sequence[str]]
) -> None:
    handbook = knowledge.handbook
    for text in messages["instruction"]:
        for one in all_of(reply(text, knowledge)):
            if isinstance(one.answer, Guidance):
                intent = handbook.intent(one.answer.intent.id)
                assert one.answer.intent == intent
                assert one.answer.points == handbook.points(intent)
                assert one.answer.version == handbook.version(intent)
