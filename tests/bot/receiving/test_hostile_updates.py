"""Whatever comes in, the bot goes on answering, and the log holds none of it.

The real application behind a real inbox: only Telegram is pretended.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from copy import deepcopy
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.context import installed
from bot.environment import Allowed
from bot.logbook import Discreet
from bot.receiving.inbox import Inbox
from bot.running import Handling
from bot.settings import Settings
from knowledge.opening import Knowledge
from tests.bot.receiving.desks import letter, until
from tests.handlers.chatting import TOKEN, Chat
from tests.handlers.pretending import BOT

WORDS = "Wilhelmina"
"""Stands in every update; never in the log."""
SAM = {"id": 7, "is_bot": False, "first_name": WORDS, "username": WORDS}
PRIVATE = {"id": 7, "type": "private", "first_name": WORDS}
GROUP = {"id": -5, "type": "supergroup", "title": WORDS}
MESSAGE = {"message_id": 3, "date": 0, "chat": PRIVATE, "from": SAM, "text": f"{WORDS} is hurt"}
WHOLE: dict[str, Any] = {
    "message": MESSAGE | {"reply_to_message": MESSAGE, "entities": []},
    "edited_message": MESSAGE | {"edit_date": 1},
    "callback_query": {
        "id": "1",
        "from": SAM,
        "message": MESSAGE | {"from": BOT, "reply_to_message": MESSAGE},
        "chat_instance": "1",
        "data": "1:why:missed-appointments",
    },
    "inline_query": {"id": "1", "from": SAM, "query": WORDS, "offset": ""},
    "chosen_inline_result": {
        "result_id": "missed-appointments@1",
        "from": SAM,
        "query": WORDS,
        "inline_message_id": "a",
    },
    "my_chat_member": {
        "chat": GROUP,
        "from": SAM,
        "date": 0,
        "old_chat_member": {"user": BOT, "status": "left"},
        "new_chat_member": {"user": BOT, "status": "member"},
    },
}
"""An update of each kind, as Telegram sends it."""

TEXTS = st.text(max_size=20) | st.sampled_from(
    [WORDS, "", "\0", "\ud800", "<b>", "/start", "/ask@lessons_bot", "👩‍👧" * 500, "‮مرحبا"]
)
ATOMS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
KEYS = st.sampled_from(
    [*WHOLE, *MESSAGE, *WHOLE["callback_query"], "id", "type", "is_bot", "caption", "entities"]
)
JSON = st.recursive(
    ATOMS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | TEXTS, inner, max_size=4),
    max_leaves=12,
)


def places(inside: Any, *way: Any) -> Iterator[tuple[Any, ...]]:
    """The ways to everything in an update."""
    for key in inside if isinstance(inside, dict) else ():
        yield (*way, key)
        yield from places(inside[key], *way, key)


ONE_THING_WRONG = [(kind, place) for kind in WHOLE for place in places(WHOLE[kind])]


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """An update as Telegram sends it, but for a few things that are others or missing."""
    kind = draw(st.sampled_from(sorted(WHOLE)))
    update = deepcopy(WHOLE[kind])
    for *way, last in draw(st.lists(st.sampled_from(list(places(update))), min_size=1, max_size=3)):
        inside = update
        for key in way:
            inside = inside.get(key) if isinstance(inside, dict) else None
        if isinstance(inside, dict):
            if draw(st.booleans()):
                inside[last] = draw(JSON)
            else:
                inside.pop(last, None)
    return {kind: update}


class Desk:
    """The bot behind an inbox."""

    def __init__(self, knowledge: Knowledge) -> None:
        everyone = Settings(
            token=TOKEN, allowed_users=Allowed(everyone=True), operators=frozenset({9})
        )
        self.chat = Chat(knowledge, settings=everyone)
        services = installed(self.chat.application)
        handle = Handling(self.chat.application).handle
        self.inbox = Inbox(services.records, handle, services.tell_operators, pause=0.0)
        self._number = 0

    async def gets(self, *updates: Any) -> None:
        """Updates arrive, each with a number if it has none, and are dealt with."""
        for update in updates:
            self._number += 1
            if isinstance(update, dict):
                update = {"update_id": self._number, **update}
            await self.inbox.accept([update])
        await until(lambda: self.inbox.waiting == 0)

    async def still_answers(self) -> bool:
        """Whether somebody who comes now is answered."""
        before = len(self.chat.telegram.asked("sendMessage"))
        self._number += 1
        await self.inbox.accept([letter(10**6 + self._number, 10**6 + self._number)])
        await until(lambda: self.inbox.waiting == 0)
        sent = self.chat.telegram.asked("sendMessage")[before:]
        return [words["chat_id"] for words in sent] == [10**6 + self._number]


@asynccontextmanager
async def open_desk(knowledge: Knowledge) -> AsyncIterator[Desk]:
    """The bot, while the block lasts."""
    desk = Desk(knowledge)
    async with desk.chat:
        yield desk
        await desk.inbox.close(1.0)


@pytest.fixture(scope="module")
def log() -> Iterator[StringIO]:
    """The log as it is written, at its finest."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Discreet())
    root, library = logging.getLogger(), logging.getLogger("telegram")
    levels = root.level, library.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    library.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(levels[0])
    library.setLevel(levels[1])


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    """A loop that lasts for all examples."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def desk(knowledge: Knowledge, runner: asyncio.Runner) -> Iterator[Desk]:
    opened = open_desk(knowledge)
    yield runner.run(opened.__aenter__())
    runner.run(opened.__aexit__(None, None, None))


def check(desk: Desk, runner: asyncio.Runner, log: StringIO, *updates: Any) -> None:
    """The bot gets updates, goes on, and its log holds nothing of them."""
    log.seek(0)
    log.truncate()
    runner.run(desk.gets(*updates))
    assert runner.run(desk.still_answers())
    assert WORDS not in log.getvalue()


@settings(max_examples=10)
@given(updates=st.lists(JSON | st.dictionaries(KEYS, JSON, max_size=4), min_size=1, max_size=3))
def test_anything_at_all_may_come_in(
    desk: Desk, runner: asyncio.Runner, log: StringIO, updates: list[Any]
) -> None:
    check(desk, runner, log, *updates)


@settings(max_examples=15)
@given(update=spoilt())
def test_an_update_may_have_anything_wrong_with_it(
    desk: Desk, runner: asyncio.Runner, log: StringIO, update: dict[str, Any]
) -> None:
    check(desk, runner, log, update)


WRONG: tuple[Any, ...] = (None, "text", -1, [], {})
"""What may stand in the place of something: each place is tried with one of them."""


@pytest.mark.parametrize("number", range(len(WRONG)), ids=[repr(wrong) for wrong in WRONG])
def test_anything_in_an_update_may_be_something_else(
    desk: Desk, runner: asyncio.Runner, log: StringIO, number: int
) -> None:
    updates, wrong = [], WRONG[number]
    for kind, (*way, last) in list(ONE_THING_WRONG)[number :: len(WRONG)]:
        inside = update = {kind: deepcopy(WHOLE[kind])}
        for key in (kind, *way):
            inside = inside[key]
        inside[last] = deepcopy(wrong)
        updates.append(update)
    check(desk, runner, log, *updates)


def test_anything_in_an_update_may_be_missing(
    desk: Desk, runner: asyncio.Runner, log: StringIO
) -> None:
    updates = []
    for kind, (*way, last) in ONE_THING_WRONG:
        inside = update = {kind: deepcopy(WHOLE[kind])}
        for key in (kind, *way):
            inside = inside[key]
        del inside[last]
        updates.append(update)
    check(desk, runner, log, *updates)


def said(text: str, **more: Any) -> dict[str, Any]:
    """A message that says something."""
    return {"message": {**MESSAGE, "text": text, **more}}


def _nested(times: int) -> dict[str, Any]:
    message: dict[str, Any] = dict(MESSAGE)
    for _ in range(times):
        message = {**MESSAGE, "reply_to_message": message}
    return {"message": message}


COMMAND = {"type": "bot_command", "offset": 0, "length": 7}
NASTY = {
    "nothing": {},
    "nothing known": {"poll_answer_of_tomorrow": {"text": WORDS}},
    "null": {"message": None},
    "two kinds": WHOLE,
    "no date": {"message": {"message_id": 1, "text": WORDS}},
    "4,096 emoji": said("👩‍👧" * 1365 + WORDS),
    "4,096 flags": said("🇬🇧" * 2048),
    "4,096 characters from right to left": said("‮" + "خطر " * 1023 + WORDS),
    "4,096 spaces": said(" " * 4096),
    "no space": said("a" * 4096),
    "brackets": said("((((" * 1024),
    "accents": said("e" + "́" * 4095),
    "digits": said("07700 900123 " * 300),
    "at signs": said("a@" * 2048),
    "NUL": said(f"\0 {WORDS} \0"),
    "half a character": said(f"{WORDS} \ud800"),
    "markup": said(f"<b>{WORDS}</i> <a href='x'>&amp;&lt;"),
    "markup in a name": said("hello", **{"from": {**SAM, "first_name": f"<b>{WORDS}"}}),
    "a command and NUL": said("/source \0<b>", entities=[COMMAND]),
    "an entity far away": said("hello", entities=[{**COMMAND, "offset": 5000, "length": -3}]),
    "a command of nothing": said("", entities=[{**COMMAND, "length": 0}]),
    "a number for a text": {"message": {**MESSAGE, "text": 5}},
    "a word for an id": said("hello", chat={"id": "@everyone", "type": "private"}),
    "an enormous id": said("hello", chat={"id": 10**30, "type": "private"}),
    "a date after the end of time": said("hello", date=10**15),
    "an unknown kind of chat": said("hello", chat={"id": 7, "type": WORDS}),
    "replies to replies": _nested(40),
    "replies without end": _nested(300),
    "a button of nobody": {"callback_query": {"id": "1", "from": SAM, "chat_instance": "1"}},
    "a button under a message out of reach": {
        "callback_query": {
            **WHOLE["callback_query"],
            "message": {"chat": PRIVATE, "message_id": 1, "date": 0},
        }
    },
    "a button with anything": {"callback_query": {**WHOLE["callback_query"], "data": "\0" * 64}},
    "a long query": {"inline_query": {**WHOLE["inline_query"], "query": "🙂" * 256}},
    "a result of nobody": {
        "chosen_inline_result": {**WHOLE["chosen_inline_result"], "result_id": "@@@"}
    },
    "a group without a title": said("hello", chat={"id": -5, "type": "supergroup"}),
    "not a number": {"message": {**MESSAGE, "message_id": float("nan")}},
    "infinity": {"message": {**MESSAGE, "date": float("inf")}},
}


@pytest.mark.parametrize("name", NASTY)
def test_the_bot_goes_on_after(
    desk: Desk, runner: asyncio.Runner, log: StringIO, name: str
) -> None:
    check(desk, runner, log, NASTY[name])


def test_a_message_that_is_hard_to_read_keeps_nobody_waiting_long(
    desk: Desk, runner: asyncio.Runner
) -> None:
    async def take_all() -> None:
        async with asyncio.timeout(20):
            await desk.gets(*(update for name, update in NASTY.items() if "4,096" in name))

    runner.run(take_all())


async def test_what_was_set_aside_is_told_to_the_operators_without_a_word_of_it(
    knowledge: Knowledge,
) -> None:
    async with open_desk(knowledge) as desk:
        await desk.gets(NASTY["no date"])
        (told,) = desk.chat.telegram.asked("sendMessage")
    assert told["chat_id"] == 9
    assert told["text"].startswith("An update could not be handled (message, KeyError, ")
    assert WORDS not in json.dumps(told)
