"""How a reply is sent, and what happens where Telegram will not take it."""

from dataclasses import replace

import pytest
from telegram.error import BadRequest

from bot.actions import ShowIntent, encode
from bot.environment import Allowed
from bot.records.entries import Last
from bot.settings import Settings
from knowledge.opening import Knowledge
from tests.bot.questions import MISSED, unclear_question
from tests.handlers.chatting import FRIEND, TOKEN, Chat
from tests.handlers.pretending import OWN


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


async def test_an_answer_too_long_for_one_message_arrives_whole_in_several(
    knowledge: Knowledge,
) -> None:
    handbook = knowledge.handbook
    intent = handbook.intent("missed-appointments")
    lead = " ".join(f"so, <{n}> & “far”" for n in range(800))
    others = tuple(i for i in handbook.intents if i is not intent)
    edited = replace(handbook, intents=(*others, replace(intent, lead=lead)))
    async with Chat(replace(knowledge, handbook=edited)) as chat:
        await chat.says(MISSED)
        assert len(chat.heard) > 3
        assert " ".join(chat.heard).startswith(lead)
        assert [m.answers for m in chat.telegram.messages] == [chat.last_said] * len(chat.heard)
        assert [bool(m.buttons) for m in chat.telegram.messages][-2:] == [False, True]
        (kept,) = await chat.kept(Last)
        assert kept.answered_in == OWN + 1


async def test_a_button_under_a_message_that_telegram_no_longer_shows_still_works(
    chat: Chat,
) -> None:
    await chat.presses_what_telegram_no_longer_shows(encode(ShowIntent("missed-appointments")))
    assert len(chat.heard) == 1
    assert chat.told_on_pressing == (None,)


async def test_another_refusal_is_not_taken_for_one_of_markup(chat: Chat) -> None:
    chat.telegram.refuse("sendMessage", 400, "Bad Request: message is too long")
    with pytest.raises(BadRequest, match="too long"):
        await chat.says(MISSED)
    assert [m.split(",")[0] for m in chat.heard] == ["Something went wrong here"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (400, "Bad Request: USER_IS_BLOCKED"),
        (400, "Bad Request: PEER_ID_INVALID"),
        (400, "Bad Request: CHAT_RESTRICTED"),
        (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"),
        (400, "Bad Request: group chat was deactivated"),
    ],
)
async def test_somebody_who_has_blocked_the_bot_is_answered_again_when_they_let_it(
    chat: Chat, code: int, said: str
) -> None:
    chat.telegram.refuse("sendMessage", code, said)
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
