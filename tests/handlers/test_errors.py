"""What happens when something goes wrong: the person is told, the log says where and no more."""

import logging

import pytest
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.context import Context
from handlers.errors import WRONG
from knowledge.opening import Knowledge
from tests.handlers.chatting import Chat

PRIVATE = "Lena Brandt of 4 Mill Lane was hit again"


async def stumble(update: Update, context: Context) -> None:
    """A text: fail, with the person's words in the failure."""
    assert update.message
    raise LookupError(update.message.text)


STUMBLING = ((MessageHandler(filters.TEXT, stumble),),)


async def test_a_failure_is_logged_by_its_kind_and_place_and_never_with_the_words(
    knowledge: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with Chat(knowledge, handlers=STUMBLING) as chat:
        with pytest.raises(LookupError):
            await chat.says(PRIVATE)
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert record.getMessage() == "a handler failed"
    told = getattr(record, "told", {})
    place, _, line = told.pop("place").partition(":")
    assert (place, line.isdecimal()) == (stumble.__module__, True)
    assert told == {"error": "LookupError", "update": "message"}
    assert record.exc_info is None
    assert [word for word in PRIVATE.split() if len(word) > 3 and word in caplog.text] == []


async def test_a_person_is_told_that_something_went_wrong(knowledge: Knowledge) -> None:
    async with Chat(knowledge, handlers=STUMBLING) as chat:
        with pytest.raises(LookupError):
            await chat.says(PRIVATE)
        assert chat.heard == (
            "Something went wrong here, and it has been noted. Please ask again.",
        )


async def trip(update: Update, context: Context) -> None:
    """A pressed button: fail."""
    raise LookupError


TRIPPING = ((CallbackQueryHandler(trip),),)


async def test_who_presses_a_button_in_vain_is_told_so(knowledge: Knowledge) -> None:
    async with Chat(knowledge, handlers=TRIPPING) as chat:
        with pytest.raises(LookupError):
            await chat.presses_what_carries("1:m:fathers")
        assert (chat.heard, chat.told_on_pressing) == ((WRONG,), (None,))


async def test_who_presses_a_button_in_vain_in_a_group_is_told_so_alone(
    knowledge: Knowledge,
) -> None:
    async with Chat(knowledge, chat=-500, handlers=TRIPPING) as group:
        with pytest.raises(LookupError):
            await group.presses_what_carries("1:m:fathers")
        assert (group.heard, group.told_on_pressing) == ((), (WRONG,))


async def test_an_ordinary_question_leaves_no_word_in_the_log(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await chat.says(PRIVATE)
    assert [word for word in PRIVATE.split() if len(word) > 3 and word in caplog.text] == []
