"""A person who talks to the whole application, with a pretend Telegram in between."""

from copy import copy
from dataclasses import replace
from itertools import count
from typing import Any, Self

from telegram import Update
from telegram.ext import ApplicationBuilder

from bot.application import Handlers, build_application
from bot.context import Context, installed
from bot.settings import Allowed, Settings
from handlers import CONVERSATION
from knowledge.opening import Knowledge
from tests.handlers.pretending import BOT, PretendTelegram

TOKEN = "100:not-a-token"
FRIEND = 7
"""The id of somebody on the list."""


def _person(id: int) -> dict[str, Any]:
    return {"id": id, "is_bot": False, "first_name": "Sam"}


def _private(id: int) -> dict[str, Any]:
    return {"id": id, "type": "private", "first_name": "Sam"}


def _group(id: int) -> dict[str, Any]:
    return {"id": id, "type": "supergroup", "title": "The team"}


class Chat:
    """A chat with the bot. What a handler raises is raised here, after the bot has dealt with it.

    `async with Chat(knowledge) as chat: await chat.says("…")`, then look at `chat.heard`.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        person: int = FRIEND,
        *,
        chat: int | None = None,
        settings: Settings | None = None,
        handlers: Handlers | None = None,
    ) -> None:
        self.telegram = PretendTelegram()
        self._failures: list[Exception] = []
        self._numbers = count(1)
        self._person = _person(person)
        self._chat = _private(person) if chat is None else _group(chat)
        self.application = build_application(
            settings or Settings(token=TOKEN, allowed_users=Allowed(frozenset({FRIEND}))),
            lambda: knowledge,
            replace(
                CONVERSATION,
                handlers=handlers or CONVERSATION.handlers,
                on_error=self._on_error,
            ),
            lambda: ApplicationBuilder().request(self.telegram).get_updates_request(self.telegram),
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

    def beside(self, person: int) -> "Chat":
        """The private chat of somebody else with the same bot."""
        other = copy(self)
        other._person, other._chat = _person(person), _private(person)
        return other

    async def says(self, text: str) -> None:
        """The person types a message."""
        await self._arrives(message=self._message(text))

    async def edits(self, text: str) -> None:
        """The person changes what an earlier message says."""
        await self._arrives(edited_message={**self._message(text), "edit_date": 1})

    async def presses(self, number: int) -> None:
        """The person presses a button of the last message, counted from 0."""
        await self.presses_what_carries(self.telegram.messages[-1].buttons[number][1])

    async def presses_what_carries(self, carried: str) -> None:
        """The person presses a button of some message, perhaps an old one."""
        under = {**self._message("an earlier message"), "from": BOT}
        await self._arrives(
            callback_query={
                "id": str(next(self._numbers)),
                "from": self._person,
                "message": under,
                "chat_instance": "1",
                "data": carried,
            }
        )

    @property
    def heard(self) -> tuple[str, ...]:
        """What the person has read here so far."""
        return tuple(m.text for m in self.telegram.messages if m.chat == self._chat["id"])

    @property
    def buttons(self) -> tuple[str, ...]:
        """What stands on the buttons of the last message."""
        return tuple(label for label, _ in self.telegram.messages[-1].buttons)

    @property
    def told_on_pressing(self) -> tuple[str | None, ...]:
        """The note that each pressed button brought up; None where it only stopped turning."""
        return tuple(words.get("text") for words in self.telegram.asked("answerCallbackQuery"))

    def _message(self, text: str) -> dict[str, Any]:
        command = {"type": "bot_command", "offset": 0, "length": len(text.partition(" ")[0])}
        return {
            "message_id": next(self._numbers),
            "date": 0,
            "chat": self._chat,
            "from": self._person,
            "text": text,
            "entities": [command] if text.startswith("/") else [],
        }

    async def _arrives(self, **what: Any) -> None:
        update = Update.de_json({"update_id": next(self._numbers), **what}, self.application.bot)
        await self.application.process_update(update)
        failures, self._failures = self._failures, []
        if failures:
            raise failures[-1]
