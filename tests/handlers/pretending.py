"""A pretend Telegram at the end of the wire: it keeps what it is asked, and answers as Telegram."""

import json
from collections import deque
from dataclasses import dataclass, field, replace
from typing import Any

from telegram.request import BaseRequest, RequestData

from tests.bot.markup import BadMarkup, shown

BOT = {
    "id": 100,
    "is_bot": True,
    "first_name": "Lessons",
    "username": "lessons_bot",
    "supports_inline_queries": True,
}
DONE = (
    "answerCallbackQuery",
    "answerInlineQuery",
    "deleteMessage",
    "deleteWebhook",
    "leaveChat",
    "setMyCommands",
    "setMyDescription",
    "setMyShortDescription",
    "setWebhook",
)
"""The calls that are answered with no more than that it is done."""
OWN = 100_000
"""The bot's own messages are numbered from here on, those of people below it."""
LONGEST = 4096
"""Units of UTF-16 of a message at most."""


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
    rows: tuple[tuple[dict[str, Any], ...], ...] = ()
    """The buttons as Telegram knows them."""
    answers: int = 0
    """The message that it is a reply to."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What Telegram says when it will not."""

    code: int
    description: str
    parameters: dict[str, int] = field(default_factory=dict)


class PretendTelegram(BaseRequest):
    """Telegram's end of the wire. It refuses what Telegram refuses, and whatever it is told to."""

    def __init__(self) -> None:
        self.bot = BOT
        self.requests: list[Request] = []
        self.messages: list[Message] = []
        self.posts: dict[str, Message] = {}
        """What stands in messages posted by inline mode, once they were edited."""
        self.members: dict[tuple[int, int], dict[str, Any]] = {}
        """By chat and person: what Telegram says of somebody who is, or was, in a chat."""
        self.closed: set[int] = set()
        """Chats in which the bot is not (any more)."""
        self.moved: dict[int, int] = {}
        """Groups that have become another: the new id by the old one."""
        self.deleted: set[int] = set()
        """The numbers of messages that are gone."""
        self._refusals: dict[str, deque[Refusal | None]] = {}

    def refuse(self, method: str, code: int, description: str) -> None:
        """Refuse the next call of a method."""
        self._refusals.setdefault(method, deque()).append(Refusal(code, description))

    def accept(self, method: str) -> None:
        """Take the next call of a method, before one that is refused."""
        self._refusals.setdefault(method, deque()).append(None)

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
        told = (waiting.popleft() if waiting else None) or self._answer(request)
        if isinstance(told, Refusal):
            said = {"ok": False, "error_code": told.code, "description": told.description}
            more = {"parameters": told.parameters} if told.parameters else {}
            return told.code, json.dumps(said | more).encode()
        return 200, json.dumps({"ok": True, "result": told}).encode()

    def _answer(self, request: Request) -> Any:
        match request.method:
            case "getMe":
                return self.bot
            case _ if new := self.moved.get(request.words.get("chat_id", 0)):
                said = "Bad Request: group chat was upgraded to a supergroup chat"
                return Refusal(400, said, {"migrate_to_chat_id": new})
            case "leaveChat" | "sendMessage" if request.words["chat_id"] in self.closed:
                return Refusal(403, "Forbidden: bot is not a member of the supergroup chat")
            case "leaveChat":
                self.closed.add(request.words["chat_id"])
                return True
            case "deleteMessage":
                return self._delete(request.words["message_id"])
            case method if method in DONE:
                return True
            case "editMessageText":
                return self._edit(request.words)
            case "editMessageReplyMarkup":
                return self._edit_buttons(request.words)
            case "sendMessage":
                return self._deliver(request.words)
            case "getChatMember":
                return self._member(int(request.words["chat_id"]), int(request.words["user_id"]))
            case _:
                return Refusal(404, "Not Found: method not found")

    def _member(self, chat: int, user: int) -> Any:
        if (chat, user) not in self.members:
            return Refusal(400, "Bad Request: user not found")
        person = {"id": user, "is_bot": False, "first_name": "Sam"}
        return {"user": person, **self.members[chat, user]}

    def _deliver(self, words: dict[str, Any]) -> Any:
        if isinstance(message := self._read(words), Refusal):
            return message
        self.messages.append(message)
        return self._sent(OWN + len(self.messages), message)

    def _edit(self, words: dict[str, Any]) -> Any:
        if isinstance(message := self._read(words), Refusal):
            return message
        if "inline_message_id" in words:
            self.posts[words["inline_message_id"]] = message
            return True
        return self._put(words["message_id"], message)

    def _edit_buttons(self, words: dict[str, Any]) -> Any:
        number, (rows, buttons) = words["message_id"], _buttons(words)
        if not OWN < number <= OWN + len(self.messages):
            return Refusal(400, "Bad Request: message to edit not found")
        standing = self.messages[number - OWN - 1]
        return self._put(number, replace(standing, rows=rows, buttons=buttons))

    def _delete(self, number: int) -> Any:
        if number in self.deleted:
            return Refusal(400, "Bad Request: message to delete not found")
        self.deleted.add(number)
        return True

    def _put(self, number: int, message: "Message") -> Any:
        if not OWN < number <= OWN + len(self.messages) or number in self.deleted:
            return Refusal(400, "Bad Request: message to edit not found")
        standing = self.messages[number - OWN - 1]
        message = replace(message, answers=standing.answers)
        if standing == message:
            return Refusal(400, "Bad Request: message is not modified")
        self.messages[number - OWN - 1] = message
        return self._sent(number, message)

    def _read(self, words: dict[str, Any]) -> "Message | Refusal":
        try:
            text = shown(words["text"]) if words.get("parse_mode") == "HTML" else words["text"]
        except BadMarkup as error:
            return Refusal(400, f"Bad Request: can't parse entities: {error}")
        rows, buttons = _buttons(words)
        if not text.strip():
            return Refusal(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le", "replace")) // 2 > LONGEST:
            return Refusal(400, "Bad Request: message is too long")
        carried = [b["callback_data"] for row in rows for b in row if "callback_data" in b]
        if any(not 1 <= len(data.encode()) <= 64 for data in carried):
            return Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        answers = words.get("reply_parameters", {}).get("message_id", 0)
        return Message(words.get("chat_id", 0), text, buttons, rows, answers)

    def _sent(self, number: int, message: "Message") -> dict[str, Any]:
        return {
            "message_id": number,
            "date": 0,
            "chat": {"id": message.chat, "type": "private"},
            "from": BOT,
            "text": message.text,
        }


def _buttons(
    words: dict[str, Any],
) -> tuple[tuple[tuple[dict[str, Any], ...], ...], tuple[tuple[str, str], ...]]:
    rows = tuple(map(tuple, words.get("reply_markup", {}).get("inline_keyboard", [])))
    return rows, tuple((button["text"], _carried(button)) for row in rows for button in row)


def _carried(button: dict[str, Any]) -> str:
    """What a button carries: data, a link, or what is asked in another chat."""
    return str(
        button.get("callback_data") or button.get("url") or button.get("switch_inline_query", "")
    )
