"""A bot whose thresholds were fitted on other content: it does not start unless it is told to."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import click
import pytest

from bot.application import build_application
from bot.live import STALE
from bot.running import run
from bot.settings import Settings
from handlers import CONVERSATION
from knowledge.opening import Knowledge
from tests.handlers.chatting import Chat
from tests.handlers.loopback import bot_api

NO_TOKEN = "Telegram does not know this TELEGRAM_BOT_TOKEN; copy it again from @BotFather."
"""What is said after the calibration was looked at."""


@pytest.fixture
def start(knowledge: Knowledge) -> Callable[..., str]:
    """Start a bot at a Telegram that does not know it: what is said."""

    def _start(is_fresh: bool, stale_calibration: bool) -> str:
        with bot_api("1:another-token") as server:
            settings = Settings(
                token="1:a-token",
                api_base_url=server.address,
                stale_calibration=stale_calibration,
            )
            live = knowledge if is_fresh else replace(knowledge, basis="of other content")
            application = build_application(settings, lambda: live, CONVERSATION)
            with pytest.raises(click.ClickException) as refused:
                run(application, settings)
        return refused.value.message

    return _start


def test_a_stale_calibration_keeps_the_bot_from_starting(start: Callable[..., str]) -> None:
    assert start(is_fresh=False, stale_calibration=False) == (
        f"{STALE}, or start with --stale-calibration."
    )


def test_with_the_option_it_starts_and_the_log_is_told(
    start: Callable[..., str], caplog: pytest.LogCaptureFixture
) -> None:
    assert start(is_fresh=False, stale_calibration=True) == NO_TOKEN
    assert "the calibration is stale" in caplog.messages


def test_a_fresh_one_is_not_mentioned(
    start: Callable[..., str], caplog: pytest.LogCaptureFixture
) -> None:
    assert start(is_fresh=True, stale_calibration=False) == NO_TOKEN
    assert [message for message in caplog.messages if "calibration" in message] == []


async def test_stale_content_that_is_loaded_anew_goes_live_and_is_told(
    knowledge: Knowledge,
) -> None:
    load = partial(replace, knowledge, basis="of other content")
    settings = Settings(token="1:a-token", maintainers=frozenset({7}))
    async with Chat(knowledge, settings=settings, load=load) as chat:
        await chat.says("/reload")
    assert chat.heard[0].split("\n")[1:] == [f"{STALE}, then /reload."]
