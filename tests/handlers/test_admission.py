"""Who is let in."""

import pytest

from bot.actions import ShowIntent, encode
from bot.environment import Allowed
from bot.settings import Settings
from handlers.admission import STRANGER
from handlers.groups import NOT_ALLOWED
from knowledge.opening import Knowledge
from tests.bot.questions import MISSED
from tests.handlers.chatting import TOKEN, Chat


@pytest.mark.parametrize("text", [MISSED, "/start", "/help", "hello", "8", "<b>"])
async def test_a_stranger_is_told_only_its_id_and_whom_to_ask(stranger: Chat, text: str) -> None:
    await stranger.says(text)
    assert stranger.heard == (STRANGER.format(id=8),)
    assert "8" in stranger.heard[0]


async def test_a_stranger_who_presses_a_button_gets_no_answer(stranger: Chat) -> None:
    await stranger.presses_what_carries(encode(ShowIntent("missed-appointments")))
    assert stranger.heard == ()
    assert stranger.told_on_pressing == ("You are not on this bot's list.",)


async def test_a_stranger_who_edits_a_message_gets_no_answer(stranger: Chat) -> None:
    await stranger.edits(MISSED)
    assert stranger.heard == ()


async def test_a_stranger_in_a_group_that_is_not_allowed_gets_no_answer(
    knowledge: Knowledge,
) -> None:
    async with Chat(knowledge, 8, chat=-500) as group:
        await group.says(f"/ask {MISSED}")
        assert group.heard == (NOT_ALLOWED.format(id=-500),)
        assert group.telegram.asked("leaveChat") == ({"chat_id": -500},)


async def test_an_empty_list_lets_nobody_in(knowledge: Knowledge) -> None:
    async with Chat(knowledge, 8, settings=Settings(token=TOKEN)) as chat:
        await chat.says(MISSED)
        assert chat.heard == (STRANGER.format(id=8),)


@pytest.mark.parametrize(
    "admitting",
    [
        Settings(token=TOKEN, allowed_users=Allowed(frozenset({8}))),
        Settings(token=TOKEN, allowed_users=Allowed(everyone=True)),
        Settings(token=TOKEN, allowed_chats=Allowed(frozenset({8}))),
        Settings(token=TOKEN, allowed_chats=Allowed(everyone=True)),
    ],
    ids=["by id", "everyone", "by chat", "every chat"],
)
async def test_who_is_on_a_list_is_answered(knowledge: Knowledge, admitting: Settings) -> None:
    lead = knowledge.handbook.intent("missed-appointments").lead
    async with Chat(knowledge, 8, settings=admitting) as chat:
        await chat.says(MISSED)
        await chat.presses_what_carries(encode(ShowIntent("missed-appointments")))
        assert [answer.split("\n")[0] for answer in chat.heard] == [lead, lead]
