"""A small Bot API server on this machine alone, for a bot in a process of its own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

from tests.handlers.pretending import BOT

POLL = 1.0
"""Seconds that an empty getUpdates is held open."""


class BotApi(ThreadingHTTPServer):
    """Give `updates` to whoever asks with the token; keep in `sent` what it sends."""

    block_on_close = False  # a poll may be open when the test is over

    def __init__(self, token: str) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.token = token
        self.updates: Queue[dict[str, Any]] = Queue()
        self.sent: Queue[dict[str, str]] = Queue()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, method: str, words: dict[str, str]) -> Any:
        """The result of a call; None where there is no such method."""
        match method:
            case "getMe":
                return BOT
            case "getUpdates":
                return self._next_updates(float(words.get("timeout", 0)))
            case "sendMessage":
                self.sent.put(words)
                chat = {"id": int(words["chat_id"]), "type": "private"}
                return {"message_id": 2, "date": 0, "chat": chat, "text": words["text"]}
            case "setMyCommands" | "deleteWebhook" | "answerCallbackQuery":
                return True
            case _:
                return None

    def _next_updates(self, timeout: float) -> list[dict[str, Any]]:
        if not timeout:
            return []
        try:
            return [self.updates.get(timeout=min(timeout, POLL))]
        except Empty:
            return []


class _Call(BaseHTTPRequestHandler):
    server: BotApi
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        token, _, method = self.path.removeprefix("/bot").partition("/")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        words = {key: values[0] for key, values in parse_qs(body).items()}
        if token != self.server.token:
            self._say(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        elif (result := self.server.answer(method, words)) is None:
            self._say(404, {"ok": False, "error_code": 404, "description": "Not Found"})
        else:
            self._say(200, {"ok": True, "result": result})

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
            server.shutdown()
            thread.join()
