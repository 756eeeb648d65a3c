"""What a link to the bot opens."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.context import installed
from bot.links import NO_LONGER, SHARED, opened, share
from bot.records.pseudonyms import Key, Pseudonyms
from handlers.admission import STRANGER
from handlers.commands import WELCOME
from knowledge.handbook import Handbook
from knowledge.opening import Knowledge
from tests.handlers.chatting import Chat

KEYS = Pseudonyms((Key.new(),))


def parameter(intent: str, names: Pseudonyms) -> str:
    """What stands behind ?start= in the link of a shared answer."""
    return share("lessons_bot", intent, names).partition("?start=")[2]


def as_parameter(unit: str) -> str:
    """A unit's id as a link carries it."""
    return unit.replace("/", "__").replace(".", "_")


def test_every_unit_and_every_answer_has_a_link_that_opens_it(handbook: Handbook) -> None:
    for unit in handbook.units:
        found = opened(as_parameter(unit.id), handbook, KEYS)
        assert found and (found.unit, found.intent, found.for_anyone) == (unit.id, "", False)
    for intent in handbook.intents:
        found = opened(intent.id, handbook, KEYS)
        assert found and (found.unit, found.intent, found.for_anyone) == ("", intent.id, False)
        found = opened(parameter(intent.id, KEYS), handbook, KEYS)
        assert found and (found.unit, found.intent, found.for_anyone) == ("", intent.id, True)


def test_every_link_is_one_that_telegram_takes(handbook: Handbook) -> None:
    links = [as_parameter(unit.id) for unit in handbook.units]
    for intent in handbook.intents:
        links += [intent.id, parameter(intent.id, KEYS)]
    assert [one for one in links if not 1 <= len(one) <= 64] == []
    assert [one for one in links if not one.replace("_", "").replace("-", "").isalnum()] == []


async def test_a_link_to_a_unit_shows_it(chat: Chat, handbook: Handbook) -> None:
    await chat.says("/start aoc__81_4")
    (told,) = chat.heard
    assert handbook.unit("aoc/81.4").text in told
    assert "aoc/81.4. Ages of concern (Ofsted, 2011), para 81" in told


async def test_a_link_to_an_answer_shows_it_with_its_buttons(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says("/start missed-appointments")
    (told,) = chat.heard
    assert told.split("\n")[0] == handbook.intent("missed-appointments").lead
    assert chat.rows == (("More", "Why?", "Share"), ("Useful", "Not useful"))
    await chat.presses("Why?")
    assert chat.heard[1] == "Why this?\nYou picked it yourself."


async def test_a_follow_up_goes_on_from_what_a_link_opened(chat: Chat, handbook: Handbook) -> None:
    await chat.says("/start prebirth-assessment-when")
    await chat.says("and for boards?")
    title = handbook.intent("prebirth-assessment-when").title
    assert chat.heard[1].startswith(f"Taken as a follow-up to: {title}")


@settings(max_examples=3)  # a chat costs far more than a link
@example(["ask", "aoc__999"])
@example(["s_missed-appointments_", "s_missed-appointments_00000000000000000000", "s__"])
@given(opening=st.lists(st.text("abc_-019S", max_size=64), min_size=3, max_size=5))
async def test_a_link_that_opens_nothing_says_what_the_bot_is(
    knowledge: Knowledge, opening: list[str]
) -> None:
    told: list[str] = []
    async with Chat(knowledge) as chat:
        for text in opening:
            await chat.says(f"/start {text}")
            told += [NO_LONGER, WELCOME] if text.startswith(SHARED) else [WELCOME]
        assert chat.heard == tuple(told)


async def test_the_link_of_a_shared_answer_shows_it_to_a_stranger_and_no_more(
    stranger: Chat, handbook: Handbook
) -> None:
    names = installed(stranger.application).records.pseudonyms
    await stranger.says(f"/start {parameter('missed-appointments', names)}")
    (told,) = stranger.heard
    assert told.split("\n")[0] == handbook.intent("missed-appointments").lead
    assert stranger.buttons == ()
    await stranger.says("do missed appointments matter")
    assert stranger.heard[1] == STRANGER.format(id=8)


@pytest.mark.parametrize(
    "said",
    [
        "/start missed-appointments",
        "/start aoc__81_4",
        f"/start {parameter('missed-appointments', KEYS)}",
        "/start s_missed-appointments_",
    ],
    ids=["an answer", "a unit", "signed by another bot", "not signed"],
)
async def test_any_other_link_shows_a_stranger_nothing(stranger: Chat, said: str) -> None:
    await stranger.says(said)
    told = STRANGER.format(id=8)
    is_dead = said.startswith(f"/start {SHARED}")
    assert stranger.heard == (f"{NO_LONGER}\n\n{told}" if is_dead else told,)
