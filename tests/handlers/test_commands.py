"""The commands, and the one table that they stand in."""

import pytest

from handlers.commands import COMMANDS, WELCOME
from knowledge.opening import Knowledge
from tests.handlers.chatting import Chat

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


async def test_telegrams_menu_is_made_of_the_same_table(chat: Chat) -> None:
    assert chat.application.post_init
    await chat.application.post_init(chat.application)
    (menu,) = chat.telegram.asked("setMyCommands")
    assert menu["commands"] == [
        {"command": command.name, "description": command.help}
        for command in COMMANDS
        if not command.roles
    ]
