"""What telling where one works changes, and what it never does."""

import pytest

from bot.records.entries import Person
from bot.rendering.browsing import agencies
from bot.rendering.outline import outline
from knowledge.answering import show_chosen
from knowledge.guidance import Intent
from knowledge.handbook import Handbook
from knowledge.model import Guidance, Question
from knowledge.noticing import status_in_words
from tests.handlers.chatting import FRIEND, Chat

NOT_FIRST = "Noted: none of these. Which answer you get does not change."


def furthest(handbook: Handbook) -> tuple[Intent, str]:
    """An intent, and an agency that concerns the last of its further points alone."""
    for intent in handbook.intents:
        shown = [u for u in handbook.points(intent)[1:] if not u.for_boards]
        needed = set(handbook.points(intent)[0].shown_with)
        shown = [u for u in shown if u.id not in needed]
        if len(shown) > 1:
            for concern in shown[-1].concerns:
                if not any(concern in unit.concerns for unit in shown[:-1]):
                    return intent, concern
    raise AssertionError("no answer has such points")


def more(text: str, handbook: Handbook) -> list[str]:
    """The units under *More on this*, in their order."""
    section = text.partition("\nMore on this\n")[2].partition("\n\n")[0]
    return [line.rpartition("[")[2].partition(":")[0] for line in section.split("\n")]


async def test_points_that_concern_where_one_works_come_first(
    chat: Chat, handbook: Handbook
) -> None:
    intent, concern = furthest(handbook)
    await chat.says(intent.title)
    await chat.says("/role")
    await chat.presses(f"{concern[0].upper()}{concern[1:]}")
    await chat.says(intent.title)
    before, _, noted, after = chat.heard
    assert noted.startswith(f"Noted: {concern}. What concerns it comes first now.")
    *others, last = more(before, handbook)
    assert more(after, handbook) == [last, *others]
    assert before.partition("More on this")[0] == after.partition("More on this")[0]


async def test_where_one_works_can_be_taken_back(chat: Chat, handbook: Handbook) -> None:
    intent, concern = furthest(handbook)
    await chat.says(intent.title)
    for label in (f"{concern[0].upper()}{concern[1:]}", "None of these"):
        await chat.says("/role")
        await chat.presses(label)
    await chat.says(intent.title)
    assert chat.heard[-2] == NOT_FIRST
    assert chat.heard[-1] == chat.heard[0]
    assert [(one.user, one.works_in) for one in await chat.kept(Person)] == [(FRIEND, "")]


@pytest.mark.parametrize("works_in", agencies().values())
def test_where_one_works_never_changes_which_answer_it_is_nor_what_is_in_it(
    handbook: Handbook, works_in: str
) -> None:
    for intent in handbook.intents:
        answered = show_chosen(Question(intent.title), intent.id, handbook)
        plain, ordered = outline(answered, handbook), outline(answered, handbook, works_in)
        assert ordered.first == plain.first
        assert sorted(ordered.plain().split("\n")) == sorted(plain.plain().split("\n"))
        assert isinstance(answered.answer, Guidance)
        main = answered.answer.points[0]
        assert any(line.startswith(status_in_words(main, handbook)) for line in ordered.first)


async def test_the_button_under_an_answer_names_the_same_answer_wherever_one_works(
    chat: Chat, handbook: Handbook
) -> None:
    intent, concern = furthest(handbook)
    await chat.says(intent.title)
    before = chat.telegram.messages[0].buttons
    await chat.says("/role")
    await chat.presses(f"{concern[0].upper()}{concern[1:]}")
    await chat.says(intent.title)
    assert chat.telegram.messages[-1].buttons == before


async def test_every_place_to_work_can_be_chosen_and_forgotten(chat: Chat) -> None:
    await chat.says("/role")
    labels = chat.buttons
    assert "All agencies" not in labels
    for label in labels:
        await chat.presses(label, message=0)
        assert chat.heard[-1].endswith("Which answer you get does not change.")
    await chat.presses("GPs", message=0)
    assert [one.works_in for one in await chat.kept(Person)] == ["GPs"]
    await chat.says("/forgetme")
    assert await chat.kept(Person) == ()
