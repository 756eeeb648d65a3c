"""One message in a conversation: what must be said first, and then the answer all the same."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answering import answer, choose
from knowledge.cautions import ALARMS
from knowledge.conversing import reply
from knowledge.matching.normalising import LONGEST
from knowledge.model import Answered, Candidate, Choice, Guidance, NotCovered, SmallTalk
from knowledge.opening import Knowledge
from tests.bot.questions import CHALLENGE, MISSED, unclear_question

KNIFE = "he has got a knife"
PREBIRTH = "when should a pre-birth assessment be done"
FIRST = (
    *("danger", "live_concern", "distress", "personal_data", "published"),
    *("nation", "cut", "polarity", "follow_up", "status", "ages", "then_and_now", "local"),
)
"""The kinds of notices in the order in which they are said."""


def kinds(answered: Answered) -> tuple[str, ...]:
    """The kinds of what is said before and around an answer, each once."""
    return tuple(dict.fromkeys(notice.kind for notice in answered.notices))


def intent_of(answered: Answered) -> str | None:
    """The intent of a guidance."""
    return answered.answer.intent.id if isinstance(answered.answer, Guidance) else None


@pytest.fixture(scope="module")
def unclear(knowledge: Knowledge) -> tuple[str, Choice]:
    """A question that is answered by a choice of several, and that choice."""
    return unclear_question(knowledge)


@pytest.fixture(scope="module")
def greeted_with_alarm(knowledge: Knowledge) -> Knowledge:
    """What is known where a greeting calls for the notice of danger."""
    cautions = knowledge.handbook.cautions
    alarms = tuple(
        replace(one, signs=("good morning",)) if one.id == "danger" else one
        for one in cautions.alarms
    )
    handbook = replace(knowledge.handbook, cautions=replace(cautions, alarms=alarms))
    return replace(knowledge, handbook=handbook)


def test_an_ordinary_question_is_answered_as_by_itself(knowledge: Knowledge) -> None:
    for text in (CHALLENGE, MISSED, f"{CHALLENGE} {MISSED}", "the weather", "hello"):
        assert reply(text, knowledge) == answer(text, knowledge)


def test_danger_leads_guidance_and_the_guidance_follows(knowledge: Knowledge) -> None:
    found = reply(f"{CHALLENGE} Quick, {KNIFE}!", knowledge)
    assert kinds(found)[0] == "danger"
    assert "status" in kinds(found)
    assert intent_of(found) == "challenge-another-agency"


def test_danger_leads_a_choice(knowledge: Knowledge) -> None:
    found = reply(f"seen by, {KNIFE}", knowledge)
    assert kinds(found) == ("danger",)
    assert isinstance(found.answer, Choice)


def test_danger_leads_what_is_not_covered(knowledge: Knowledge) -> None:
    found = reply("he has stopped breathing, what is the weather", knowledge)
    assert kinds(found) == ("danger",)
    assert isinstance(found.answer, NotCovered)


def test_danger_leads_small_talk(greeted_with_alarm: Knowledge) -> None:
    found = reply("good morning", greeted_with_alarm)
    assert kinds(found) == ("danger",)
    assert isinstance(found.answer, SmallTalk)


def test_danger_leads_a_follow_up_and_the_follow_up_is_answered(knowledge: Knowledge) -> None:
    last = reply(PREBIRTH, knowledge)
    found = reply(f"and for boards, {KNIFE}", knowledge, last)
    assert kinds(found)[:2] == ("danger", "follow_up")
    assert found.follow_up_of == last.answer.intent
    assert intent_of(found)


def test_danger_leads_a_message_that_asks_two_things_and_is_said_once(
    knowledge: Knowledge,
) -> None:
    found = reply(f"{CHALLENGE} {MISSED} And {KNIFE}!", knowledge)
    assert kinds(found)[0] == "danger"
    said = [notice.kind for one in (found, *found.also) for notice in one.notices]
    assert said.count("danger") == 1


def test_a_live_concern_is_one_line_before_the_answer(knowledge: Knowledge) -> None:
    found = reply(f"a pupil has just told me something, {MISSED}", knowledge)
    assert kinds(found) == ("live_concern", "status")
    assert intent_of(found) == "missed-appointments"


def test_a_live_concern_is_not_said_beside_danger(knowledge: Knowledge) -> None:
    found = reply(f"a pupil has just told me that at home {KNIFE} now", knowledge)
    assert "danger" in kinds(found)
    assert "live_concern" not in kinds(found)


def test_childline_is_named_only_to_who_writes_as_a_child(knowledge: Knowledge) -> None:
    def told(text: str) -> str:
        first = reply(text, knowledge).notices[0]
        assert first.kind == "danger"
        return first.text

    assert "0800 1111" in told("my dad has got a knife")
    assert "0800 1111" not in told("the dad has got a knife")
    assert "111, option 2" in told("she is about to jump, she took pills")
    assert "111, option 2" not in told("the dad has got a knife")


def test_the_operators_own_numbers_come_right_after_999(
    knowledge: Knowledge, local: Knowledge
) -> None:
    plain, own = (reply(KNIFE, tier).notices[0].text for tier in (knowledge, local))
    (danger,) = (one for one in knowledge.handbook.cautions.alarms if one.id == "danger")
    numbers = "Social care, day and night: 01632 960002. Urgent mental health line: 01632 960003."
    assert "999" in danger.says
    assert plain == f"{danger.says} {danger.closing}"
    assert own == f"{danger.says} {numbers} {danger.closing}"


@pytest.mark.parametrize(
    "text",
    [
        "can I skip the pre-birth assessment?",
        "do I not need to challenge the other agency if my concerns aren't addressed",
    ],
)
def test_a_question_put_the_other_way_round_opens_with_a_word_of_care(
    knowledge: Knowledge, text: str
) -> None:
    found = reply(text, knowledge)
    assert kinds(found)[:2] == ("polarity", "status")


def test_the_word_of_care_stands_before_guidance_alone(knowledge: Knowledge) -> None:
    for text in ("can I skip the gym", "can I skip it"):
        found = reply(text, knowledge)
        assert not isinstance(found.answer, Guidance)
        assert "polarity" not in kinds(found)


def test_a_name_is_masked_told_of_and_answered_all_the_same(knowledge: Knowledge) -> None:
    found = reply("do missed appointments matter for Wilhelmina?", knowledge)
    assert kinds(found) == ("personal_data", "status")
    assert intent_of(found) == "missed-appointments"
    assert "Wilhelmina" not in repr(found)


def test_what_is_remembered_of_a_conversation_holds_no_name(knowledge: Knowledge) -> None:
    last = reply("when should a pre-birth assessment be done for Wilhelmina", knowledge)
    found = reply("and for boards?", knowledge, last)
    assert found.follow_up_of == last.answer.intent
    assert "Wilhelmina" not in repr((last, found))


@pytest.mark.parametrize("place", ["Wales", "Scotland", "Northern Ireland"])
def test_another_nation_is_told_so_and_answered_all_the_same(
    knowledge: Knowledge, place: str
) -> None:
    found = reply(f"In {place}, who should I challenge if concerns aren't addressed?", knowledge)
    assert kinds(found)[:2] == ("nation", "status")
    assert place in found.notices[0].text
    assert intent_of(found) == "challenge-another-agency"


def test_a_published_review_is_told_of_and_the_question_answered(knowledge: Knowledge) -> None:
    found = reply("do missed appointments matter, as with Victoria Climbié?", knowledge)
    assert kinds(found) == ("published", "status")
    assert found.question.personal_data == ()


def test_a_message_that_is_cut_is_told_so_and_no_other(knowledge: Knowledge) -> None:
    long = "ab\n\n" * 2000
    told = [
        "cut" in kinds(reply(text, knowledge))
        for text in (long, long[: LONGEST + 1], long[:LONGEST], f"{long[:LONGEST]}    ")
    ]
    assert told == [True, True, False, False]


def test_danger_comes_before_being_told_that_a_message_was_cut(knowledge: Knowledge) -> None:
    assert kinds(reply(f"{KNIFE}. {'we wait. ' * 1000}", knowledge))[:2] == ("danger", "cut")


def test_a_number_picks_what_was_offered(knowledge: Knowledge, unclear: tuple[str, Choice]) -> None:
    text, choice = unclear
    last = reply(text, knowledge)
    for number, candidate in enumerate(choice.offered, 1):
        found = reply(f" {number}. ", knowledge, last)
        assert intent_of(found) == candidate.intent.id
        assert not {*ALARMS, "personal_data"} & {*kinds(found)}


@pytest.mark.parametrize("number", ["0", "5", "-1", "1.5", "²", "99999999999", "1" * 5000])
def test_a_number_that_was_not_offered_picks_nothing(knowledge: Knowledge, number: str) -> None:
    offered = tuple(Candidate(intent, 0.2) for intent in knowledge.handbook.intents[:4])
    last = choose(reply("seen by", knowledge).question, offered)
    assert intent_of(reply(number, knowledge, last)) is None


def test_a_number_after_guidance_is_no_pick(knowledge: Knowledge) -> None:
    last = reply(MISSED, knowledge)
    assert intent_of(reply("1", knowledge, last)) is None


def test_what_is_said_twice_is_answered_twice_the_same(knowledge: Knowledge) -> None:
    text = f"{CHALLENGE} {KNIFE}, Wilhelmina"
    assert reply(text, knowledge) == reply(text, knowledge)


def order(answered: Answered) -> Sequence[int]:
    return [FIRST.index(notice.kind) for notice in answered.notices]


PIECES = st.sampled_from(
    [
        *(CHALLENGE, MISSED, PREBIRTH, KNIFE, "and for boards?", "can I skip that", "in Wales"),
        *("Wilhelmina Okafor", "01632 960123", "Child Q", "i can't do this any more", "2", "hello"),
    ]
)


@settings(max_examples=60)
@given(
    texts=st.lists(st.lists(PIECES | st.text(max_size=20), max_size=4).map(" ".join), max_size=3)
)
def test_whatever_is_said_is_replied_to_and_what_comes_first_comes_first(
    knowledge: Knowledge, texts: list[str]
) -> None:
    last = None
    for text in texts:
        last = reply(text, knowledge, last)
        assert order(last) == sorted(order(last))
        assert not {"danger", "live_concern"} <= set(kinds(last))
        assert "polarity" not in kinds(last) or isinstance(last.answer, Guidance)
        assert ("personal_data" in kinds(last)) == bool(last.question.personal_data)
        for other in last.also:
            assert order(other) == sorted(order(other))
            assert not {*FIRST[:8]} & {*kinds(other)}
