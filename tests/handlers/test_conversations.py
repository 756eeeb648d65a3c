"""What is remembered of a conversation: the last answer of the same chat, and no more."""

import pytest

from bot.actions import ShowIntent, encode
from bot.environment import Allowed
from bot.settings import Settings
from knowledge.handbook import Handbook
from knowledge.opening import Knowledge
from tests.bot.questions import MISSED, unclear_question
from tests.handlers.chatting import TOKEN, Chat

FOLLOW_UP = "and for boards?"
BOARDS = "board-audit-prebirth"


@pytest.mark.parametrize("number", ["2", " 2. "])
async def test_a_number_picks_what_was_offered(
    chat: Chat, knowledge: Knowledge, number: str
) -> None:
    text, choice = unclear_question(knowledge)
    await chat.says(text)
    await chat.says(number)
    assert chat.heard[1].split("\n")[0] == choice.offered[1].intent.lead


async def test_a_follow_up_says_what_it_was_taken_to_be_about(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says("when should a pre-birth assessment be done")
    await chat.says(FOLLOW_UP)
    before, lead, *_ = filter(None, chat.heard[1].split("\n"))
    title = handbook.intent("prebirth-assessment-when").title
    assert before == f"Taken as a follow-up to: {title}"
    assert lead == handbook.intent(BOARDS).lead


async def test_a_follow_up_may_be_about_an_answer_that_was_picked(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.presses_what_carries(encode(ShowIntent("prebirth-assessment-when")))
    await chat.says(FOLLOW_UP)
    assert handbook.intent("prebirth-assessment-when").title in chat.heard[1].split("\n")[0]


async def test_a_question_of_its_own_is_answered_as_one(chat: Chat, handbook: Handbook) -> None:
    await chat.says("when should a pre-birth assessment be done")
    await chat.says(MISSED)
    assert chat.heard[1].split("\n")[0] == handbook.intent("missed-appointments").lead


async def test_people_know_nothing_of_each_others_conversations(knowledge: Knowledge) -> None:
    everyone = Settings(token=TOKEN, allowed_users=Allowed(everyone=True))
    text, _ = unclear_question(knowledge)
    async with Chat(knowledge, settings=everyone) as first:
        second, fresh = first.beside(8), first.beside(9)
        await fresh.says("2")
        await first.says(text)
        await second.says("2")
        assert second.heard == fresh.heard
