"""What /ask does in a private chat."""

import pytest

from bot.records.entries import Asked
from handlers.questions import ASK_WHAT
from knowledge.handbook import Handbook
from tests.bot.questions import CHALLENGE, MISSED
from tests.handlers.chatting import Chat


@pytest.mark.parametrize("command", ["/ask ", "/ask@lessons_bot ", "/ASK ", "/ask\n", "/ask   "])
async def test_a_question_behind_ask_is_answered_as_without_it(chat: Chat, command: str) -> None:
    await chat.says(MISSED)
    await chat.says(f"{command}{MISSED}")
    plain, asked = chat.heard
    assert asked == plain
    assert chat.rows == (("More", "Why?", "Share"), ("Useful", "Not useful"))


async def test_ask_alone_says_how_it_is_used(chat: Chat) -> None:
    await chat.says("/ask")
    assert chat.heard == (ASK_WHAT,)
    assert await chat.kept(Asked) == ()


async def test_the_example_for_ask_is_one_that_is_answered(chat: Chat, handbook: Handbook) -> None:
    await chat.says(ASK_WHAT.partition(": ")[2])
    assert chat.heard[0].split("\n")[0] == handbook.intent("missed-appointments").lead


async def test_two_questions_behind_ask_are_both_answered(chat: Chat) -> None:
    await chat.says(f"/ask {CHALLENGE} {MISSED}")
    assert len(chat.heard) == 2


async def test_an_answer_is_a_reply_to_the_message_that_asked(chat: Chat) -> None:
    await chat.says(f"/ask {MISSED}")
    assert chat.telegram.messages[0].answers == chat.last_said
