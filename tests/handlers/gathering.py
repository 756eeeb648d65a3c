"""People who meet the bot among others: in a group, and behind its name in any chat."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.context import installed
from bot.environment import Allowed
from bot.records.entries import ENTRIES, Entry
from bot.records.store import E
from bot.settings import Settings
from knowledge.opening import Knowledge
from tests.bot.markup import shown
from tests.handlers.chatting import TOKEN, Chat
from tests.handlers.pretending import BOT

SAM, LENA, STRANGER, OPERATOR, SUPERVISOR = 7, 8, 9, 10, 11
TEAM, ELSEWHERE = -500, -600
"""A group that is allowed, and one that is not."""


def team_settings(folder: Path, **more: Any) -> Settings:
    """Sam on the list, the team's group, an operator and a supervisor; records in a file."""
    return replace(
        Settings(
            token=TOKEN,
            allowed_users=Allowed(frozenset({SAM})),
            allowed_chats=Allowed(frozenset({TEAM})),
            operators=frozenset({OPERATOR}),
            supervisors=frozenset({SUPERVISOR}),
            database=folder / "records.sqlite",
        ),
        **more,
    )


def person(id: int) -> dict[str, Any]:
    """Somebody, as Telegram tells of them."""
    return {"id": id, "is_bot": False, "first_name": {SAM: "Sam", LENA: "Lena"}.get(id, "Kim")}


def another_bot() -> dict[str, Any]:
    """A bot that is not ours."""
    return {"id": 200, "is_bot": True, "first_name": "Other", "username": "another_bot"}


@dataclass(frozen=True, slots=True)
class Heard:
    """One message of the bot's: its first line, the message that it answers, and its topic."""

    lead: str
    to: int
    topic: int | None = None


class Meeting(Chat):
    """Somebody who writes to the whole bot, and what it keeps of that."""

    async def kept(self, kind: type[E]) -> tuple[E, ...]:
        """What is kept of a kind."""
        return await installed(self.application).records.do(lambda store: store.find(kind))

    async def all_kept(self) -> tuple[Entry, ...]:
        """All that is kept."""
        return tuple([entry for kind in ENTRIES for entry in await self.kept(kind)])

    async def keep(self, *entries: Entry) -> None:
        """Let something have been kept before."""

        def put(store: Any) -> None:
            for entry in entries:
                store.put(entry)

        await installed(self.application).records.do(put)

    def told(self, chat: int) -> tuple[str, ...]:
        """What the bot has written to a chat or a person so far."""
        return tuple(m.text for m in self.telegram.messages if m.chat == chat)

    def becomes(self, knowledge: Knowledge) -> None:
        """The content changes."""
        live = installed(self.application).live
        live.knowledge = knowledge.stand(live.knowledge.handbook.standing)


class Group(Meeting):
    """A group with the bot in it: `await group.posts("/ask …")`."""

    def __init__(self, knowledge: Knowledge, settings: Settings, id: int = TEAM) -> None:
        super().__init__(knowledge, SAM, chat=id, settings=settings)

    def moved(self, id: int) -> None:
        """From now on the group has this id."""
        self._chat = {**self._chat, "id": id}

    async def posts(self, text: str, by: int = SAM, **more: Any) -> tuple[Heard, ...]:
        """Somebody writes; what the bot says to that."""
        before = len(self.telegram.asked("sendMessage"))
        await self._arrives(message=self.written(text, by, **more))
        return tuple(map(_heard, self.telegram.asked("sendMessage")[before:]))

    async def changes(self, text: str, **more: Any) -> None:
        """Somebody changes what a message says."""
        await self._arrives(edited_message={**self.written(text, **more), "edit_date": 1})

    def written(self, text: str, by: int = SAM, **more: Any) -> dict[str, Any]:
        """A message of somebody's."""
        end = len(text.split()[0])
        command = {"type": "bot_command", "offset": 0, "length": end}
        return {
            "message_id": next(self._numbers),
            "date": 0,
            "chat": self._chat,
            "from": person(by),
            "text": text,
            "entities": [command] if text.startswith("/") else [],
            **more,
        }

    def said_by_the_bot(self, text: str = "An answer") -> dict[str, Any]:
        """An earlier message of the bot's."""
        return {**self.written(text), "from": BOT}

    def opening_of(self, topic: int) -> dict[str, Any]:
        """The note with which a topic began: Telegram says of all in it that it replies to that."""
        note = self.written("-", message_id=topic, message_thread_id=topic)
        del note["text"]
        return {**note, "forum_topic_created": {"name": "Practice", "icon_color": 0}}

    async def happens(self, **what: Any) -> None:
        """Something that nobody wrote: a note of Telegram's in the group."""
        note = self.written("-")
        del note["text"]
        await self._arrives(message={**note, **what})

    async def makes_the_bot(self, status: str) -> None:
        """The bot gets another standing: it is added, or put out."""
        old = {"user": BOT, "status": "left" if status == "member" else "member"}
        new = {"user": BOT, "status": status, **({"until_date": 0} if status == "kicked" else {})}
        await self._arrives(
            my_chat_member={
                "chat": self._chat,
                "from": person(SAM),
                "date": 0,
                "old_chat_member": old,
                "new_chat_member": new,
            }
        )

    async def somebody_presses(self, carried: str, by: int = SAM) -> None:
        """Somebody presses a button under a message of the bot's."""
        await self._arrives(
            callback_query={
                "id": str(next(self._numbers)),
                "from": person(by),
                "message": self.said_by_the_bot(),
                "chat_instance": "1",
                "data": carried,
            }
        )

    async def hears_in_a_channel(self, text: str) -> None:
        """A post in a channel that the bot was added to."""
        channel = {"id": -700, "type": "channel", "title": "News"}
        post = {**self.written(text), "chat": channel, "sender_chat": channel}
        del post["from"]
        await self._arrives(channel_post=post)


def _heard(words: dict[str, Any]) -> Heard:
    text = shown(words["text"]) if words.get("parse_mode") == "HTML" else words["text"]
    to = words.get("reply_parameters", {}).get("message_id", 0)
    return Heard(text.split("\n")[0], to, words.get("message_thread_id"))


@dataclass(frozen=True, slots=True)
class Offered:
    """What somebody is offered who types behind the bot's name."""

    results: tuple[dict[str, Any], ...]
    label: str
    """What stands on the button above."""
    starts: str
    """What the button says to the bot in a private chat, behind /start."""
    seconds: int
    """How long Telegram may show it again."""
    is_personal: bool

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the results."""
        return tuple(result["id"] for result in self.results)


class Typing(Meeting):
    """Somebody who types behind the bot's name in a chat of their own."""

    async def types(self, query: str) -> Offered:
        """The person types; what is offered."""
        await self._arrives(
            inline_query={
                "id": str(next(self._numbers)),
                "from": self._person,
                "query": query,
                "offset": "",
            }
        )
        words = self.telegram.asked("answerInlineQuery")[-1]
        results = tuple(map(_as_told, words["results"]))
        button = _as_told(words["button"])
        return Offered(
            results,
            button["text"],
            button["start_parameter"],
            words["cache_time"],
            words["is_personal"],
        )

    async def picks(self, result: str, post: str | None, query: str = "") -> None:
        """The person posts a result; with inline feedback on, Telegram tells the post's id."""
        known = {"inline_message_id": post} if post else {}
        await self._arrives(
            chosen_inline_result={
                "result_id": result,
                "from": self._person,
                "query": query,
                **known,
            }
        )


def _as_told(words: Any) -> dict[str, Any]:
    told: dict[str, Any] = words if isinstance(words, dict) else words.to_dict()
    return told
