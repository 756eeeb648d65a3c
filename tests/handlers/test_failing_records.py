"""Records that fail: questions are answered all the same, and operators are told, once."""

import logging
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.records.entries import Asked
from bot.records.opening import key_file
from bot.records.records import TROUBLE
from bot.records.sqlite.store import SqliteStore
from bot.records.store import RecordsFailed, Store
from bot.settings import Settings
from knowledge.opening import Knowledge
from tests.bot.questions import MISSED
from tests.handlers.chatting import FRIENDS, TOKEN, Chat

OPERATOR = 9
SETTINGS = Settings(token=TOKEN, allowed_users=FRIENDS, operators=frozenset({OPERATOR}))
AGAIN = "The records can be used again."
LOCKED, FULL = "another program holds it locked", "the disk is full"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(SETTINGS, database=tmp_path / "records.sqlite")


@pytest.fixture
async def running(
    knowledge: Knowledge, settings: Settings, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Chat]:
    """A bot that runs with records in order, and waits for no other program."""
    caplog.set_level(logging.INFO)
    async with Chat(knowledge, settings=settings) as chat:
        await chat.records.do(lambda store: in_sqlite(store, "pragma busy_timeout = 1"))
        yield chat


def in_sqlite(store: Store, does: str) -> list[Any]:
    assert isinstance(store, SqliteStore)
    return store._connection.execute(does).fetchall()


def told(chat: Chat) -> tuple[str, ...]:
    """What the operator was told."""
    return chat.beside(OPERATOR).heard


def logged(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    """What the log says of the records."""
    return [
        (record.levelname, record.getMessage())
        for record in caplog.records
        if record.name.startswith("bot.records")
    ]


async def asks(chat: Chat, times: int = 1) -> None:
    """A question, that must be answered."""
    lead = chat.services.live.knowledge.handbook.intent("missed-appointments").lead
    for _ in range(times):
        chat.services.live.look_again()
        await chat.says(MISSED)
        assert chat.heard[-1].split("\n")[0] == lead


@asynccontextmanager
async def locked(chat: Chat, settings: Settings) -> AsyncIterator[None]:
    with closing(sqlite3.connect(settings.database)) as other:
        other.execute("begin immediate")
        yield
        other.rollback()


def filler(number: int) -> Asked:
    return Asked(f"{number:016}", "2026-01-01", "x" * 16, "private", "guidance", "", "", "")


@asynccontextmanager
async def full(chat: Chat, settings: Settings) -> AsyncIterator[None]:
    await chat.records.do(lambda store: in_sqlite(store, "pragma max_page_count = 1"))
    numbers = count()
    with suppress(RecordsFailed):
        while True:  # until there is no room left in the pages that there are
            await chat.records.do(lambda store: store.put(filler(next(numbers))))
    yield
    await chat.records.do(lambda store: in_sqlite(store, "pragma max_page_count = 100000"))


@pytest.mark.parametrize(("fails", "why"), [(locked, LOCKED), (full, FULL)])
async def test_while_the_records_fail_questions_are_answered_and_operators_told_once(
    running: Chat,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    fails: Callable[[Chat, Settings], Any],
    why: str,
) -> None:
    await asks(running)
    async with fails(running, settings):
        await asks(running, 3)
        assert told(running) == (TROUBLE.format(why=why),)
        assert logged(caplog) == [("ERROR", "records fail")]
    await asks(running, 2)
    assert told(running) == (TROUBLE.format(why=why), AGAIN)
    assert logged(caplog) == [("ERROR", "records fail"), ("WARNING", "records work again")]


async def test_a_database_that_is_damaged_under_a_running_bot_does_not_stop_it(
    running: Chat, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    await asks(running)
    await running.records.do(lambda store: in_sqlite(store, "pragma cache_size = 0"))
    for file in settings.database.parent.glob("records.sqlite*"):
        if not file.name.endswith(("-shm", ".key")):
            file.write_bytes(b"\xa5" * file.stat().st_size)
    await asks(running, 3)
    assert told(running) == (TROUBLE.format(why="the file is no database"),)
    assert logged(caplog) == [("ERROR", "records fail")]


async def test_what_holds_goes_on_holding_while_the_records_fail(
    knowledge: Knowledge, settings: Settings
) -> None:
    supervised = replace(settings, supervisors=FRIENDS.ids)
    async with Chat(knowledge, settings=supervised) as chat:
        await chat.records.do(lambda store: in_sqlite(store, "pragma busy_timeout = 1"))
        await chat.says("/withdraw ba07/p.7 figures under review")
        await chat.says("hello")
        async with locked(chat, settings):
            chat.services.live.look_again()
            await chat.says(MISSED)
            await chat.says("/restore ba07/p.7")
        await chat.says(MISSED)
    *_, first, restore, second = chat.heard
    assert first == second
    assert "was withdrawn on" in first
    assert restore == f"Nothing was changed: the records cannot be used ({LOCKED})."


async def test_what_is_held_is_shown_and_not_deleted_while_another_program_writes(
    running: Chat, settings: Settings
) -> None:
    await asks(running)
    async with locked(running, settings):
        await running.says("/mydata")
        await running.says("/forgetme")
    shown, said = running.heard[1:]
    assert shown.startswith("Held about you:")
    assert said == f"The records cannot be used just now ({LOCKED}). Please try again later."
    assert await running.records.do(lambda store: store.count(Asked)) == 1


def garble(settings: Settings) -> None:
    settings.database.write_bytes(b"no database at all " * 300)
    key_file(settings).write_text(f"{'0' * 64}\n", encoding="ascii")
    key_file(settings).chmod(0o600)


def lose_the_key(settings: Settings) -> None:
    with closing(SqliteStore(settings.database)):
        pass


def put_a_folder_there(settings: Settings) -> None:
    settings.database.mkdir()
    key_file(settings).write_text(f"{'0' * 64}\n", encoding="ascii")
    key_file(settings).chmod(0o600)


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (garble, "the file is no database"),
        (lose_the_key, "records.sqlite.key is missing: put it back"),
        (put_a_folder_there, "the file cannot be"),
    ],
)
async def test_a_bot_whose_records_cannot_be_opened_starts_says_so_once_and_answers(
    knowledge: Knowledge,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    harm: Callable[[Settings], None],
    why: str,
) -> None:
    caplog.set_level(logging.INFO)
    harm(settings)
    async with Chat(knowledge, settings=settings) as chat:
        await chat.starts()
        await asks(chat, 2)
        (said,) = told(chat)
        assert said.startswith(f"The records cannot be used: {why}")
        assert logged(caplog) == [("ERROR", "records fail")]
        await chat.beside(OPERATOR).says("/status")
        assert f"Records: {why}" in told(chat)[-1]


async def test_a_file_that_cannot_be_used_is_left_as_it_is(
    knowledge: Knowledge, settings: Settings
) -> None:
    garble(settings)
    before = settings.database.read_bytes()
    async with Chat(knowledge, settings=settings) as chat:
        await chat.starts()
        await asks(chat)
    assert settings.database.read_bytes() == before


async def test_an_operator_who_cannot_be_reached_stops_nobody(
    knowledge: Knowledge, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    garble(settings)
    two = replace(settings, operators=frozenset({OPERATOR, OPERATOR + 1}))
    async with Chat(knowledge, settings=two) as chat:
        chat.telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
        await chat.starts()
        await asks(chat)
        assert len(chat.beside(OPERATOR).heard + chat.beside(OPERATOR + 1).heard) == 1
    assert [r.getMessage() for r in caplog.records if r.name == "handlers.replying"] == ["not told"]
