"""Whatever is typed gets an answer; what is known word for word gets its own; twice is the same."""

import json
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering.json import to_json
from knowledge.answering import answer
from knowledge.matching.normalising import LONGEST
from knowledge.matching.ranking import is_telling
from knowledge.model import Answered, Choice, Guidance, NotCovered, SmallTalk
from knowledge.opening import Knowledge

MOST = 5_000
"""Characters of a typed text: more than are read."""

CHARACTERS = st.characters(codec="utf-8")
STRANGE = st.sampled_from("\x00\x1b\x7f\x85\u200d\u202e\u2028\ufeff\ufdfa’😀👶🏽🇬🇧İß½\U0010ffff")
WORDS = "who should i challenge baby hv mw cp plan midwfie dont can't ? . / ; and 67 67% CIN LSCB"
PIECES = st.sampled_from(WORDS.split())
TEXTS = (
    st.text(CHARACTERS, max_size=60)
    | st.text(STRANGE, max_size=60)
    | st.lists(PIECES | st.text(CHARACTERS | STRANGE, max_size=8), max_size=40).map(" ".join)
    | st.tuples(PIECES | STRANGE | CHARACTERS, st.integers(1, MOST)).map(
        lambda drawn: (drawn[0] * drawn[1])[:MOST]
    )
)


def told(text: str, knowledge: Knowledge) -> str:
    """The answer as JSON."""
    return json.dumps(to_json(answer(text, knowledge), knowledge.handbook), ensure_ascii=False)


@settings(max_examples=100)
@given(text=TEXTS)
def test_whatever_is_typed_is_answered(text: str, knowledge: Knowledge) -> None:
    found = answer(text, knowledge)
    assert isinstance(found.answer, Guidance | Choice | NotCovered | SmallTalk)
    assert len(found.question.text) <= LONGEST
    assert found.question.text.isprintable()
    for each in (found, *found.also):
        assert_sound(each)
    assert json.loads(json.dumps(to_json(found, knowledge.handbook)))["text"]


EXTREMES = (
    "",
    "\x00" * MOST,
    "a" * MOST,
    "?! " * (MOST // 3),
    "\ufdfa" * MOST,  # each becomes eighteen characters
    "who is " * (MOST // 7),
    "and what " * (MOST // 9),
    "a b " * (MOST // 4),
)


@pytest.mark.parametrize("text", EXTREMES, ids=range(len(EXTREMES)))
def test_the_longest_messages_are_answered(text: str, knowledge: Knowledge) -> None:
    found = answer(text, knowledge)
    assert len(found.question.text) <= LONGEST
    assert_sound(found)


def assert_sound(found: Answered) -> None:
    """Guidance shows a point, a choice offers one to four, and each confidence is one."""
    if isinstance(found.answer, Guidance):
        assert found.answer.points
        assert found.answer.intent not in [other.intent for other in found.alternatives]
    if isinstance(found.answer, Choice):
        assert 1 <= len(found.answer.offered) <= 4
        assert found.alternatives == found.answer.offered
    assert all(0 <= other.confidence <= 1 for other in found.alternatives)
    sure = [other.confidence for other in found.alternatives]
    assert sorted(sure, reverse=True) == sure
    assert all(round(other.confidence, 3) == other.confidence for other in found.alternatives)


@settings(max_examples=5)
@given(text=TEXTS)
def test_whatever_is_typed_is_answered_with_the_encoder_too(text: str, semantic: Knowledge) -> None:
    assert_sound(answer(text, semantic))


@pytest.mark.parametrize("text", ["", "   \n", "\x00", "?!…", "😀", "the", "of it was"])
def test_what_says_nothing_is_not_covered(text: str, knowledge: Knowledge) -> None:
    assert isinstance(answer(text, knowledge).answer, NotCovered)


def meant_by(knowledge: Knowledge) -> Mapping[str, frozenset[str]]:
    """The intents (or none) of each known phrase as it is read."""
    index = knowledge.index
    meant: dict[str, frozenset[str]] = {}
    for tokens, label in zip(index.read_as, index.labels, strict=True):
        meant[tokens] = meant.get(tokens, frozenset()) | {index.classes[label]}
    return meant


def unambiguous(knowledge: Knowledge, most: int) -> Sequence[tuple[str, str]]:
    """Evenly over all intents, ways of asking that belong to one intent, each with it."""
    meant = meant_by(knowledge)
    found = [
        (text, intent.id)
        for intent in knowledge.handbook.intents
        for text in intent.asked
        if len(meant[" ".join(knowledge.index.read(text).tokens)]) == 1
    ]
    return found[:: len(found) // most + 1]


def astray(asked: Sequence[tuple[str, str]], knowledge: Knowledge) -> list[tuple[str, str, str]]:
    """Those that are answered by another intent, or not outright."""
    answers = [(text, intent, answer(text, knowledge).answer) for text, intent in asked]
    return [
        (text, intent, type(found).__name__)
        for text, intent, found in answers
        if not (isinstance(found, Guidance) and found.intent.id == intent)
    ]


def test_a_known_way_of_asking_is_answered_by_its_own_intent(knowledge: Knowledge) -> None:
    asked = unambiguous(knowledge, 200)
    assert len(asked) > 150
    assert astray(asked, knowledge) == []


def test_a_known_way_of_asking_is_answered_so_with_the_encoder_too(semantic: Knowledge) -> None:
    assert astray(unambiguous(semantic, 15), semantic) == []


def test_a_known_way_of_asking_without_a_telling_word_is_answered(knowledge: Knowledge) -> None:
    index = knowledge.index
    wordless = [
        (text, index.classes[label])
        for text, tokens, label in zip(index.texts, index.read_as, index.labels, strict=True)
        if index.classes[label] and not any(map(is_telling, tokens.split()))
    ]
    assert astray(wordless, knowledge) == []


def test_a_known_way_of_asking_that_looks_like_two_questions_is_one(knowledge: Knowledge) -> None:
    asked = [
        (text, intent.id)
        for intent in knowledge.handbook.intents
        for text in intent.asked
        if "?" in text[:-1] or ", and " in text
    ]
    assert astray(asked[:: len(asked) // 60 + 1], knowledge) == []


QUESTIONS = (
    "who should I challenge if concerns aren't addressed?",
    "hv not let in, and what do I do about the dad?",
    "overlay",
    "my mam says the board is rubbish",
    "what is the weather today",
    "Hello",
)


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_same_question_gets_the_same_answer(
    text: str, knowledge: Knowledge, semantic: Knowledge
) -> None:
    for tier in (knowledge, semantic):
        assert told(text, tier) == told(text, tier)


TOLD_IN_SENTENCES = {
    "there are three kids in the house. the littlest is five weeks. "
    "which one should worry me most": "under-ones-most-vulnerable",
    "grandad kept ringing about the baby. we wrote it down as a family row. "
    "is there a case like that": "grandparents-case",
    "dad has a drink problem and they row. she is 30 weeks gone. "
    "how seriously do i take it": "babies-violence-drink-drugs",
}


@pytest.mark.parametrize("text", TOLD_IN_SENTENCES)
def test_what_answers_a_whole_message_leads_whatever_its_sentences_would_get(
    knowledge: Knowledge, text: str
) -> None:
    found = answer(text, knowledge).answer
    assert isinstance(found, Guidance)
    assert found.intent.id == TOLD_IN_SENTENCES[text]
