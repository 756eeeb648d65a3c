"""What Telegram is told of the bot at its start: what it is, and which commands are given where."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.access.roles import Role
from bot.application import Command, Where
from bot.context import installed
from bot.environment import Allowed
from bot.records.entries import Act
from bot.settings import Settings
from handlers.commands import COMMANDS
from handlers.introducing import LONG, SHORT
from knowledge.opening import Knowledge
from tests.handlers.gathering import OPERATOR, SAM, SUPERVISOR, Meeting, team_settings

MAINTAINER = 12
NAME, HELP, LISTED = 32, 256, 100
"""Telegram's limits: characters of a command and of its description, commands of a menu."""


@pytest.fixture
def roles(tmp_path: Path) -> Settings:
    return team_settings(tmp_path, maintainers=frozenset({MAINTAINER}))


@pytest.fixture
async def bot(knowledge: Knowledge, roles: Settings) -> AsyncIterator[Meeting]:
    async with Meeting(knowledge, SAM, settings=roles) as bot:
        yield bot


async def start(bot: Meeting) -> None:
    """The bot starts."""
    assert bot.application.post_init
    await bot.application.post_init(bot.application)


def menus(bot: Meeting) -> dict[tuple[str, int | None], list[Any]]:
    """The commands that were set, by the scope and its chat."""
    return {
        (asked["scope"]["type"], asked["scope"].get("chat_id")): list(asked["commands"])
        for asked in bot.telegram.asked("setMyCommands")
    }


def listed(commands: Sequence[Command]) -> list[dict[str, str]]:
    return [{"command": command.name, "description": command.help} for command in commands]


def of_private_chats(*roles: Role) -> list[dict[str, str]]:
    """The commands of a private chat with somebody who has these roles."""
    return listed(
        [
            command
            for command in COMMANDS
            if Where.PRIVATE in command.where
            and (not command.roles or command.roles & frozenset(roles))
        ]
    )


async def test_each_scope_has_the_commands_that_work_there(bot: Meeting) -> None:
    await start(bot)
    assert menus(bot) == {
        ("all_private_chats", None): of_private_chats(),
        ("all_group_chats", None): listed([c for c in COMMANDS if Where.GROUP in c.where]),
        ("chat", OPERATOR): of_private_chats(Role.OPERATOR),
        ("chat", SUPERVISOR): of_private_chats(Role.SUPERVISOR),
        ("chat", MAINTAINER): of_private_chats(Role.MAINTAINER),
    }


async def test_a_group_is_offered_to_ask_and_to_read_the_help_and_no_more(bot: Meeting) -> None:
    await start(bot)
    menu = menus(bot)["all_group_chats", None]
    assert sorted(command["command"] for command in menu) == ["ask", "help"]


async def test_nobody_is_offered_a_command_that_is_refused_to_them(bot: Meeting) -> None:
    await start(bot)
    refused: list[str] = []
    for person, scope in (
        (SAM, ("all_private_chats", None)),
        (SUPERVISOR, ("chat", SUPERVISOR)),
        (MAINTAINER, ("chat", MAINTAINER)),
    ):
        somebody = bot.beside(person)
        for command in menus(bot)[scope]:
            await somebody.says(f"/{command['command']}")
        refused += [text for text in somebody.heard if text.startswith("This is for ")]
    assert refused == []


async def test_who_has_two_roles_has_the_commands_of_both(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    both = team_settings(tmp_path, maintainers=frozenset({SUPERVISOR}))
    async with Meeting(knowledge, SAM, settings=both) as bot:
        await start(bot)
        found = menus(bot)["chat", SUPERVISOR]
        assert found == of_private_chats(Role.SUPERVISOR, Role.MAINTAINER)
        assert len(bot.telegram.asked("setMyCommands")) == 4


async def test_a_menu_holds_the_same_as_the_help(bot: Meeting) -> None:
    await start(bot)
    for person, scope in ((SAM, ("all_private_chats", None)), (OPERATOR, ("chat", OPERATOR))):
        somebody = bot.beside(person)
        await somebody.says("/help")
        lines = [line for line in somebody.heard[-1].split("\n") if line.startswith("/")]
        assert lines == [f"/{c['command']}: {c['description']}" for c in menus(bot)[scope]]


async def test_telegram_is_told_what_the_bot_is(bot: Meeting) -> None:
    await start(bot)
    assert bot.telegram.asked("setMyShortDescription") == ({"short_description": SHORT},)
    assert bot.telegram.asked("setMyDescription") == ({"description": LONG},)


@pytest.mark.parametrize(
    ("code", "why"),
    [(400, "Bad Request: chat not found"), (403, "Forbidden: bot was blocked by the user")],
)
async def test_somebody_with_a_role_who_never_wrote_does_not_stop_the_start(
    bot: Meeting, code: int, why: str
) -> None:
    people = len({OPERATOR, SUPERVISOR, MAINTAINER})
    for _ in ("private chats", "groups"):
        bot.telegram.accept("setMyCommands")
    for _ in range(people):
        bot.telegram.refuse("setMyCommands", code, why)
    await start(bot)
    assert len(bot.telegram.asked("setMyCommands")) == 2 + people
    assert [act.did for act in await bot.kept(Act)] == ["start"]
    await bot.says("hello")
    assert len(bot.heard) == 1


async def test_a_bot_without_roles_sets_the_two_menus_for_all(knowledge: Knowledge) -> None:
    open_to_sam = Settings(token="100:not-a-token", allowed_users=Allowed(frozenset({SAM})))
    async with Meeting(knowledge, SAM, settings=open_to_sam) as bot:
        await start(bot)
        assert set(menus(bot)) == {("all_private_chats", None), ("all_group_chats", None)}
        assert installed(bot.application).records.is_well


def test_the_table_keeps_within_what_telegram_takes() -> None:
    assert 1 <= len(COMMANDS) <= LISTED
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)
    for command in COMMANDS:
        assert 1 <= len(command.name) <= NAME
        assert command.name.isascii()
        assert command.name.replace("_", "").isalnum()
        assert command.name == command.name.lower()
        assert 1 <= len(command.help) <= HELP
        assert command.where


def test_the_descriptions_keep_within_what_telegram_takes() -> None:
    assert (1 <= len(SHORT) <= 120, 1 <= len(LONG) <= 512) == (True, True)
