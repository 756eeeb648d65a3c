"""What calls for an alarm: by its likeness to what is taught, or by a sign; and what never does."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.cautions import ALARMS, Alarm
from knowledge.matching.normalising import tokenise
from knowledge.opening import Knowledge
from knowledge.screening.alarming import GENERAL, hear, score_all

WHATEVER: Mapping[str, float] = dict.fromkeys(ALARMS, -1e9)
"""Thresholds that every message reaches that is compared at all."""
SIGNS_ALONE: Mapping[str, float] = dict.fromkeys(ALARMS, 1e9)
"""Thresholds that none reaches."""
CALM_BEFORE = (
    "We were talking about the rota this afternoon and the parking and who covers the phones on "
    "Friday while the others are on leave. The kettle was on and somebody had brought cake for "
    "the new starter on the second floor."
)
CALM_AFTER = (
    "After that the meeting went on for a while and we agreed the dates for next month and who "
    "would bring the biscuits. Then it was time to go home and the bus was late again because of "
    "the rain in town."
)


def heard(
    text: str, knowledge: Knowledge, thresholds: Mapping[str, float] | None = None
) -> tuple[str, ...]:
    """The alarms of the content that a message calls for."""
    alarms = knowledge.handbook.cautions.alarms
    return hear(text, alarms, knowledge.alarms, thresholds or knowledge.calibration.alarms)


def alarm(*signs: str, unless: tuple[str, ...] = ()) -> Alarm:
    """An alarm by these signs."""
    return Alarm("danger", "Call 999.", (), "", signs, unless, ("a",), ("b",))


def by_signs(text: str, knowledge: Knowledge, *signs: str, unless: tuple[str, ...] = ()) -> bool:
    """Whether one of the signs is seen in a message."""
    alarms = (alarm(*signs, unless=unless),)
    return hear(text, alarms, knowledge.alarms, SIGNS_ALONE) == ("danger",)


@pytest.mark.parametrize(
    ("text", "alarms"),
    [
        ("dad is hitting mum right now, we are locked in the bathroom", ("danger",)),
        ("a year 2 child has just told me that her uncle hurts her", ("live_concern",)),
        ("i can't do this any more, i cry in the car every night", ("distress",)),
        ("can i skip seeing the child alone?", ("polarity",)),
        ("what do reviews say about fathers?", ()),
        ("how should information be shared between midwives and health visitors", ()),
    ],
)
def test_a_message_calls_for_what_it_tells(
    knowledge: Knowledge, text: str, alarms: tuple[str, ...]
) -> None:
    assert heard(text, knowledge) == alarms


def test_each_message_that_is_taught_is_heard_as_its_own_alarm(knowledge: Knowledge) -> None:
    for one in knowledge.handbook.cautions.alarms:
        for text in one.fires[:: len(one.fires) // 20]:
            led = {"danger"} if one.id == "live_concern" else set()
            assert {one.id, *led} & {*heard(text, knowledge)}, text


def test_messages_that_only_look_like_it_are_quiet(knowledge: Knowledge) -> None:
    for one in knowledge.handbook.cautions.alarms:
        for text in one.quiet[:: len(one.quiet) // 20]:
            assert one.id not in heard(text, knowledge), text


def test_alarms_are_named_in_the_order_in_which_they_are_said(knowledge: Knowledge) -> None:
    only_danger_is_out_of_reach = {**WHATEVER, "danger": 1e9}
    assert heard("a message of some words", knowledge, only_danger_is_out_of_reach) == (
        "live_concern",
        "distress",
        "polarity",
    )


def test_a_live_concern_is_not_said_beside_danger(knowledge: Knowledge) -> None:
    assert heard("a message of some words", knowledge, WHATEVER) == (
        "danger",
        "distress",
        "polarity",
    )


WORDS = st.sampled_from("baby hitting knife danger help blood dead overdose police now".split())


@settings(max_examples=60)
@given(text=st.text(max_size=12).filter(lambda text: " " not in text) | WORDS)
def test_one_word_never_alarms_whatever_it_is(knowledge: Knowledge, text: str) -> None:
    if len([word for word in tokenise(text) if word.isalpha()]) < 2:
        assert heard(text, knowledge, WHATEVER) == ()


@pytest.mark.parametrize("id", ALARMS)
def test_no_word_of_an_alarm_is_enough_alone(knowledge: Knowledge, id: str) -> None:
    (one,) = (found for found in knowledge.handbook.cautions.alarms if found.id == id)
    words = {word for sign in one.signs for word in tokenise(sign)}
    assert sorted(word for word in words if heard(word, knowledge)) == []


@settings(max_examples=30)
@given(number=st.integers(0) | st.from_regex(r"0[0-9 -]{3,20}", fullmatch=True))
def test_a_number_never_alarms(knowledge: Knowledge, number: int | str) -> None:
    assert heard(str(number), knowledge, WHATEVER) == ()


@pytest.mark.parametrize("text", ["", " ", "?!", "😀😀 😀", "of the", "is it", "what is that"])
def test_what_says_nothing_never_alarms(knowledge: Knowledge, text: str) -> None:
    assert heard(text, knowledge, WHATEVER) == ()


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("he has swallowed a battery", True),
        ("SWALLOWED A BATTERY!!", True),
        ("swallowed one of those flat batteries", False),
        ("she swallowed battery", True),
        ("swallowed one of those flat battery things", True),
        ("swallowed one of those very flat battery things", False),
        ("battery swallowed", False),
    ],
)
def test_a_sign_is_enough_and_its_dots_stand_for_up_to_four_words(
    knowledge: Knowledge, text: str, seen: bool
) -> None:
    assert by_signs(text, knowledge, "swallowed … battery") is seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("she has collapsed", True),
        ("she has not collapsed", False),
        ("she hasn't collapsed", False),
        ("she never collapsed", False),
        ("no collapsed child", False),
        ("she has not eaten and collapsed", True),
    ],
)
def test_a_sign_that_is_denied_is_none(knowledge: Knowledge, text: str, seen: bool) -> None:
    assert by_signs(text, knowledge, "collapsed") is seen


@pytest.mark.parametrize(
    "text", ["a baby is chocking on a grape", "a baby is choaking on a grape", "CHOKING  on grapes"]
)
def test_a_sign_is_seen_however_it_is_spelt(knowledge: Knowledge, text: str) -> None:
    assert by_signs(text, knowledge, "choking on")


def test_a_sign_means_little_in_a_message_of_the_past_or_in_general(knowledge: Knowledge) -> None:
    unless = ("years ago", "reviews")
    assert by_signs("he stopped breathing", knowledge, "stopped breathing", unless=unless)
    for text in ("years ago he stopped breathing", "reviews of babies who stopped breathing"):
        assert not by_signs(text, knowledge, "stopped breathing", unless=unless)


def test_a_message_of_the_past_or_in_general_needs_a_higher_score(knowledge: Knowledge) -> None:
    text = "the dad was hitting the mum in front of the baby, years ago"
    (danger,) = (a for a in knowledge.handbook.cautions.alarms if a.id == "danger")
    now = (replace(danger, signs=(), unless=()),)
    then = (replace(danger, signs=(), unless=("years ago",)),)
    scored = score_all(text, knowledge.alarms)["danger"]
    assert scored > 0

    def is_heard(alarms: tuple[Alarm, ...], threshold: float) -> bool:
        return hear(text, alarms, knowledge.alarms, {"danger": threshold}) == ("danger",)

    assert is_heard(now, scored)
    assert not is_heard(then, scored)
    assert not is_heard(then, scored / GENERAL * 1.01)
    assert is_heard(then, scored / GENERAL * 0.99)


@pytest.mark.parametrize(
    "text",
    [
        "He has stopped breathing!",
        "Dad is hitting mum right now!",
        "Lips are purple, hes only 3 weeks.",
        "My son is on the bridge railings and will not come back.",
    ],
)
def test_danger_is_heard_wherever_it_stands_in_a_long_story(
    knowledge: Knowledge, text: str
) -> None:
    calm = f"{CALM_BEFORE} {CALM_AFTER}"
    words = calm.split()
    assert heard(calm, knowledge) == ()
    missed = [
        before
        for before in range(0, len(words), 3)
        if "danger"
        not in heard(
            f"{' '.join(words[:before])}. {text} {' '.join(words[before:])} {calm}", knowledge
        )
    ]
    assert missed == []


def test_an_alarm_that_was_never_calibrated_is_given_only_by_its_signs(
    knowledge: Knowledge,
) -> None:
    one = alarm("stopped breathing")
    assert hear("he has stopped breathing", (one,), knowledge.alarms, {}) == ("danger",)
    assert hear("a message of some words", (one,), knowledge.alarms, {}) == ()


def test_every_class_is_scored_and_twice_the_same(knowledge: Knowledge) -> None:
    text = "dad is hitting mum right now"
    scores = score_all(text, knowledge.alarms)
    assert set(scores) == {*ALARMS, ""}
    assert scores == score_all(text, knowledge.alarms)


@settings(max_examples=60)
@given(
    text=st.text(max_size=200) | st.lists(WORDS | st.text(max_size=6), max_size=80).map(" ".join)
)
def test_whatever_is_typed_is_listened_to(knowledge: Knowledge, text: str) -> None:
    alarms = heard(text, knowledge)
    assert list(alarms) == [id for id in ALARMS if id in alarms]
    assert not {"danger", "live_concern"} <= set(alarms)


def test_present_danger_is_heard_with_the_encoder_too(semantic: Knowledge) -> None:
    assert heard("dad is hitting mum right now", semantic) == ("danger",)
    assert heard("what do reviews say about fathers?", semantic) == ()
