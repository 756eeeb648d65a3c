"""What a pressed button does."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.actions import ShowIntent, encode
from handlers.buttons import TOO_OLD
from knowledge.model import Handbook
from knowledge.opening import Knowledge
from tests.bot.questions import unclear_question
from tests.handlers.chatting import Chat


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


@settings(max_examples=30, deadline=None)
@example("")
@example("0:i:missed-appointments")
@example("1:i:missed-appointments:more")
@example("1:i:<b>&")
@given(carried=st.text(max_size=64))
async def test_a_garbled_button_says_that_it_is_too_old(knowledge: Knowledge, carried: str) -> None:
    async with Chat(knowledge) as chat:
        await chat.presses_what_carries(carried)
        assert chat.told_on_pressing == (TOO_OLD,)
        assert chat.heard == ()


def test_the_button_of_every_intent_fits_into_what_telegram_carries(handbook: Handbook) -> None:
    too_long = [i.id for i in handbook.intents if len(encode(ShowIntent(i.id)).encode()) > 64]
    assert handbook.intents
    assert too_long == []
