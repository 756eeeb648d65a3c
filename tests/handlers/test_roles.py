"""Who may give which command, and what is noted of it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.access.roles import Role
from bot.application import Command
from bot.environment import Allowed
from bot.records.entries import Act
from bot.settings import Settings
from handlers.commands import COMMANDS
from handlers.privileged import NOT_YOURS
from knowledge.opening import Knowledge
from tests.handlers.chatting import FRIEND, FRIENDS, TOKEN, Chat

PEOPLE = {Role.SUPERVISOR: 21, Role.MAINTAINER: 22, Role.OPERATOR: 23}
SETTINGS = Settings(
    token=TOKEN,
    allowed_users=FRIENDS,
    supervisors=frozenset({PEOPLE[Role.SUPERVISOR]}),
    maintainers=frozenset({PEOPLE[Role.MAINTAINER]}),
    operators=frozenset({PEOPLE[Role.OPERATOR]}),
)
ROLES = (*Role, None)
PRIVILEGED = tuple(command for command in COMMANDS if command.roles)
UNIT = "aoc/81.4"
ACTS = {
    "/reload": (Role.MAINTAINER, "reload"),
    "/review": (Role.MAINTAINER, "read suggestions"),
    f"/withdraw {UNIT} figures under review": (Role.SUPERVISOR, "withdraw"),
    f"/restore {UNIT}": (Role.SUPERVISOR, "restore"),
    "/maintenance on back at 5": (Role.OPERATOR, "maintenance on"),
    "/maintenance off": (Role.OPERATOR, "maintenance off"),
    "/invite": (Role.OPERATOR, "invite"),
}
"""Each act: who gives it here, and as what it is noted. They are given in this order."""
LOOKING = frozenset({"status", "correct"})
"""Commands that change nothing, and are not noted; a correction is, where there is one."""


@pytest.fixture
async def team(knowledge: Knowledge) -> AsyncIterator[Chat]:
    async with Chat(knowledge, settings=SETTINGS) as chat:
        yield chat


def person(role: Role | None) -> int:
    return PEOPLE[role] if role else FRIEND


def refused(said: str) -> bool:
    opening, _, closing = NOT_YOURS.partition("{roles}")
    return said.startswith(opening) and said.endswith(closing)


async def acts(chat: Chat) -> tuple[Act, ...]:
    return await chat.records.do(lambda store: store.find(Act))


@pytest.mark.parametrize("command", PRIVILEGED, ids=lambda command: command.name)
async def test_a_privileged_command_is_done_for_its_roles_and_refused_to_all_others(
    team: Chat, command: Command
) -> None:
    may = {}
    for role in ROLES:
        somebody = team.beside(person(role))
        await somebody.says(f"/{command.name}")
        (said,) = somebody.heard
        may[role] = not refused(said)
    assert may == {role: role in command.roles for role in ROLES}


async def test_who_is_refused_is_told_whose_the_command_is(team: Chat) -> None:
    for name in ("status", "reload", "invite"):
        await team.says(f"/{name}")
    assert team.heard == (
        "This is for supervisors and maintainers and operators. Ask whoever runs the bot.",
        "This is for maintainers and operators. Ask whoever runs the bot.",
        "This is for operators. Ask whoever runs the bot.",
    )


async def test_what_is_refused_changes_nothing_and_is_not_noted(team: Chat) -> None:
    for text in ACTS:
        await team.says(text)
    assert all(map(refused, team.heard))
    assert await acts(team) == ()
    assert team.services.live.knowledge.handbook.standing.withdrawals == ()


async def test_everyones_list_gives_nobody_a_role(knowledge: Knowledge) -> None:
    everyone = Settings(token=TOKEN, allowed_users=Allowed(everyone=True))
    async with Chat(knowledge, settings=everyone) as chat:
        for command in PRIVILEGED:
            await chat.says(f"/{command.name}")
        assert [said for said in chat.heard if not refused(said)] == []
        assert len(chat.heard) == len(PRIVILEGED)


async def test_a_stranger_is_not_even_told_that_a_command_is_there(knowledge: Knowledge) -> None:
    async with Chat(knowledge, 8, settings=SETTINGS) as stranger:
        for command in PRIVILEGED:
            await stranger.says(f"/{command.name}")
        assert len(set(stranger.heard)) == 1
        assert not refused(stranger.heard[0])


async def test_in_a_group_no_privileged_command_is_obeyed(knowledge: Knowledge) -> None:
    team = replace(SETTINGS, allowed_chats=Allowed(frozenset({-500})))
    async with Chat(knowledge, PEOPLE[Role.OPERATOR], chat=-500, settings=team) as group:
        for text in ACTS:
            await group.says(text)
        assert group.heard == ()
        assert await acts(group) == ()


async def test_a_message_that_becomes_a_command_by_an_edit_is_not_obeyed(team: Chat) -> None:
    for text, (role, _) in ACTS.items():
        await team.beside(PEOPLE[role]).edits(text)
    assert team.telegram.messages == []
    assert await acts(team) == ()


def test_every_privileged_command_but_those_that_look_is_among_the_acts() -> None:
    given = {text.split()[0].removeprefix("/") for text in ACTS}
    assert given | LOOKING == {command.name for command in PRIVILEGED}


async def test_every_privileged_act_is_noted_with_the_pseudonym_of_who_did_it(
    team: Chat,
) -> None:
    told = []
    for text, (role, _) in ACTS.items():
        somebody = team.beside(PEOPLE[role])
        await somebody.says(text)
        told.append(somebody.heard[-1])
    assert not any(map(refused, told))
    noted = sorted(await acts(team), key=lambda act: act.at)
    names = {role: team.records.pseudonyms.of(id) for role, id in PEOPLE.items()}
    assert [(act.by, act.did) for act in noted] == [
        (names[role], did) for role, did in ACTS.values()
    ]
    assert [act.about for act in noted[:-1]] == [
        team.services.live.knowledge.version,
        "",
        UNIT,
        UNIT,
        "",
        "",
    ]
    (invitation,) = [act.about for act in noted[-1:]]
    assert f"Invitation {invitation}: " in told[-1]
    assert [str(id) for id in PEOPLE.values() for act in noted if act.by == str(id)] == []


async def test_to_look_is_not_noted(team: Chat) -> None:
    for name in LOOKING:
        await team.beside(PEOPLE[Role.SUPERVISOR]).says(f"/{name}")
    assert await acts(team) == ()


@pytest.mark.parametrize("role", ROLES)
async def test_help_lists_what_one_may_give_and_no_more(team: Chat, role: Role | None) -> None:
    somebody = team.beside(person(role))
    await somebody.says("/help")
    (told,) = somebody.heard
    assert [line for line in told.split("\n") if line.startswith("/")] == [
        f"/{command.name}: {command.help}"
        for command in COMMANDS
        if not command.roles or role in command.roles
    ]


async def test_who_has_two_roles_may_give_the_commands_of_both(knowledge: Knowledge) -> None:
    both = Settings(token=TOKEN, supervisors=frozenset({9}), operators=frozenset({9}))
    async with Chat(knowledge, 9, settings=both) as chat:
        await chat.says("/status")
        await chat.says("/invite")
        assert not any(map(refused, chat.heard))
        assert len(chat.heard) == 2
