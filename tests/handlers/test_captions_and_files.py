"""What a person gets who sends a picture, a voice or a file."""

import pytest

from handlers.questions import UNREADABLE
from knowledge.handbook import Handbook
from knowledge.opening import Knowledge
from tests.bot.questions import MISSED
from tests.handlers.chatting import FILES, Chat

WITH_WORDS = ("photo", "voice", "video", "document")


@pytest.mark.parametrize("kind", WITH_WORDS)
async def test_the_words_under_a_file_are_answered(
    chat: Chat, handbook: Handbook, kind: str
) -> None:
    await chat.sends(kind, MISSED)
    (answer,) = chat.heard
    assert answer.split("\n")[0] == handbook.intent("missed-appointments").lead


@pytest.mark.parametrize("kind", FILES)
async def test_a_file_alone_gets_one_line_on_what_can_be_read(chat: Chat, kind: str) -> None:
    await chat.sends(kind)
    assert chat.heard == (UNREADABLE,)
    assert "\n" not in UNREADABLE


@pytest.mark.parametrize("kind", FILES)
async def test_nothing_is_ever_downloaded(chat: Chat, kind: str) -> None:
    await chat.sends(kind, MISSED if kind in WITH_WORDS else "")
    assert [request.method for request in chat.telegram.requests] == ["getMe", "sendMessage"]


async def test_an_album_is_told_once(chat: Chat) -> None:
    for _ in range(4):
        await chat.sends("photo", album="holiday")
    assert chat.heard == (UNREADABLE,)
    await chat.sends("photo", album="another")
    assert chat.heard == (UNREADABLE, UNREADABLE)


async def test_an_album_with_words_under_it_is_answered_once(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.sends("photo", MISSED, album="holiday")
    for _ in range(3):
        await chat.sends("photo", album="holiday")
    (answer,) = chat.heard
    assert answer.split("\n")[0] == handbook.intent("missed-appointments").lead


async def test_the_words_under_a_picture_can_be_edited(chat: Chat, handbook: Handbook) -> None:
    await chat.sends("photo", "who should I challenge about this")
    await chat.edits(MISSED)
    (answer,) = chat.heard
    assert answer.split("\n")[0] == handbook.intent("missed-appointments").lead


async def test_why_works_under_the_answer_to_a_picture(chat: Chat, knowledge: Knowledge) -> None:
    await chat.sends("photo", MISSED)
    await chat.presses("Why?")
    assert chat.heard[1].startswith("Why this?\nI am ")


@pytest.mark.parametrize("kind", ["photo", "location"])
async def test_a_stranger_who_sends_a_file_is_told_as_any_other(stranger: Chat, kind: str) -> None:
    await stranger.sends(kind)
    (told,) = stranger.heard
    assert told.startswith("This bot is for invited people.")
