"""The whole way by webhook: a bot in a process of its own to which Telegram sends, over HTTP."""

import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from bot.receiving.updates import ALLOWED
from bot.receiving.web import SECRET
from knowledge.handbook import Handbook
from tests.bot.markup import shown
from tests.bot.receiving.desks import kept
from tests.handlers.loopback import BotApi, bot_api, written
from tests.handlers.test_journey import PATIENCE, QUESTION, TOKEN, leaks, running_bot

KNOWN = "a-secret-of-the-webhook"
URL = "https://bot.example/from-telegram"


class Front:
    """The door at which Telegram delivers."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._numbers = 0

    def opens(self) -> None:
        """Wait until the bot is ready."""
        deadline = monotonic() + PATIENCE
        while self._call("GET", "/readyz") != 200:
            assert monotonic() < deadline
            sleep(0.02)

    def delivers(self, text: str, person: int = 7, secret: str = KNOWN) -> int:
        """Telegram delivers a message of somebody's: the status that it is told."""
        self._numbers += 1
        return self.delivers_again(text, person, secret)

    def delivers_again(self, text: str, person: int = 7, secret: str = KNOWN) -> int:
        """Telegram delivers the last message once more."""
        update = {
            "update_id": self._numbers,
            "message": written(text, person, self._numbers),
        }
        return self._call("POST", "/from-telegram", update, {SECRET: secret})

    def _call(
        self, method: str, path: str, told: Any = None, headers: dict[str, str] | None = None
    ) -> int:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        try:
            connection.request(method, path, json.dumps(told), headers or {})
            return connection.getresponse().status
        except ConnectionError:
            return 0
        finally:
            connection.close()


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def open_bot(home: Path, server: BotApi) -> Iterator[tuple[subprocess.Popen[str], Front]]:
    """A bot to which is sent, and its door."""
    port = free_port()
    by_webhook = {
        "WEBHOOK_URL": URL,
        "WEBHOOK_SECRET": KNOWN,
        "WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        "DATABASE_URL": str(home / "records.sqlite"),
        "ALLOWED_USER_IDS": "*",
    }
    with running_bot(home, server.address, **by_webhook) as bot:
        front = Front(port)
        front.opens()
        yield bot, front


def calls(server: BotApi, method: str) -> list[dict[str, str]]:
    """With what words a method was called so far."""
    called = [server.called.get() for _ in range(server.called.qsize())]
    return [words for name, words in called if name == method]


def test_what_telegram_sends_is_answered_once_and_who_lacks_the_secret_is_not_heard(
    tmp_path: Path, handbook: Handbook
) -> None:
    with bot_api(TOKEN) as server, open_bot(tmp_path, server) as (bot, front):
        assert front.delivers(QUESTION, secret="another") == 403
        assert [front.delivers(QUESTION), front.delivers_again(QUESTION)] == [200, 200]
        answer = shown(server.sent.get(timeout=PATIENCE)["text"])
        assert front.delivers("hello") == 200
        assert shown(server.sent.get(timeout=PATIENCE)["text"]).startswith("Hello")
        bot.send_signal(signal.SIGTERM)
        out, err = bot.communicate(timeout=PATIENCE)
    assert handbook.intent("missed-appointments").lead in answer.split("\n")
    assert server.sent.empty()
    assert calls(server, "setWebhook") == [
        {"url": URL, "secret_token": KNOWN, "allowed_updates": json.dumps(ALLOWED)}
    ]
    assert (bot.returncode, out) == (0, "")
    assert leaks(err, answer) == []
    assert KNOWN not in err


def test_a_bot_that_is_told_to_stop_finishes_what_was_sent_and_hears_the_rest_when_it_is_back(
    tmp_path: Path,
) -> None:
    with bot_api(TOKEN) as server:
        server.delivers.clear()
        with open_bot(tmp_path, server) as (bot, front):
            assert [front.delivers("hello", 7), front.delivers("thanks", 7)] == [200, 200]
            while server.called.get(timeout=PATIENCE)[0] != "sendMessage":
                pass
            bot.send_signal(signal.SIGTERM)
            while '"stopping"' not in (line := bot.stderr.readline() if bot.stderr else ""):
                assert line, "it has not said that it stops"
            server.delivers.set()
            bot.communicate(timeout=PATIENCE)
        assert (bot.returncode, server.sent.qsize(), kept(tmp_path / "records.sqlite")) == (
            0,
            1,
            [2],
        )
        with open_bot(tmp_path, server) as (bot, front):
            for _ in range(2):
                server.sent.get(timeout=PATIENCE)
            bot.send_signal(signal.SIGTERM)
            bot.communicate(timeout=PATIENCE)
        assert server.sent.empty()
    assert kept(tmp_path / "records.sqlite") == []
