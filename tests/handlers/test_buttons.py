"""What a pressed button does."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.actions import DeleteMessage, ShowIntent, encode
from handlers.buttons import DELETED, NOT_DELETED, TOO_OLD
from knowledge.handbook import Handbook
from knowledge.opening import Knowledge
from tests.bot.questions import CHALLENGE, MISSED, unclear_question
from tests.handlers.chatting import FRIEND, Chat

NAMED = "do missed appointments matter for Wilhelmina?"
DELETE = "Delete my message"
FIRST = 1
"""The id of the first message of a chat."""


async def test_an_unclear_question_offers_a_button_for_each_thing_that_may_be_meant(
    chat: Chat, knowledge: Knowledge
) -> None:
    text, choice = unclear_question(knowledge)
    await chat.says(text)
    titles = tuple(candidate.intent.title for candidate in choice.offered)
    assert chat.buttons == titles
    opening, *listed = filter(None, chat.heard[0].split("\n"))
    assert opening == "Did you mean one of these?"
    assert listed[: len(titles)] == [f"{n}. {title}" for n, title in enumerate(titles, 1)]


async def test_pressing_a_button_shows_the_answer_that_was_picked(
    chat: Chat, knowledge: Knowledge
) -> None:
    text, choice = unclear_question(knowledge)
    await chat.says(text)
    await chat.presses(1)
    assert len(chat.heard) == 2
    assert chat.heard[1].split("\n")[0] == choice.offered[1].intent.lead
    assert chat.told_on_pressing == (None,)


async def test_a_button_works_whenever_it_is_pressed_again(chat: Chat) -> None:
    carried = encode(ShowIntent("missed-appointments"))
    await chat.presses_what_carries(carried)
    await chat.presses_what_carries(carried)
    first, second = chat.heard
    assert first == second
    assert chat.told_on_pressing == (None, None)


async def test_a_button_of_an_intent_that_is_gone_says_that_it_is_too_old(chat: Chat) -> None:
    await chat.presses_what_carries(encode(ShowIntent("an-intent-that-is-gone")))
    assert chat.told_on_pressing == (TOO_OLD,)
    assert chat.heard == ()


@settings(max_examples=4)  # a chat costs far more than a button
@example(["", "0:i:missed-appointments", "1:i:missed-appointments:more"])
@example(["1:i:<b>&", "1:d:", "1:d:-1", "1:d:1:2"])
@given(garbled=st.lists(st.text(max_size=64), min_size=6, max_size=9))
async def test_a_garbled_button_says_that_it_is_too_old(
    knowledge: Knowledge, garbled: list[str]
) -> None:
    async with Chat(knowledge) as chat:
        for carried in garbled:
            await chat.presses_what_carries(carried)
        assert chat.told_on_pressing == (TOO_OLD,) * len(garbled)
        assert chat.heard == ()


def test_the_button_of_every_intent_fits_into_what_telegram_carries(handbook: Handbook) -> None:
    too_long = [i.id for i in handbook.intents if len(encode(ShowIntent(i.id)).encode()) > 64]
    assert handbook.intents
    assert too_long == []


async def test_whoever_names_somebody_is_told_so_answered_and_offered_to_delete_it(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says(NAMED)
    (answer,) = chat.heard
    warning, lead, *_ = filter(None, answer.split("\n"))
    assert warning.startswith("Your message seems to hold a name.")
    assert lead == handbook.intent("missed-appointments").lead
    assert chat.rows == ((DELETE,), ("More", "Useful", "Not useful"))


async def test_a_message_that_names_nobody_has_no_button_to_delete_it(chat: Chat) -> None:
    for text in (MISSED, "what happened to Victoria Climbié"):
        await chat.says(text)
        assert DELETE not in chat.buttons


async def test_pressing_delete_deletes_the_askers_own_message_and_says_so(chat: Chat) -> None:
    await chat.says(NAMED)
    await chat.presses(0)
    assert chat.telegram.asked("deleteMessage") == ({"chat_id": FRIEND, "message_id": FIRST},)
    assert chat.told_on_pressing == (DELETED,)
    assert len(chat.heard) == 1


async def test_each_message_has_a_button_of_its_own(chat: Chat) -> None:
    await chat.says(NAMED)
    early = chat.telegram.messages[-1].buttons[0][1]
    await chat.says(NAMED)
    late = chat.telegram.messages[-1].buttons[0][1]
    await chat.presses_what_carries(late)
    await chat.presses_what_carries(early)
    newer, older = (asked["message_id"] for asked in chat.telegram.asked("deleteMessage"))
    assert newer > older == FIRST


async def test_a_name_in_a_message_that_asks_two_things_has_one_button(chat: Chat) -> None:
    await chat.says(f"{CHALLENGE} {NAMED}")
    first, second = chat.telegram.messages
    assert [label for label, _ in first.buttons].count(DELETE) == 1
    assert DELETE not in dict(second.buttons)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (400, "Bad Request: message can't be deleted for everyone"),
        (400, "Bad Request: message to delete not found"),
        (403, "Forbidden: bot was kicked from the chat"),
        (502, "Bad Gateway"),
    ],
)
async def test_what_cannot_be_deleted_is_said_with_how_to_do_it_oneself(
    chat: Chat, code: int, why: str
) -> None:
    await chat.says(NAMED)
    chat.telegram.refuse("deleteMessage", code, why)
    await chat.presses(0)
    (told,) = chat.telegram.asked("answerCallbackQuery")
    assert (told["text"], told["show_alert"]) == (NOT_DELETED, True)
    assert len(NOT_DELETED) <= 200  # Telegram's limit


async def test_delete_can_be_pressed_again_after_it_failed(chat: Chat) -> None:
    await chat.says(NAMED)
    chat.telegram.refuse("deleteMessage", 400, "Bad Request: message can't be deleted")
    await chat.presses(0)
    await chat.presses(0)
    assert chat.told_on_pressing == (NOT_DELETED, DELETED)


async def test_a_stranger_deletes_nothing(stranger: Chat) -> None:
    await stranger.presses_what_carries(encode(DeleteMessage(FIRST)))
    assert stranger.telegram.asked("deleteMessage") == ()


async def test_a_deleted_message_is_answered_no_other_way_in_a_follow_up(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says("when should a pre-birth assessment be done for Wilhelmina")
    await chat.presses(0)
    await chat.says("and for boards?")
    assert chat.heard[1].startswith("Taken as a follow-up to: ")
    assert "Wilhelmina" not in "".join(chat.heard)
