"""Links that open an answer: for people who are let in any, for a stranger one that was shared."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.links import NO_LONGER, SHARED, Opens, opened, share
from bot.records.entries import Person
from bot.records.opening import key_file
from bot.records.pseudonyms import Key, Pseudonyms, rotate
from handlers.admission import STRANGER as TURNED_AWAY
from handlers.commands import WELCOME
from knowledge.handbook import Handbook
from knowledge.opening import Knowledge
from tests.bot.questions import MISSED
from tests.handlers.chatting import Chat
from tests.handlers.gathering import (
    LENA,
    OPERATOR,
    SAM,
    STRANGER,
    TEAM,
    Group,
    Typing,
    team_settings,
)

INTENT = "missed-appointments"
KEYS = Pseudonyms((Key(bytes(32)),))
TOLD = TURNED_AWAY.format(id=STRANGER)
DEAD = f"{NO_LONGER}\n\n{TOLD}"
PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What Telegram takes as the parameter of a link."""


@pytest.fixture
async def group(knowledge: Knowledge, tmp_path: Path) -> AsyncIterator[Group]:
    async with Group(knowledge, team_settings(tmp_path)) as group:
        yield group


async def shared_in(group: Group) -> str:
    """The parameter of the link under an answer in a group."""
    await group.posts(f"/ask {MISSED}")
    label, link = group.telegram.messages[-1].buttons[0]
    assert label == "Open in a private chat"
    return link.partition("=")[2]


async def test_a_stranger_reads_the_answer_that_was_shared(
    group: Group, handbook: Handbook
) -> None:
    link = await shared_in(group)
    stranger = group.beside(STRANGER)
    await stranger.says(f"/start {link}")
    (answer,) = stranger.heard
    assert answer.split("\n")[0] == handbook.intent(INTENT).lead
    assert stranger.buttons == ()


async def test_a_stranger_who_has_read_a_shared_answer_is_a_stranger_still(group: Group) -> None:
    link = await shared_in(group)
    stranger = group.beside(STRANGER)
    await stranger.says(f"/start {link}")
    for more in (MISSED, "1", "/topics", f"/start {INTENT}", "/why"):
        await stranger.says(more)
    assert stranger.heard[1:] == (TOLD,) * 5
    assert STRANGER not in [known.user for known in await group.kept(Person)]


async def test_the_button_under_a_post_opens_it_for_a_stranger(
    knowledge: Knowledge, tmp_path: Path, handbook: Handbook
) -> None:
    async with Typing(knowledge, SAM, settings=team_settings(tmp_path)) as sam:
        ((result,), stranger) = ((await sam.types(f"={INTENT}")).results, sam.beside(STRANGER))
        (((button,),),) = (result["reply_markup"]["inline_keyboard"],)
        await stranger.says(f"/start {button['url'].partition('=')[2]}")
        assert [text.split("\n")[0] for text in stranger.heard] == [handbook.intent(INTENT).lead]


@pytest.mark.parametrize(
    "forged",
    [
        f"s_{INTENT}_",
        f"s_{INTENT}_0123456789abcdef",
        f"s_{INTENT}",
        "s_",
        "s__",
        "s_an-intent-that-is-gone_0123456789abcdef",
        INTENT,
        "aoc__81_4",
        "s_\udc00_\udc00",
        f"s_{INTENT}_\udc00",
        "j_\udc00",
    ],
)
async def test_a_stranger_with_a_link_that_the_bot_did_not_make_reads_nothing(
    group: Group, forged: str
) -> None:
    stranger = group.beside(STRANGER)
    await stranger.says(f"/start {forged}")
    assert stranger.heard == (DEAD if forged.startswith(SHARED) else TOLD,)


async def test_the_link_of_one_answer_opens_no_other(group: Group) -> None:
    signature = (await shared_in(group)).rpartition("_")[2]
    stranger = group.beside(STRANGER)
    await stranger.says(f"/start s_challenge-another-agency_{signature}")
    assert stranger.heard == (DEAD,)


async def test_a_link_of_another_bot_opens_nothing_here(
    group: Group, knowledge: Knowledge, tmp_path: Path
) -> None:
    (tmp_path / "another").mkdir()
    async with Group(knowledge, team_settings(tmp_path / "another")) as another:
        link = await shared_in(another)
    stranger = group.beside(STRANGER)
    await stranger.says(f"/start {link}")
    assert stranger.heard == (DEAD,)


async def test_a_shared_link_opens_its_answer_after_a_restart_and_a_new_key(
    knowledge: Knowledge, tmp_path: Path, handbook: Handbook
) -> None:
    known = team_settings(tmp_path)
    async with Group(knowledge, known) as group:
        before = await shared_in(group)
    rotate(key_file(known), "2026-03-02")
    async with Group(knowledge, known) as group:
        after = await shared_in(group)
        stranger = group.beside(STRANGER)
        for link in (before, after):
            await stranger.says(f"/start {link}")
        assert before != after
        leads = [text.split("\n")[0] for text in stranger.heard]
        assert leads == [handbook.intent(INTENT).lead] * 2


async def test_a_shared_link_opens_its_answer_with_a_new_key_in_the_settings(
    knowledge: Knowledge, tmp_path: Path, handbook: Handbook
) -> None:
    old, new = "o" * 32, "n" * 32
    async with Group(knowledge, team_settings(tmp_path, pseudonym_key=old)) as group:
        link = await shared_in(group)
    for keys, heard in ((f"{new},{old}", handbook.intent(INTENT).lead), (new, NO_LONGER)):
        settings = team_settings(tmp_path, pseudonym_key=keys)
        async with Chat(knowledge, STRANGER, settings=settings) as stranger:
            await stranger.says(f"/start {link}")
            assert [text.split("\n")[0] for text in stranger.heard] == [heard]


async def test_a_shared_answer_that_was_withdrawn_is_not_read_by_its_link(
    group: Group, handbook: Handbook
) -> None:
    link = await shared_in(group)
    await group.beside(OPERATOR).says(f"/withdraw {handbook.intent(INTENT).cites[0]} under review")
    stranger = group.beside(STRANGER)
    await stranger.says(f"/start {link}")
    (told,) = stranger.heard
    assert told.startswith(f"The answer to “{handbook.intent(INTENT).title}” was withdrawn on ")
    assert handbook.unit(handbook.intent(INTENT).cites[0]).text not in told
    assert stranger.buttons == ()


async def test_while_the_bot_rests_a_shared_link_says_so(group: Group) -> None:
    link = await shared_in(group)
    await group.beside(OPERATOR).says("/maintenance on back at 5")
    stranger = group.beside(STRANGER)
    await stranger.says(f"/start {link}")
    assert [text.startswith("This bot is resting: back at 5.") for text in stranger.heard] == [True]


async def test_somebody_who_is_let_in_goes_on_from_a_shared_answer(
    group: Group, handbook: Handbook
) -> None:
    link = await shared_in(group)
    group.telegram.members[TEAM, LENA] = {"status": "member"}
    lena = group.beside(LENA)
    await lena.says(f"/start {link}")
    assert lena.heard[0].split("\n")[0] == handbook.intent(INTENT).lead
    assert "Why?" in lena.buttons


@pytest.mark.parametrize(
    ("parameter", "opens"),
    [("aoc__81_4", "aoc/81.4"), ("challenge-another-agency", "challenge-another-agency")],
)
async def test_a_link_opens_a_unit_or_an_answer_for_who_is_let_in(
    group: Group, handbook: Handbook, parameter: str, opens: str
) -> None:
    sam = group.beside(SAM)
    await sam.says(f"/start {parameter}")
    (told,) = sam.heard
    text = handbook.unit(opens).text if handbook.has_unit(opens) else handbook.intent(opens).lead
    assert text in told


@pytest.mark.parametrize("parameter", ["ask", "nothing-known", "aoc__99_9", f"s_{INTENT}_forged"])
async def test_a_link_that_opens_nothing_says_what_the_bot_is(group: Group, parameter: str) -> None:
    sam = group.beside(SAM)
    await sam.says(f"/start {parameter}")
    assert sam.heard[-1] == WELCOME
    assert (NO_LONGER in sam.heard) == parameter.startswith(SHARED)


def test_every_answer_and_every_unit_has_a_link_that_telegram_takes_and_that_opens_it(
    handbook: Handbook,
) -> None:
    for intent in handbook.intents:
        link = share("lessons_bot", intent.id, KEYS)
        start, _, parameter = link.partition("=")
        assert start == "https://t.me/lessons_bot?start"
        assert PARAMETER.fullmatch(parameter), parameter
        assert opened(parameter, handbook, KEYS) == Opens(intent.id, for_anyone=True)
        assert opened(intent.id, handbook, KEYS) == Opens(intent.id)
    for unit in handbook.units:
        parameter = unit.id.replace("/", "__").replace(".", "_")
        assert PARAMETER.fullmatch(parameter), parameter
        assert opened(parameter, handbook, KEYS) == Opens(unit=unit.id)


@settings(max_examples=200)
@given(parameter=st.text(max_size=64).map(lambda text: f"s_{text}") | st.text(max_size=64))
@example(f"s_{INTENT}_{KEYS.sign('challenge-another-agency')}")
@example(f"s_{INTENT}_{KEYS.sign(INTENT).upper()}")
@example(f"s_{INTENT}_{KEYS.sign(INTENT)} ")
def test_nothing_that_is_made_up_opens_an_answer_for_anyone(
    handbook: Handbook, parameter: str
) -> None:
    opens = opened(parameter, handbook, KEYS)
    assert opens is None or not opens.for_anyone


def test_a_link_that_an_older_key_signed_is_good_while_the_key_is_kept(
    handbook: Handbook,
) -> None:
    old, new = Key(bytes(32)), Key(b"1" * 32)
    parameter = share("lessons_bot", INTENT, Pseudonyms((old,))).partition("=")[2]
    older = replace(old, until="2026-03-02")
    assert opened(parameter, handbook, Pseudonyms((new, older))) == Opens(INTENT, for_anyone=True)
    assert opened(parameter, handbook, Pseudonyms((new,))) is None
