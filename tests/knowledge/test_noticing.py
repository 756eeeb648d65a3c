"""What is said before and around an answer: in which order, and only where it fits."""

import re
from dataclasses import replace

import pytest

from knowledge.answering import show_chosen
from knowledge.cautions import (
    ALARMS,
    Addition,
    Alarm,
    Cautions,
    Change,
    CommonNames,
    Contact,
    Link,
    Local,
    Nation,
    Stage,
)
from knowledge.guidance import STATUSES
from knowledge.handbook import Handbook
from knowledge.model import Notice, Question, Screened
from knowledge.noticing import NO_LOCAL, NOT_CHECKED, NOT_KEPT, before, status_in_words, turned
from knowledge.opening import Knowledge
from knowledge.quality.soundness import readability
from knowledge.screening.items import KINDS

NUMBERS = ("Social care: 01632 960002.", "Mental health: 01632 960003.")
CAUTIONS = Cautions(
    alarms=tuple(
        Alarm(
            id=id,
            says=f"Of {id}.",
            additions=(
                Addition(("my dad", "i am 12"), "You are a child."),
                Addition(("pills",), "You speak of pills."),
            ),
            closing="No record.",
            signs=(),
            unless=(),
            fires=(),
            quiet=(),
        )
        for id in ALARMS
    ),
    names=CommonNames((), (), (), "A published review."),
    nations=(Nation("Wales", ("wales",), "Not Wales."), Nation("Ulster", ("ulster",), "Nor that.")),
    not_nations=("new south wales",),
    local=Local(emergency=NUMBERS),
)


def seen(
    plain: str = "a message",
    alarms: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
    published: bool = False,
) -> Screened:
    """A message of which this was seen."""
    return Screened(Question(plain, kinds), plain, alarms, published)


def said(message: Screened, cautions: Cautions = CAUTIONS) -> list[tuple[str, str]]:
    """The kind and the text of what is said before whatever follows."""
    return [(notice.kind, notice.text) for notice in before(message, cautions)]


def test_a_message_that_calls_for_nothing_is_told_nothing() -> None:
    assert said(seen()) == []


def test_danger_is_said_first_of_all() -> None:
    everything = seen("in wales", ("danger", "distress"), ("name",), published=True)
    assert [kind for kind, _ in said(everything)] == [
        "danger",
        "distress",
        "personal_data",
        "published",
        "nation",
    ]


def test_the_operators_own_numbers_come_right_after_999_and_before_all_else() -> None:
    ((_, text),) = said(seen("my dad took pills", ("danger",)))
    assert text == (
        "Of danger. Social care: 01632 960002. Mental health: 01632 960003. "
        "You are a child. You speak of pills. No record."
    )


def test_the_operators_own_numbers_are_for_an_emergency_alone() -> None:
    for id in ("live_concern", "distress"):
        assert said(seen(alarms=(id,))) == [(id, f"Of {id}. No record.")]


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("the lad is bleeding", []),
        ("My Dad's got a knife", ["You are a child."]),
        ("i'm 12", ["You are a child."]),
        ("im 12 and ive took pills", ["You are a child.", "You speak of pills."]),
        ("im 123", []),
        ("spills", []),
        ("my daddy", []),
    ],
)
def test_what_fits_some_messages_is_added_where_one_of_its_words_stands(
    text: str, added: list[str]
) -> None:
    without_numbers = replace(CAUTIONS, local=Local())
    ((_, told),) = said(seen(text, ("danger",)), without_numbers)
    assert told == " ".join(["Of danger.", *added, "No record."])


@pytest.mark.parametrize(
    ("kinds", "named"),
    [
        (("name",), "a name"),
        (("name", "phone"), "a name and a phone number"),
        (("name", "postcode", "upn"), "a name, a postcode and a unique pupil number"),
    ],
)
def test_every_kind_of_personal_data_is_named(kinds: tuple[str, ...], named: str) -> None:
    assert said(seen(kinds=kinds)) == [("personal_data", NOT_KEPT.format(kinds=named))]


def test_a_published_review_is_said_to_be_none_of_the_five() -> None:
    assert said(seen(published=True)) == [("published", "A published review.")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("how is it done in Wales?", ["Not Wales."]),
        ("Wales's board, and Ulster's", ["Not Wales.", "Nor that."]),
        ("in New South Wales", []),
        ("in New South Wales and in Wales", ["Not Wales."]),
        ("a girl who walesed off", []),
        ("a house in Wales Road, and one in Ulster Street", []),
        ("a house in Wales Road, in Wales", ["Not Wales."]),
    ],
)
def test_another_nation_is_told_that_the_reports_are_about_england(
    text: str, told: list[str]
) -> None:
    assert said(seen(text)) == [("nation", one) for one in told]


def test_a_question_put_the_other_way_round_is_met_in_guidance_and_nowhere_else() -> None:
    message = seen(alarms=("polarity",))
    assert said(message) == []
    assert list(turned(message, CAUTIONS)) == [Notice("polarity", "Of polarity.")]
    assert list(turned(seen(alarms=("danger",)), CAUTIONS)) == []


def test_where_nothing_is_written_of_caution_nothing_is_said() -> None:
    everything = seen("in wales", ALARMS)
    assert said(everything, Cautions()) == []
    assert list(turned(everything, Cautions())) == []


def around(handbook: Handbook, intent: str, question: str = "what about it") -> list[Notice]:
    """What is said around the answer of an intent."""
    return list(show_chosen(Question(question), intent, handbook).notices)


def of(kind: str, notices: list[Notice]) -> list[str]:
    """The texts of the notices of a kind."""
    return [notice.text for notice in notices if notice.kind == kind]


def test_every_answer_says_how_far_its_main_point_can_be_relied_on(handbook: Handbook) -> None:
    for intent in handbook.intents:
        main = handbook.points(intent)[0]
        told = of("status", around(handbook, intent.id))
        assert told == [status_in_words(main, handbook)]
        assert NOT_CHECKED in told[0]


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_is_said_in_words(handbook: Handbook, status: str) -> None:
    unit = handbook.units[0]
    source = replace(handbook.source_of(unit), status=status)
    changed = replace(handbook, sources=(source,))
    words, year = status_in_words(unit, changed).split(" (", 1)
    assert re.fullmatch(r"[A-Z][a-z]+(?:,? [a-z]+)*", words)
    assert year == f"{source.year}), about England. {NOT_CHECKED}."


def test_who_has_checked_the_wording_is_said_once_somebody_has(handbook: Handbook) -> None:
    unit = handbook.units[0]
    source = replace(handbook.source_of(unit), checked_by="a named doctor")
    told = status_in_words(unit, replace(handbook, sources=(source,)))
    assert told.endswith("Wording checked by a named doctor.")
    assert NOT_CHECKED not in told


BOARDS = Change("boards", ("boards",), (), "They are no more.", "an Act", "2026-11-22")


def changed(handbook: Handbook, *changes: Change) -> Handbook:
    """The content, of which these things alone have changed since."""
    return replace(handbook, cautions=replace(handbook.cautions, changes=changes))


def test_a_change_is_said_with_its_source_and_its_day(handbook: Handbook) -> None:
    told = of("then_and_now", around(changed(handbook, BOARDS), "board-homeless-babies"))
    assert told == ["They are no more. (an Act; noted 2026-11-22, not confirmed here.)"]


def test_a_change_is_said_only_where_the_answer_names_what_has_changed(handbook: Handbook) -> None:
    never = replace(BOARDS, words=("a wording that no report has",))
    for intent in handbook.intents:
        assert of("then_and_now", around(changed(handbook, never), intent.id)) == []


def test_a_change_is_said_beside_every_answer_that_shows_its_unit(handbook: Handbook) -> None:
    unit = handbook.units[0]
    told = changed(handbook, replace(BOARDS, words=(), beside=(unit.id,)))
    for intent in told.intents:
        expected = [BOARDS.line] if unit in told.points(intent) else []
        assert of("then_and_now", around(told, intent.id)) == expected


def test_a_change_is_said_by_the_answer_and_not_by_the_question(handbook: Handbook) -> None:
    fgm = replace(BOARDS, words=("fgm",))
    asked = around(changed(handbook, fgm), "missed-appointments", "fgm")
    assert of("then_and_now", asked) == []


def test_no_answer_says_a_change_twice(handbook: Handbook) -> None:
    lines = [change.line for change in handbook.cautions.changes]
    shown: set[str] = set()
    for intent in handbook.intents:
        told = of("then_and_now", around(handbook, intent.id))
        assert told == [line for line in lines if line in told]
        shown.update(told)
    assert len(shown) > len(lines) / 2


LOCAL = [
    "Stage 1, between workers: you and the other worker talk it over, within one working day.",
    "Stage 2, managers: your manager speaks to theirs.",
]
CONTACT = "Front door: 01632 960001 (checked 2026-11-20)."
LINK = "Escalation policy: https://example.org/escalation"


def test_the_local_way_is_said_part_by_part_as_an_intent_asks_for_it() -> None:
    local = Local(
        "Invented Vale",
        (Stage("workers", "you talk", "today"), Stage("managers", "they talk", "")),
        (Contact("Front door", "01632 960001", "2026-11-20"),),
        (Link("Policy", "https://example.org/policy"),),
    )
    stages = ["Stage 1, workers: you talk, today.", "Stage 2, managers: they talk."]
    link = "Policy: https://example.org/policy"
    assert list(local.lines(("escalation",))) == [*stages, link]
    assert list(local.lines(("contacts",))) == [CONTACT, link]
    assert list(local.lines(("contacts", "escalation"))) == [*stages, CONTACT, link]


def test_a_local_overlay_is_said_beside_the_intents_that_ask_for_it_and_no_others(
    local: Knowledge,
) -> None:
    handbook = local.handbook
    asking = {intent.id: intent.local for intent in handbook.intents if intent.local}
    assert {part for parts in asking.values() for part in parts} == {"escalation", "contacts"}
    for intent in handbook.intents:
        stages = LOCAL if "escalation" in intent.local else []
        contacts = [CONTACT] if "contacts" in intent.local else []
        whose = f"{handbook.cautions.local.partnership}:"
        expected = ["\n".join([whose, *stages, *contacts, LINK])] if intent.local else []
        assert of("local", around(handbook, intent.id)) == expected


def test_without_an_overlay_an_answer_says_whom_to_ask_and_makes_up_no_step(
    handbook: Handbook,
) -> None:
    for intent in handbook.intents:
        told = of("local", around(handbook, intent.id))
        assert told == ([NO_LOCAL] if intent.local else [])
    assert "safeguarding lead" in NO_LOCAL
    assert not re.search(r"\d|stage|hour|days?\b|http", NO_LOCAL, re.IGNORECASE)


@pytest.mark.parametrize(
    "text", [NO_LOCAL, NOT_KEPT.format(kinds="a name"), NOT_KEPT.format(kinds="an address")]
)
def test_what_is_said_around_answers_is_easy_to_read(handbook: Handbook, text: str) -> None:
    read = readability.read(text, frozenset(handbook.cautions.terms))
    assert read.grade <= readability.GRADE
    assert read.average <= readability.AVERAGE
    assert read.words <= readability.LONGEST


def test_every_kind_of_personal_data_has_words_of_its_own() -> None:
    assert all(re.fullmatch(r"an? [A-Za-z -]+", words) for words in KINDS.values())
    assert len(set(KINDS.values())) == len(KINDS)
