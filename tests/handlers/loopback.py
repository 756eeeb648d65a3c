"""A small Bot API server on this machine alone, for a bot in a process of its own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Condition, Event, Thread
from time import sleep
from typing import Any
from urllib.parse import parse_qs

from tests.handlers.pretending import BOT, DONE

POLL = 1.0
"""Seconds that an empty getUpdates is held open."""
AT_ONCE = 100
"""Updates that are given together."""


class Updates:
    """What Telegram holds for the bot: given again and again until the bot asks for later ones."""

    def __init__(self) -> None:
        self._waiting: list[dict[str, Any]] = []
        self._changed = Condition()
        self._last = 0

    def put(self, **what: Any) -> int:
        """Hold an update: its number."""
        with self._changed:
            self._last += 1
            self._waiting.append({"update_id": self._last, **what})
            self._changed.notify_all()
            return self._last

    def get(self, offset: int, timeout: float) -> list[dict[str, Any]]:
        """Those from an offset on; the earlier ones are confirmed by it, and let go."""
        with self._changed:
            self._waiting = [one for one in self._waiting if one["update_id"] >= offset]
            self._changed.wait_for(lambda: self._from(offset), timeout)
            return self._from(offset)

    def _from(self, offset: int) -> list[dict[str, Any]]:
        return [one for one in self._waiting if one["update_id"] >= offset][:AT_ONCE]


class BotApi(ThreadingHTTPServer):
    """Give `updates` to whoever asks with the token; keep in `sent` what it sends."""

    block_on_close = False  # a poll may be open when the test is over
    request_queue_size = 128  # a bot answers many people at once

    def __init__(self, token: str) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.token = token
        self.updates = Updates()
        self.sent: Queue[dict[str, str]] = Queue()
        self.me: dict[str, Any] = dict(BOT)
        self.webhook: dict[str, Any] = {"url": "", "pending_update_count": 0}
        self.called: Queue[tuple[str, dict[str, str]]] = Queue()
        """Every call but those for updates."""
        self.pace = 0.0
        """Seconds that a message takes on its way."""
        self.delivers = Event()
        """Unset, messages stay on their way."""
        self.delivers.set()

    def writes(self, text: str, person: int = 7, message: int = 1) -> int:
        """Somebody writes to the bot: the number of the update."""
        return self.updates.put(message=written(text, person, message))

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, method: str, words: dict[str, str]) -> Any:
        """The result of a call; None where there is no such method."""
        match method:
            case "getMe":
                return self.me
            case "getWebhookInfo":
                return self.webhook
            case "getUpdates":
                patience = min(float(words.get("timeout", 0)), POLL)
                return self.updates.get(int(words.get("offset", 0)), patience)
            case "sendMessage":
                sleep(self.pace)
                self.delivers.wait()
                self.sent.put(words)
                chat = {"id": int(words["chat_id"]), "type": "private"}
                return {"message_id": 2, "date": 0, "chat": chat, "text": words["text"]}
            case method if method in DONE:
                return True
            case _:
                return None


def written(text: str, person: int = 7, message: int = 1) -> dict[str, Any]:
    """A message in somebody's private chat."""
    sender = {"id": person, "is_bot": False, "first_name": "Sam"}
    chat = {"id": person, "type": "private"}
    return {"message_id": message, "date": 0, "chat": chat, "from": sender, "text": text}


class _Call(BaseHTTPRequestHandler):
    server: BotApi
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        token, _, method = self.path.removeprefix("/bot").partition("/")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        words = {key: values[0] for key, values in parse_qs(body).items()}
        if method != "getUpdates":
            self.server.called.put((method, words))
        if token != self.server.token:
            self._say(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        elif (result := self.server.answer(method, words)) is None:
            self._say(404, {"ok": False, "error_code": 404, "description": "Not Found"})
        else:
            self._say(200, {"ok": True, "result": result})

    do_GET = do_POST  # the Bot API takes either

    def _say(self, code: int, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        with suppress(ConnectionError):  # the bot may have been stopped while it polled
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def bot_api(token: str) -> Iterator[BotApi]:
    """A server that listens while the block lasts."""
    with BotApi(token) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.delivers.set()
            server.shutdown()
            thread.join()
