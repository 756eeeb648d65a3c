"""What was withdrawn stays withdrawn as far as it can be known; what cannot be done is not said to
be done.
"""

from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.actions import DeleteMessage, encode
from bot.environment import Allowed
from bot.records.opening import key_file, open_pseudonyms, open_store
from bot.records.records import now
from bot.records.suspensions import withdraw
from bot.settings import Settings
from handlers.buttons import TOO_OLD
from knowledge.noticing import NOT_KNOWN
from knowledge.opening import Knowledge
from tests.bot.questions import CHALLENGE
from tests.handlers.chatting import FRIEND, FRIENDS, TOKEN, Chat

UNIT = "aoc/81.4"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A database in which a unit is withdrawn, and whose key is lost."""
    found = Settings(
        token=TOKEN,
        allowed_users=FRIENDS,
        operators=frozenset({FRIEND}),
        database=tmp_path / "records.sqlite",
    )
    open_pseudonyms(found)
    with closing(open_store(found)) as store:
        withdraw(store, UNIT, "figures under review", "terminal", now())
    key_file(found).unlink()
    return found


@pytest.fixture
async def chat(knowledge: Knowledge, settings: Settings) -> AsyncIterator[Chat]:
    async with Chat(knowledge, settings=settings) as chat:
        yield chat


async def test_what_was_withdrawn_stays_so_where_the_file_can_only_be_read(chat: Chat) -> None:
    await chat.says(CHALLENGE)
    assert "was withdrawn on" in chat.heard[-1]


async def test_nobody_is_told_that_nothing_is_held_where_that_is_not_known(chat: Chat) -> None:
    for command in ("/mydata", "/forgetme"):
        await chat.says(command)
        assert "is missing" in chat.heard[-1]


async def test_no_act_is_said_to_be_done_that_would_be_gone_with_the_next_start(chat: Chat) -> None:
    for command in (f"/withdraw {UNIT} it is wrong", "/maintenance on back at 5", "/invite"):
        await chat.says(command)
        assert chat.heard[-1].startswith("Nothing was changed")


async def test_an_answer_says_that_it_may_be_withdrawn_where_that_cannot_be_read(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    (tmp_path / "records.sqlite").write_bytes(b"no database " * 1000)
    (tmp_path / "records.sqlite.key").write_text("ab" * 32)
    (tmp_path / "records.sqlite.key").chmod(0o600)
    settings = Settings(token=TOKEN, allowed_users=FRIENDS, database=tmp_path / "records.sqlite")
    async with Chat(knowledge, settings=settings) as chat:
        await chat.says(CHALLENGE)
        assert NOT_KNOWN in chat.heard[-1]


async def test_in_a_group_nobody_can_have_the_message_of_somebody_else_deleted(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    team = Settings(token=TOKEN, allowed_chats=Allowed(frozenset({-500})))
    team = replace(team, database=tmp_path / "others.sqlite")
    async with Chat(knowledge, chat=-500, settings=team) as group:
        await group.presses_what_carries(encode(DeleteMessage(5)))
        assert group.told_on_pressing == (TOO_OLD,)
        assert group.telegram.asked("deleteMessage") == ()


async def test_the_words_of_a_withdrawn_unit_stand_on_no_button(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    settings = Settings(token=TOKEN, allowed_users=FRIENDS, database=tmp_path / "others.sqlite")
    words = knowledge.handbook.unit(UNIT).text[:30]
    async with Chat(knowledge, settings=settings) as chat:
        await chat.records.do(lambda store: withdraw(store, UNIT, "wrong", "terminal", now()))
        await chat.says("/source ages-of-concern")
        seen: list[str] = []
        await chat.presses(0)
        seen += chat.buttons
        while "Next" in chat.buttons:
            await chat.presses("Next")
            seen += chat.buttons
        assert f"{UNIT}: withdrawn" in seen
        assert [label for label in seen if words in label] == []
