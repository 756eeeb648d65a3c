"""A pretend Telegram at the end of the wire: it keeps what it is asked, and answers as Telegram."""

import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from telegram.request import BaseRequest, RequestData

from tests.bot.markup import BadMarkup, shown

BOT = {"id": 100, "is_bot": True, "first_name": "Lessons", "username": "lessons_bot"}


@dataclass(frozen=True, slots=True)
class Request:
    """One call of the Bot API."""

    method: str
    url: str
    words: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """A message that arrived, as a person sees it; `buttons` are (label, what it carries)."""

    chat: int
    text: str
    buttons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What Telegram says when it will not."""

    code: int
    description: str


class PretendTelegram(BaseRequest):
    """Telegram's end of the wire. It refuses what Telegram refuses, and whatever it is told to."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.messages: list[Message] = []
        self._refusals: dict[str, deque[Refusal]] = {}

    def refuse(self, method: str, code: int, description: str) -> None:
        """Refuse the next call of a method."""
        self._refusals.setdefault(method, deque()).append(Refusal(code, description))

    def asked(self, method: str) -> tuple[dict[str, Any], ...]:
        """With what words a method was called."""
        return tuple(request.words for request in self.requests if request.method == method)

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: Any,
        **named_timeouts: Any,
    ) -> tuple[int, bytes]:
        """Keep the request and play the answer."""
        request = Request(
            url.rpartition("/")[2], url, dict(request_data.parameters) if request_data else {}
        )
        self.requests.append(request)
        waiting = self._refusals.get(request.method)
        told = waiting.popleft() if waiting else self._answer(request)
        if isinstance(told, Refusal):
            said = {"ok": False, "error_code": told.code, "description": told.description}
            return told.code, json.dumps(said).encode()
        return 200, json.dumps({"ok": True, "result": told}).encode()

    def _answer(self, request: Request) -> Any:
        match request.method:
            case "getMe":
                return BOT
            case "setMyCommands" | "answerCallbackQuery" | "deleteMessage":
                return True
            case "sendMessage":
                return self._deliver(request.words)
            case _:
                return Refusal(404, "Not Found: method not found")

    def _deliver(self, words: dict[str, Any]) -> Any:
        try:
            text = shown(words["text"]) if words.get("parse_mode") == "HTML" else words["text"]
        except BadMarkup as error:
            return Refusal(400, f"Bad Request: can't parse entities: {error}")
        rows = words.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = tuple((button["text"], button["callback_data"]) for row in rows for button in row)
        if not text.strip():
            return Refusal(400, "Bad Request: message text is empty")
        if len(text) > 4096:
            return Refusal(400, "Bad Request: message is too long")
        if any(not 1 <= len(carried.encode()) <= 64 for _, carried in buttons):
            return Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        self.messages.append(Message(words["chat_id"], text, buttons))
        return {
            "message_id": len(self.messages),
            "date": 0,
            "chat": {"id": words["chat_id"], "type": "private"},
            "from": BOT,
            "text": text,
        }
