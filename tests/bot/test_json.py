"""The answer as other programs read it."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering.json import citation, to_json
from bot.rendering.outline import outline
from knowledge.answering import answer
from knowledge.handbook import Handbook
from knowledge.model import Answered
from knowledge.opening import Knowledge
from tests.bot.promises import CITATION_KEYS, EVIDENCE_KEYS, KEYS
from tests.bot.questions import KINDS


def check(told: dict[str, Any]) -> None:
    """Hold an answer and those in `also` to their promised shape."""
    assert list(told) == KEYS
    assert 0 <= told["confidence"] <= 1
    assert told["confidence"] == round(told["confidence"], 3)
    assert bool(told["citations"]) == (told["outcome"] == "guidance") == bool(told["answer"])
    assert (told["intent"] is None) == (told["answer"] is None)
    for cited in told["citations"]:
        assert set(CITATION_KEYS) <= set(cited)
    for one in told["alternatives"]:
        assert set(one) == {"intent", "title", "confidence"}
        assert one["intent"] != told["intent"]
    assert told["evidence"] is None or set(EVIDENCE_KEYS) <= set(told["evidence"])
    for other in told["also"]:
        check(other)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_there_whatever_the_outcome(
    of_each_kind: Answered, handbook: Handbook
) -> None:
    check(to_json(of_each_kind, handbook))


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_survives_being_written_and_read(
    of_each_kind: Answered, handbook: Handbook
) -> None:
    told = to_json(of_each_kind, handbook)
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize("kind", KINDS)
def test_the_outcome_is_named(of_each_kind: Answered, handbook: Handbook, kind: str) -> None:
    named = {"picked": "guidance", "several": "guidance"}.get(kind, kind)
    assert to_json(of_each_kind, handbook)["outcome"] == named


def test_guidance_names_its_intent_and_cites_in_the_order_shown(
    answers: dict[str, Answered], handbook: Handbook
) -> None:
    told = to_json(answers["guidance"], handbook)
    intent = handbook.intent("challenge-another-agency")
    assert told["intent"] == intent.id
    assert told["answer"] == f"{intent.id}@{handbook.version(intent)}"
    assert [cited["id"] for cited in told["citations"]] == ["aoc/81.4", "aoc/81.3", "aoc/81.6"]
    assert told["related"] == list(intent.related)
    assert told["evidence"]["phrase"] in intent.asked
    assert told["evidence"]["tier"] == "lexical"


def test_a_citation_says_all_that_is_known_of_where_it_stands(handbook: Handbook) -> None:
    unit = handbook.unit("aoc/81.4")
    told = citation(unit, handbook)
    assert {key: told[key] for key in CITATION_KEYS} == {
        "id": "aoc/81.4",
        "text": unit.text,
        "kind": "recommendation",
        "addressed_to": ["practitioners"],
        "concerns": list(unit.concerns),
        "ages": ["14-plus"],
        "source": "ages-of-concern",
        "title": "Ages of concern: learning lessons from serious case reviews",
        "publisher": "Ofsted",
        "year": 2011,
        "period": "reviews evaluated from 1 April 2007 to 31 March 2011",
        "locator": "para 81",
        "via": ["digest by the Reduced Policy Company"],
        "status": "historic",
        "checked": False,
    }


def test_a_choice_tells_what_is_offered(answers: dict[str, Answered], handbook: Handbook) -> None:
    told = to_json(answers["choice"], handbook)
    assert told["alternatives"] == [
        {"intent": intent.id, "title": intent.title, "confidence": 0.2}
        for intent in handbook.intents[:4]
    ]


def test_a_second_question_of_a_message_is_answered_in_full(
    answers: dict[str, Answered], handbook: Handbook
) -> None:
    told = to_json(answers["several"], handbook)
    assert [one["intent"] for one in (told, *told["also"])] == [
        "challenge-another-agency",
        "missed-appointments",
    ]


@settings(max_examples=60)
@given(text=st.text(max_size=200) | st.text("\0\x1b\u202e\ud800 fathers?\n", max_size=40))
def test_whatever_is_asked_has_an_answer_of_that_shape(knowledge: Knowledge, text: str) -> None:
    answered = answer(text, knowledge)
    told = to_json(answered, knowledge.handbook)
    check(told)
    assert told["text"] == outline(answered, knowledge.handbook).plain()
    json.dumps(told, ensure_ascii=False, allow_nan=False).encode()
