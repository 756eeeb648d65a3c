"""What is said around an answer, as a person reads it: in words, in its place, in every writing."""

import re
from io import StringIO

import pytest

from bot.rendering.html import to_replies
from bot.rendering.json import to_json
from bot.rendering.outline import Outline, outline
from bot.rendering.terminal import write
from knowledge.answering import choose, show_chosen
from knowledge.handbook import Handbook
from knowledge.loading import load
from knowledge.model import (
    Answer,
    Answered,
    Candidate,
    Choice,
    Guidance,
    NotCovered,
    Notice,
    Question,
    SmallTalk,
)
from knowledge.noticing import NO_LOCAL, NOT_CHECKED
from knowledge.places import BUILT_IN
from tests.bot.markup import shown
from tests.knowledge.conftest import OVERLAY

INTENTS = sorted(path.stem for path in (BUILT_IN / "intents").glob("*.yaml"))
of_each_intent = pytest.mark.parametrize("intent", INTENTS)
CALL = "Call 999."
STATUS = re.compile(
    r"(Historic report|Superseded|In force|Draft|Enacted, not confirmed to be in force|"
    r"Status unknown) \(20\d\d\), about England\. "
)
LOCAL_LINES = {
    "escalation": (
        "Stage 1, between workers: you and the other worker talk it over, within one working day.",
        "Stage 2, managers: your manager speaks to theirs.",
    ),
    "contacts": ("Front door: 01632 960001 (checked 2026-11-20).",),
    "links": ("Escalation policy: https://example.org/escalation",),
}


@pytest.fixture(scope="session")
def local() -> Handbook:
    """The content with an operator's own way laid over it."""
    return load((BUILT_IN, OVERLAY))


def picked(intent: str, handbook: Handbook) -> Answered:
    """The answer of an intent."""
    return show_chosen(Question("what about it"), intent, handbook)


def writings(answered: Answered, handbook: Handbook) -> dict[str, str]:
    """An answer as each renderer writes it."""
    (reply,) = to_replies(answered, handbook)
    pipe = StringIO()
    write(answered, handbook, pipe)
    return {
        "outline": "\n".join(outline(answered, handbook).first),
        "html": shown(reply.html),
        "plain": reply.plain,
        "json": to_json(answered, handbook)["text"],
        "terminal": pipe.getvalue(),
    }


def section(words: Outline, heading: str) -> tuple[str, ...]:
    """The lines under a heading; none where it is not there."""
    return next((found.lines for found in words.more if found.heading == heading), ())


@of_each_intent
def test_however_an_answer_is_written_it_says_its_status_and_that_nobody_has_checked_it(
    handbook: Handbook, intent: str
) -> None:
    for written in writings(picked(intent, handbook), handbook).values():
        assert len(STATUS.findall(written)) == 1
        assert written.count(NOT_CHECKED) == 1


@of_each_intent
def test_what_has_changed_since_stands_once_in_a_section_of_its_own(
    handbook: Handbook, intent: str
) -> None:
    answered = picked(intent, handbook)
    words = outline(answered, handbook)
    lines = section(words, "Since then")
    assert lines == tuple(n.text for n in answered.notices if n.kind == "then_and_now")
    for line in lines:
        assert re.search(r" \(.+; noted \d{4}-\d\d-\d\d, not confirmed here\.\)$", line)
        assert words.plain().count(line) == 1
        assert line not in "\n".join(words.first)


@of_each_intent
def test_the_local_way_stands_in_a_section_of_its_own_where_the_intent_asks_for_it(
    local: Handbook, intent: str
) -> None:
    asked = local.intent(intent).local
    expected = [f"{local.cautions.local.partnership}:"] if asked else []
    for part in ("escalation", "contacts"):
        expected += LOCAL_LINES[part] if part in asked else ()
    expected += LOCAL_LINES["links"] if asked else ()
    words = outline(picked(intent, local), local)
    assert section(words, "Where you work") == tuple(expected)
    for lines in LOCAL_LINES.values():
        for line in lines:
            assert words.plain().count(line) == (line in expected)


@of_each_intent
def test_without_a_local_way_an_answer_names_no_stage_and_no_contact(
    handbook: Handbook, intent: str
) -> None:
    words = outline(picked(intent, handbook), handbook)
    asked = handbook.intent(intent).local
    assert section(words, "Where you work") == ((NO_LOCAL,) if asked else ())
    assert not re.search(r"\bStage \d|\(checked 20|960\d{3}", words.plain())


ANSWERS = ("guidance", "choice", "one choice", "not covered", "small talk", "follow-up")


def answer_of(kind: str, handbook: Handbook) -> Answered:
    """An answer of a kind, before which danger is to be said."""
    danger = Notice("danger", CALL)
    around: tuple[Notice, ...] = (danger,)
    candidates = tuple(Candidate(intent, 0.2) for intent in handbook.intents[:4])
    made: Answer
    match kind:
        case "guidance" | "follow-up":
            found = picked("missed-appointments", handbook)
            made = found.answer
            if kind == "follow-up":
                around = (danger, Notice("follow_up", "Taken as a follow-up to: something"))
            around = (*around, *found.notices)
        case "choice":
            made = choose(Question("q"), candidates).answer
        case "one choice":
            made = Choice(candidates[:1])
        case "not covered":
            made = NotCovered(handbook.routes[0])
        case _:
            made = SmallTalk(handbook.small_talk[0])
    return Answered(Question("q"), made, notices=around)


@pytest.mark.parametrize("kind", ANSWERS)
def test_danger_leads_whatever_follows_and_stands_out(handbook: Handbook, kind: str) -> None:
    answered = answer_of(kind, handbook)
    assert outline(answered, handbook).first[0] == CALL
    assert to_replies(answered, handbook)[0].html.startswith(f"<b>{CALL}</b>")
    for written in writings(answered, handbook).values():
        assert written.startswith(CALL)
        assert written.count(CALL) == 1
    assert to_json(answered, handbook)["danger"] is True


@pytest.mark.parametrize("kind", ANSWERS)
def test_what_was_asked_is_answered_after_danger_all_the_same(
    handbook: Handbook, kind: str
) -> None:
    answered = answer_of(kind, handbook)
    match answered.answer:
        case Guidance(intent=intent):
            follows = intent.lead
        case Choice(offered):
            follows = offered[0].intent.title
        case NotCovered(route):
            follows = route.text
        case SmallTalk(reply):
            follows = reply.says
    for written in writings(answered, handbook).values():
        assert follows in written


@pytest.mark.parametrize("kind", ANSWERS)
def test_what_json_lists_before_an_answer_is_in_its_text_too(handbook: Handbook, kind: str) -> None:
    told = to_json(answer_of(kind, handbook), handbook)
    assert [n["text"] for n in told["notices"] if n["text"] not in told["text"]] == []
