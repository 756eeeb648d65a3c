"""The bot starts: where Telegram is not there, and where it is told to stop already."""

import asyncio
import logging
import os
import signal
from collections.abc import Iterator

import click
import pytest

from bot.application import build_application
from bot.context import App
from bot.receiving.wire import Wire
from bot.running import run, serve
from bot.settings import Settings
from handlers import CONVERSATION
from knowledge.opening import Knowledge
from tests.bot.receiving.desks import PATIENCE, until
from tests.bot.receiving.lines import TOKEN, IsSilent, telegram


@pytest.fixture
def own_log() -> Iterator[None]:
    """The log as it was before, once the bot has had its own."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers, root.level = handlers, level


def bot_for(settings: Settings, knowledge: Knowledge) -> App:
    """A bot that tries nothing a second time."""
    return build_application(settings, lambda: knowledge, CONVERSATION, Wire(pauses=()))


def test_a_telegram_that_cannot_be_reached_is_told_in_one_line(
    own_log: None, knowledge: Knowledge
) -> None:
    settings = Settings(token=TOKEN, api_base_url="http://127.0.0.1:1")
    with pytest.raises(click.ClickException) as told:
        run(bot_for(settings, knowledge), settings)
    message = told.value.format_message()
    assert message == "Telegram cannot be reached (NetworkError); check the network."


async def test_a_bot_that_is_told_to_stop_while_it_starts_stops(knowledge: Knowledge) -> None:
    async with telegram(IsSilent()) as line, asyncio.timeout(PATIENCE):
        settings = Settings(token=TOKEN, api_base_url=line.address)
        serving = asyncio.create_task(serve(bot_for(settings, knowledge), settings))
        await until(lambda: len(line.calls) == 1)
        os.kill(os.getpid(), signal.SIGTERM)
        assert await serving is None
