"""A person who talks to the whole application, with a pretend Telegram in between."""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from itertools import count
from typing import Any, Self

from telegram import Update

from bot.application import Handlers, build_application
from bot.context import Context, installed
from bot.environment import Allowed
from bot.records.records import Records
from bot.records.store import E
from bot.services import Services
from bot.settings import Settings
from handlers import CONVERSATION
from knowledge.opening import Knowledge
from tests.handlers.pretending import BOT, OWN, PretendTelegram

TOKEN = "100:not-a-token"
FRIEND = 7
"""The id of somebody on the list."""
FRIENDS = Allowed(frozenset({FRIEND}))
"""The list."""

_FILE = {"file_id": "f", "file_unique_id": "u"}
FILES: dict[str, Any] = {
    "photo": [{**_FILE, "width": 9, "height": 9}],
    "voice": {**_FILE, "duration": 1},
    "video": {**_FILE, "width": 9, "height": 9, "duration": 1},
    "document": {**_FILE, "file_name": "notes.pdf"},
    "location": {"latitude": 0.0, "longitude": 0.0},
}
"""What a person may send that is no text."""


def _person(id: int) -> dict[str, Any]:
    return {"id": id, "is_bot": False, "first_name": "Sam"}


def _private(id: int) -> dict[str, Any]:
    return {"id": id, "type": "private", "first_name": "Sam"}


def _group(id: int) -> dict[str, Any]:
    return {"id": id, "type": "supergroup", "title": "The team"}


class Chat:
    """A chat with the bot. What a handler raises is raised here, after the bot has dealt with it.

    `async with Chat(knowledge) as chat: await chat.says("…")`, then look at `chat.heard`. `before`
    is the chat as it went until the bot was stopped; it goes on where the bot is started again.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        person: int = FRIEND,
        *,
        chat: int | None = None,
        settings: Settings | None = None,
        handlers: Handlers | None = None,
        load: Callable[[], Knowledge] | None = None,
        before: "Chat | None" = None,
    ) -> None:
        self.telegram: PretendTelegram = before.telegram if before else PretendTelegram()
        self._failures: list[Exception] = []
        self._numbers: count[int] = before._numbers if before else count(1)
        self._said: dict[int, dict[str, Any]] = before._said if before else {}
        """What people wrote, by the messages' ids."""
        self._person = _person(person)
        self._chat = _private(person) if chat is None else _group(chat)
        self.at = 0
        """When what is written next is written, in seconds."""
        self.application = build_application(
            settings or Settings(token=TOKEN, allowed_users=FRIENDS),
            load or (lambda: knowledge),
            replace(
                CONVERSATION,
                handlers=handlers or CONVERSATION.handlers,
                on_error=self._on_error,
            ),
            self.telegram,
        )

    async def __aenter__(self) -> Self:
        await self.application.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.application.shutdown()
        await installed(self.application).stop()

    async def _on_error(self, update: object, context: Context) -> None:
        assert context.error
        self._failures.append(context.error)
        try:
            await CONVERSATION.on_error(update, context)
        except Exception as error:  # the last word is the worse fault
            self._failures.append(AssertionError(f"the error handler failed too: {error!r}"))

    async def starts(self) -> None:
        """The bot does what it does at its start, before the first message."""
        assert self.application.post_init
        await self.application.post_init(self.application)

    @property
    def services(self) -> Services:
        """What the handlers work with."""
        return installed(self.application)

    @property
    def records(self) -> Records:
        """What is kept."""
        return self.services.records

    def beside(self, person: int) -> "Chat":
        """The private chat of somebody else with the same bot."""
        other = copy(self)
        other._person, other._chat = _person(person), _private(person)
        return other

    def among(self, person: int) -> "Chat":
        """Somebody else in the same chat."""
        other = copy(self)
        other._person = _person(person)
        return other

    async def says(self, text: str) -> None:
        """The person types a message."""
        await self._writes(self._message(text))

    def made(self, **what: Any) -> Update:
        """An update with this part."""
        return Update.de_json({"update_id": next(self._numbers), **what}, self.application.bot)

    async def receives(self, **what: Any) -> None:
        """Anything that Telegram may deliver, as a part of an update."""
        await self._arrives(**what)

    async def sends(self, kind: str, caption: str = "", album: str = "") -> None:
        """The person sends one of `FILES`, perhaps with words, perhaps in an album."""
        told = {"caption": caption, "media_group_id": album}
        message = self._message("") | {kind: FILES[kind]} | {k: v for k, v in told.items() if v}
        del message["text"]
        await self._writes(message)

    @property
    def last_said(self) -> int:
        """The id of the last message that somebody wrote here; 0 where nobody did."""
        return max((n for n, said in self._said.items() if said["chat"] == self._chat), default=0)

    async def edits(self, text: str, number: int = 0) -> None:
        """The person changes what a message says: the last one if none is named, or one from
        before the bot was there.
        """
        message = self._message(text)
        if number := number or self.last_said:
            message["message_id"] = number
            self._said[number] = message
        await self._arrives(edited_message={**message, "edit_date": self.at + 1})

    async def presses(self, which: int | str, message: int = -1) -> None:
        """The person presses a button of a message, the last one if none is said: by what stands
        on it, or by its number, counted from 0.
        """
        buttons = self.telegram.messages[message].buttons
        carried = buttons[which] if isinstance(which, int) else (which, dict(buttons)[which])
        await self._presses(carried[1], self._of_the_bot(message % len(self.telegram.messages)))

    async def presses_what_carries(self, carried: str) -> None:
        """The person presses a button of some message, perhaps an old one."""
        await self._presses(carried, {**self._message("an earlier message"), "from": BOT})

    async def presses_what_telegram_no_longer_shows(self, carried: str) -> None:
        """The person presses a button of a message of which Telegram tells only that it was."""
        number = next(self._numbers)
        await self._presses(carried, {"message_id": number, "date": 0, "chat": self._chat})

    async def _presses(self, carried: str, under: dict[str, Any]) -> None:
        await self._arrives(
            callback_query={
                "id": str(next(self._numbers)),
                "from": self._person,
                "message": under,
                "chat_instance": "1",
                "data": carried,
            }
        )

    async def kept(self, kind: type[E]) -> tuple[E, ...]:
        """The entries of a kind in the records."""
        return await installed(self.application).records.do(lambda store: store.find(kind))

    async def changes_the_last_question_to(self, text: str) -> None:
        """The person edits what they wrote last."""
        await self.edits(text)

    async def presses_the_button(self, label: str) -> None:
        """The person presses a button of the last message that has one of this name."""
        messages = self.telegram.messages
        last = max(n for n, m in enumerate(messages) if label in dict(m.buttons))
        await self.presses(label, last)

    @property
    def heard(self) -> tuple[str, ...]:
        """What the person has read here so far."""
        return tuple(
            message.text
            for number, message in enumerate(self.telegram.messages, OWN + 1)
            if message.chat == self._chat["id"] and number not in self.telegram.deleted
        )

    @property
    def buttons(self) -> tuple[str, ...]:
        """What stands on the buttons of the last message."""
        return tuple(label for label, _ in self.telegram.messages[-1].buttons)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The same, row by row."""
        return self.rows_under(-1)

    def rows_under(self, message: int) -> tuple[tuple[str, ...], ...]:
        """What stands on the buttons under a message, counted from 0, row by row."""
        rows = self.telegram.messages[message].rows
        return tuple(tuple(button["text"] for button in row) for row in rows)

    @property
    def told_on_pressing(self) -> tuple[str | None, ...]:
        """The note that each pressed button brought up; None where it only stopped turning."""
        return tuple(words.get("text") for words in self.telegram.asked("answerCallbackQuery"))

    def _of_the_bot(self, index: int) -> dict[str, Any]:
        """A message of the bot's as Telegram tells of it, with the one that it answers."""
        message = self.telegram.messages[index]
        told = {
            "message_id": OWN + index + 1,
            "date": 1,
            "chat": self._chat,
            "from": BOT,
            "text": message.text,
            "reply_markup": {"inline_keyboard": [list(row) for row in message.rows]},
        }
        if answered := self._said.get(message.answers):
            told["reply_to_message"] = answered
        elif message.answers > OWN:
            own = self._of_the_bot(message.answers - OWN - 1)
            own.pop("reply_to_message", None)  # Telegram tells of one step
            told["reply_to_message"] = own
        return told

    def _message(self, text: str) -> dict[str, Any]:
        command = {"type": "bot_command", "offset": 0, "length": len((text.split() or [""])[0])}
        return {
            "message_id": next(self._numbers),
            "date": self.at,
            "chat": self._chat,
            "from": self._person,
            "text": text,
            "entities": [command] if text.startswith("/") else [],
        }

    async def _writes(self, message: dict[str, Any]) -> None:
        self._said[message["message_id"]] = message
        await self._arrives(message=message)

    async def _arrives(self, **what: Any) -> None:
        await self.application.process_update(self.made(**what))
        failures, self._failures = self._failures, []
        if failures:
            raise failures[-1]
