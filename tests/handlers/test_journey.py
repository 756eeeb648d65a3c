"""The whole way: a bot in a process of its own, and real HTTP."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge.handbook import Handbook
from tests.bot.markup import shown
from tests.handlers.loopback import BotApi, bot_api

ROOT = Path(__file__).parents[2]
TOKEN = "4217:a-secret-that-nobody-may-see"
QUESTION = "Do missed appointments matter for Wilhelmina?"
PATIENCE = 60
"""Seconds until a test gives up."""


@contextmanager
def running_bot(home: Path, address: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """The bot, running; ended with the block, if it has not ended by then."""
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "SEMANTIC_MODEL": "off",
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": address,
        "ALLOWED_USER_IDS": "7",
        **more,
    }
    with subprocess.Popen(
        [sys.executable, "bot.py", "run"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def leaks(log: str, answer: str = "an answer") -> list[str]:
    """What a log must never hold, and holds."""
    secret = TOKEN.partition(":")[2]
    lines = filter(None, answer.split("\n"))
    return [found for found in (secret, "Wilhelmina", *lines, "Traceback") if found in log]


def ask(server: BotApi, text: str) -> str:
    """Ask by way of the server, and wait for what is sent."""
    server.writes(text)
    return shown(server.sent.get(timeout=PATIENCE)["text"])


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_a_question_comes_in_an_answer_goes_out_and_the_bot_stops_when_told(
    tmp_path: Path, handbook: Handbook, level: str
) -> None:
    with bot_api(TOKEN) as server, running_bot(tmp_path, server.address, LOG_LEVEL=level) as bot:
        answer = ask(server, QUESTION)
        bot.send_signal(signal.SIGTERM)
        out, err = bot.communicate(timeout=PATIENCE)
    warning, lead, *_ = filter(None, answer.split("\n"))
    assert warning.startswith("Your message seems to hold a name.")
    assert lead == handbook.intent("missed-appointments").lead
    assert (bot.returncode, out) == (0, "")
    assert leaks(err, answer) == []


def test_a_token_that_telegram_does_not_know_is_told_in_one_line(tmp_path: Path) -> None:
    with bot_api("another") as server, running_bot(tmp_path, server.address) as bot:
        out, err = bot.communicate(timeout=PATIENCE)
    assert (bot.returncode, out) == (1, "")
    assert err.splitlines()[-1] == (
        "Telegram does not know this TELEGRAM_BOT_TOKEN; copy it again from @BotFather."
    )
    assert leaks(err) == []


def test_a_message_that_cannot_be_understood_leaves_no_word_in_the_log(tmp_path: Path) -> None:
    with bot_api(TOKEN) as server, running_bot(tmp_path, server.address) as bot:
        without_a_date = {"message_id": 1, "text": QUESTION}
        server.updates.put(message=without_a_date)
        answer = ask(server, "hello")
        bot.send_signal(signal.SIGTERM)
        _, err = bot.communicate(timeout=PATIENCE)
    assert answer.startswith("Hello")
    assert bot.returncode == 0
    assert leaks(err, answer) == []
