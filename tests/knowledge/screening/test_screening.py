"""A message as it may go on: what is masked, what is matched, what must be said first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.cautions import ALARMS
from knowledge.matching.normalising import LONGEST
from knowledge.model import Question, Screened
from knowledge.opening import Knowledge
from knowledge.screening.items import KINDS
from knowledge.screening.screening import screen
from tests.knowledge.screening.test_alarming import CALM_AFTER, CALM_BEFORE


def test_an_ordinary_question_goes_on_as_it_is(knowledge: Knowledge) -> None:
    text = "do missed appointments matter?"
    assert screen(text, knowledge) == Screened(Question(text), text, (), False)


def test_a_name_is_masked_where_it_is_shown_and_left_out_where_it_is_matched(
    knowledge: Knowledge,
) -> None:
    found = screen("do missed appointments matter for Wilhelmina?", knowledge)
    assert found.question == Question("do missed appointments matter for [name]?", ("name",))
    assert found.plain.split() == "do missed appointments matter for ?".split()


def test_each_kind_of_personal_data_is_named_once_and_in_the_order_of_the_message(
    knowledge: Knowledge,
) -> None:
    text = "ring 01632 960123 about Wilhelmina, or 01632 960124"
    assert screen(text, knowledge).question == Question(
        "ring [phone] about [name], or [phone]", ("phone", "name")
    )


def test_danger_is_heard_whoever_is_named_in_it(knowledge: Knowledge) -> None:
    found = screen("Wilhelmina has stopped breathing", knowledge)
    assert found.alarms == ("danger",)
    assert found.question == Question("[name] has stopped breathing", ("name",))


@pytest.mark.parametrize("parted", ["\n", "\r\n", "\n\n", " ", "\u2028", "\t"])
def test_danger_is_heard_however_the_lines_are_broken(knowledge: Knowledge, parted: str) -> None:
    text = parted.join("my dad has got a knife and he is coming up the stairs".split())
    assert screen(text, knowledge).alarms == ("danger",)


def test_danger_in_the_middle_of_a_long_story_is_heard(knowledge: Knowledge) -> None:
    story = f"{CALM_BEFORE}\n{CALM_BEFORE}\nNow she has stopped breathing!\n{CALM_AFTER}"
    assert screen(story, knowledge).alarms == ("danger",)
    assert screen(f"{CALM_BEFORE}\n{CALM_AFTER}", knowledge).alarms == ()


def test_no_more_of_a_message_is_read_than_its_first_characters(knowledge: Knowledge) -> None:
    calm = "a " * (LONGEST // 2)
    found = screen(f"{calm}he has stopped breathing, Wilhelmina Okafor", knowledge)
    assert found.alarms == ()
    assert found.question == Question(calm.strip())


@pytest.mark.parametrize(
    "text",
    [
        "what did the review of Victoria Climbié find",
        "VICTORIA CLIMBIE",
        "is Daniel Pelka's review one of the five",
        "Child Q",
    ],
)
def test_a_published_review_is_known_by_its_name_which_is_no_secret(
    knowledge: Knowledge, text: str
) -> None:
    found = screen(text, knowledge)
    assert found.published
    assert found.question == Question(text)


@pytest.mark.parametrize(
    "text",
    [
        "what happened to Wilhelmina?",
        "do reviews say anything about fathers",
        "can I give the baby a dummy",
        "is the child a risk to others",
        "is the family a concern to the school",
    ],
)
def test_what_names_no_published_review_is_not_taken_for_one(
    knowledge: Knowledge, text: str
) -> None:
    assert not screen(text, knowledge).published


@pytest.mark.parametrize("number", ["999", "116 123", "0800 1111"])
def test_everyones_number_is_no_personal_data(knowledge: Knowledge, number: str) -> None:
    assert screen(f"shall I ring {number}", knowledge).question == Question(
        f"shall I ring {number}"
    )


TEXTS = st.text(max_size=300) | st.lists(
    st.sampled_from("Wilhelmina Okafor 01632 960123 a@example.org SW1A 1AA Child Q . , \n".split())
    | st.text(max_size=8),
    max_size=40,
).map(" ".join)


@settings(max_examples=80)
@given(text=TEXTS)
def test_whatever_is_typed_is_screened(knowledge: Knowledge, text: str) -> None:
    found = screen(text, knowledge)
    question = found.question
    assert question.text.isprintable()
    assert question.text == " ".join(question.text.split())
    assert [kind for kind in question.personal_data if kind not in KINDS] == []
    assert len(set(question.personal_data)) == len(question.personal_data)
    assert list(found.alarms) == [id for id in ALARMS if id in found.alarms]
    assert bool(question.personal_data) == (question.text != " ".join(found.plain.split()))


@pytest.mark.parametrize("text", ["", "\0" * 5000, "?! " * 2000, "\ufdfa" * 5000, "a b " * 1500])
def test_the_strangest_messages_are_screened(knowledge: Knowledge, text: str) -> None:
    found = screen(text, knowledge)
    assert (found.alarms, found.published) == ((), False)
