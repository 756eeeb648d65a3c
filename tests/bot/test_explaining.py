"""Why an answer was given, in plain words."""

import pytest

from bot.rendering.explaining import explain
from knowledge.answering import answer
from knowledge.conversing import reply
from knowledge.handbook import Handbook
from knowledge.model import Answered, Candidate, Choice, Evidence, Guidance, NotCovered, Question
from knowledge.opening import Knowledge
from tests.bot.questions import KINDS
from tests.bot.terminals import Terminal

BY_WORDS = "I compared by words alone."


def test_the_closest_question_what_counted_and_the_runner_up_are_named(handbook: Handbook) -> None:
    first, second = handbook.intents[:2]
    found = Answered(
        question=Question("teh fathers"),
        answer=Guidance(first, "12345678", handbook.points(first), 0.876),
        evidence=Evidence(
            "where are the fathers",
            0.8,
            ("fathers",),
            (("teh", "the"),),
            Candidate(second, 0.05),
            "lexical",
        ),
    )
    assert explain(found) == (
        "I am 88 in 100 sure that this is the answer you want.",
        "The closest question that I know: “where are the fathers”. Yours is very like it.",
        "Words that counted: fathers.",
        "I read “teh” as “the”.",
        f"Next best: “{second.title}”, 5 in 100.",
        BY_WORDS,
    )


@pytest.mark.parametrize(
    ("likeness", "said"),
    [
        (1.0, "the same"),
        (0.99, "the same"),
        (0.98, "very like it"),
        (0.74, "like it"),
        (0.49, "a little like it"),
        (0.1, "hardly like it"),
        (0.0, "hardly like it"),
    ],
)
def test_how_like_it_is_is_said_in_words(handbook: Handbook, likeness: float, said: str) -> None:
    found = Answered(
        Question("x"),
        Choice((Candidate(handbook.intents[0], 0.3),)),
        evidence=Evidence("a question", likeness, (), (), None, "lexical"),
    )
    assert explain(found)[1] == f"The closest question that I know: “a question”. Yours is {said}."


def test_nothing_is_said_to_be_impossible(handbook: Handbook) -> None:
    runner_up = Candidate(handbook.intents[1], 0.004)
    found = Answered(
        Question("x"),
        NotCovered(handbook.routes[0]),
        evidence=Evidence("a question", 0.5, (), (), runner_up, "semantic"),
    )
    assert explain(found)[-2:] == (
        f"Next best: “{runner_up.intent.title}”, under 1 in 100.",
        "I compared by words and meaning.",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_can_be_explained(of_each_kind: Answered) -> None:
    for one in (of_each_kind, *of_each_kind.also):
        assert all(line.strip() for line in explain(one)) and explain(one)


def test_a_picked_answer_was_picked(answers: dict[str, Answered]) -> None:
    assert explain(answers["picked"]) == ("You picked it yourself.",)


def test_a_follow_up_names_what_it_was_taken_to_go_on_from(knowledge: Knowledge) -> None:
    before = answer("who should I challenge if concerns aren't addressed?", knowledge)
    after = reply("where does it say that", knowledge, before)
    assert after.follow_up_of is not None
    assert explain(after) == (f"I took it to go on from “{after.follow_up_of.title}”.",)


def test_ask_says_why_after_the_answer(terminal: Terminal) -> None:
    told = terminal.types("ask", "hopsital keeps fobbing me off", "--why")
    assert told.code == 0
    assert "I read “hopsital” as “hospital”." in told.out.split("Why this?")[1]


def test_a_conversation_can_be_asked_why(terminal: Terminal) -> None:
    told = terminal.types("chat", given=b"/why\ndo missed appointments matter\n/why\n")
    before, *_, after = told.out.split("Why this?\n")[1:]
    assert before.startswith("Ask something first")
    assert "I am over 99 in 100 sure" in after
