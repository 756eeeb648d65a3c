"""How a reply is sent, and what happens where Telegram will not take it."""

import pytest
from telegram.error import BadRequest, Forbidden

from bot.settings import Allowed, Settings
from knowledge.opening import Knowledge
from tests.bot.questions import MISSED, unclear_question
from tests.handlers.chatting import FRIEND, TOKEN, Chat


async def test_markup_that_is_refused_arrives_as_the_same_words(
    chat: Chat, knowledge: Knowledge
) -> None:
    await chat.says(MISSED)
    chat.telegram.refuse("sendMessage", 400, "Bad Request: can't parse entities: anything")
    await chat.says(MISSED)
    first, second = chat.heard
    assert second.split() == first.split()
    assert "parse_mode" not in chat.telegram.asked("sendMessage")[-1]


async def test_buttons_survive_markup_that_is_refused(chat: Chat, knowledge: Knowledge) -> None:
    text, choice = unclear_question(knowledge)
    chat.telegram.refuse("sendMessage", 400, "Bad Request: can't parse entities: anything")
    await chat.says(text)
    assert chat.buttons == tuple(candidate.intent.title for candidate in choice.offered)


async def test_another_refusal_is_not_taken_for_one_of_markup(chat: Chat) -> None:
    chat.telegram.refuse("sendMessage", 400, "Bad Request: message is too long")
    with pytest.raises(BadRequest, match="too long"):
        await chat.says(MISSED)
    assert [m.split(",")[0] for m in chat.heard] == ["Something went wrong here"]


async def test_somebody_who_has_blocked_the_bot_is_answered_again_when_they_let_it(
    chat: Chat,
) -> None:
    for _ in ("the answer", "the apology"):
        chat.telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    with pytest.raises(Forbidden):
        await chat.says(MISSED)
    assert chat.heard == ()
    await chat.says(MISSED)
    assert len(chat.heard) == 1


@pytest.mark.parametrize(
    ("address", "called"),
    [
        ("", "https://api.telegram.org/bot"),
        ("http://127.0.0.1:8081", "http://127.0.0.1:8081/bot"),
        ("http://127.0.0.1:8081/", "http://127.0.0.1:8081/bot"),
        ("http://127.0.0.1:8081/bot", "http://127.0.0.1:8081/bot"),
    ],
)
async def test_the_bot_api_server_of_the_settings_is_the_one_that_is_called(
    knowledge: Knowledge, address: str, called: str
) -> None:
    settings = Settings(
        token=TOKEN, api_base_url=address, allowed_users=Allowed(frozenset({FRIEND}))
    )
    async with Chat(knowledge, settings=settings) as chat:
        await chat.says("hello")
        assert [request.url for request in chat.telegram.requests] == [
            f"{called}{TOKEN}/getMe",
            f"{called}{TOKEN}/sendMessage",
        ]
