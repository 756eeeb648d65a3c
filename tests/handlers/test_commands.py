"""The commands, and the one table that they stand in."""

import json
from collections.abc import Iterable

import pytest

from bot.access.roles import Role
from bot.application import Command, Where
from bot.settings import Settings
from handlers.commands import COMMANDS, UNKNOWN, WELCOME
from knowledge.handbook import Handbook
from knowledge.opening import Knowledge
from tests.handlers.chatting import TOKEN, Chat

NAMES = [command.name for command in COMMANDS]


async def test_start_says_what_the_bot_is_and_what_it_is_not(chat: Chat) -> None:
    await chat.says("/start")
    assert chat.heard == (WELCOME,)


async def test_help_lists_every_command_that_anyone_may_give(chat: Chat) -> None:
    await chat.says("/help")
    (told,) = chat.heard
    assert [line for line in told.split("\n") if line.startswith("/")] == [
        f"/{command.name}: {command.help}" for command in COMMANDS if not command.roles
    ]


async def test_help_shows_questions_that_are_answered(chat: Chat, knowledge: Knowledge) -> None:
    await chat.says("/help")
    examples = chat.heard[0].split("\n\n")[1].split("\n")
    leads = {intent.lead for intent in knowledge.handbook.intents}
    answers: list[str] = []
    for example in examples:
        async with Chat(knowledge) as another:
            await another.says(example)
            answers += another.heard
    assert len(answers) == len(examples) > 1
    assert [answer for answer in answers if answer.split("\n")[0] not in leads] == []


@pytest.mark.parametrize("name", NAMES)
async def test_every_command_is_answered_as_a_command_and_not_as_a_question(
    chat: Chat, name: str
) -> None:
    await chat.says(f"/{name}")
    await chat.says(f"/{name}@lessons_bot")
    first, second = chat.heard
    assert first == second
    assert not first.startswith(("Did you mean", "I found nothing"))


async def test_telegrams_menus_are_made_of_the_same_table(knowledge: Knowledge) -> None:
    settings = Settings(token=TOKEN, maintainers=frozenset({9}))
    async with Chat(knowledge, settings=settings) as chat:
        assert chat.application.post_init
        await chat.application.post_init(chat.application)
        asked = chat.telegram.asked("setMyCommands")
    menus = {json.dumps(one["scope"], sort_keys=True): one["commands"] for one in asked}
    private = [c for c in COMMANDS if Where.PRIVATE in c.where]
    assert menus == {
        '{"type": "all_private_chats"}': menu(c for c in private if not c.roles),
        '{"type": "all_group_chats"}': menu(
            c for c in COMMANDS if Where.GROUP in c.where and not c.roles
        ),
        '{"chat_id": 9, "type": "chat"}': menu(
            c for c in private if not c.roles or Role.MAINTAINER in c.roles
        ),
    }


def menu(commands: Iterable[Command]) -> list[dict[str, str]]:
    """Commands as Telegram shows them."""
    return [{"command": command.name, "description": command.help} for command in commands]


@pytest.mark.parametrize("text", ["/topcs", "/Forget", "/source_s", "/foo@lessons_bot"])
async def test_a_command_that_there_is_not_is_told_where_they_are_listed(
    chat: Chat, text: str
) -> None:
    await chat.says(text)
    assert chat.heard == (UNKNOWN,)


async def test_a_question_that_begins_with_a_slash_is_answered(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says("/do missed appointments matter")
    assert chat.heard[0].split("\n")[0] == handbook.intent("missed-appointments").lead
