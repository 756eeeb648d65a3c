"""How often a person or a group may ask, and what is said to who asks too often."""

from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.access.limits import GROUP, TOUCHES, WINDOW, Limit
from bot.environment import Allowed
from bot.running import Handling
from bot.settings import Settings
from handlers.admission import SLOWLY, TOO_MANY_PRESSES
from handlers.inline import WAIT
from knowledge.opening import Knowledge
from tests.bot.questions import CHALLENGE, MISSED
from tests.handlers.chatting import FRIEND, FRIENDS, TOKEN, Chat
from tests.handlers.gathering import Typing, team_settings


def limited(most: int | None) -> Settings:
    return Settings(token=TOKEN, allowed_users=FRIENDS, rate_limit=most)


async def test_who_asks_too_much_is_told_so_kindly_once_and_then_not_answered(
    knowledge: Knowledge,
) -> None:
    async with Chat(knowledge, settings=limited(3)) as chat:
        for _ in range(8):
            await chat.says("hello")
        answer = chat.heard[0]
        assert chat.heard == (answer, answer, answer, SLOWLY)


def test_who_is_stopped_is_told_to_call_999_for_a_child_in_danger() -> None:
    assert "If a child is in danger now, call 999." in SLOWLY


async def test_a_limit_of_one_is_told_of_once_too(knowledge: Knowledge) -> None:
    async with Chat(knowledge, settings=limited(1)) as chat:
        for _ in range(5):
            await chat.says("hello")
        assert chat.heard[1:] == (SLOWLY,)


async def test_after_a_minute_one_may_ask_again(knowledge: Knowledge) -> None:
    async with Chat(knowledge, settings=limited(2)) as chat:
        for _ in range(3):
            await chat.says("hello")
        chat.at = int(WINDOW)
        await chat.says("hello")
        answer = chat.heard[0]
        assert chat.heard == (answer, answer, SLOWLY, answer)


async def test_the_limit_of_one_person_is_not_another_s(knowledge: Knowledge) -> None:
    everyone = Settings(token=TOKEN, allowed_users=Allowed(everyone=True), rate_limit=1)
    async with Chat(knowledge, settings=everyone) as chat:
        other = chat.beside(FRIEND + 1)
        await chat.says("hello")
        await chat.says("hello")
        await other.says("hello")
        assert chat.heard == (other.heard[0], SLOWLY)


async def test_without_a_limit_any_number_is_answered(knowledge: Knowledge) -> None:
    async with Chat(knowledge, settings=limited(None)) as chat:
        for _ in range(30):
            await chat.says("hello")
        assert len(chat.heard) == 30
        assert SLOWLY not in chat.heard


async def test_commands_count_too(knowledge: Knowledge) -> None:
    async with Chat(knowledge, settings=limited(1)) as chat:
        await chat.says("/start")
        await chat.says("/help")
        assert chat.heard[1:] == (SLOWLY,)


async def test_a_stranger_is_told_the_same_however_often(knowledge: Knowledge) -> None:
    async with Chat(knowledge, FRIEND + 1, settings=limited(1)) as stranger:
        for _ in range(3):
            await stranger.says("hello")
        assert len(stranger.heard) == 3
        assert len(set(stranger.heard)) == 1
        assert SLOWLY not in stranger.heard


async def test_a_group_is_stopped_where_its_people_together_ask_too_much(
    knowledge: Knowledge,
) -> None:
    team = Settings(token=TOKEN, allowed_chats=Allowed(frozenset({-500})), rate_limit=2)
    async with Chat(knowledge, chat=-500, settings=team) as group:
        for person in range(1, GROUP + 4):
            await group.among(person).says("/ask hello")
        assert group.heard == (*[group.heard[0]] * GROUP, SLOWLY)


async def test_what_a_group_says_among_itself_is_not_counted(knowledge: Knowledge) -> None:
    team = Settings(token=TOKEN, allowed_chats=Allowed(frozenset({-500})), rate_limit=2)
    async with Chat(knowledge, chat=-500, settings=team) as group:
        for person in range(1, GROUP + 4):
            await group.among(person).says("hello")
        assert group.heard == ()


async def test_who_wrote_over_hours_while_the_bot_was_off_is_answered_each(
    knowledge: Knowledge,
) -> None:
    async with Chat(knowledge, settings=limited(2)) as chat:
        for hour in range(6):
            chat.at = hour * 3600
            await chat.says("hello")
        assert chat.heard == (chat.heard[0],) * 6


async def test_a_message_that_is_changed_again_and_again_counts_each_time(
    knowledge: Knowledge,
) -> None:
    async with Chat(knowledge, settings=limited(2)) as chat:
        await chat.says(CHALLENGE)
        for _ in range(4):
            await chat.edits(MISSED)
        answer = chat.services.live.knowledge.handbook.intent("missed-appointments").lead
        assert [said.split("\n")[0] for said in chat.heard] == [answer, SLOWLY]


async def test_who_presses_too_much_is_told_so_on_the_button_alone(knowledge: Knowledge) -> None:
    async with Chat(knowledge, settings=limited(1)) as chat:
        await chat.says(MISSED)
        for _ in range(TOUCHES + 2):
            await chat.presses("Why?", message=0)
        assert len(chat.heard) == 1 + TOUCHES
        assert chat.told_on_pressing == (*[None] * TOUCHES, TOO_MANY_PRESSES, TOO_MANY_PRESSES)


async def test_who_types_too_much_in_any_chat_is_offered_to_wait(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    async with Typing(knowledge, settings=team_settings(tmp_path, rate_limit=1)) as sam:
        offered = [await sam.types("missed appointments") for _ in range(TOUCHES + 1)]
        assert [bool(one.results) for one in offered] == [*[True] * TOUCHES, False]
        assert offered[-1].label == WAIT


def test_what_is_over_is_told_by_how_much() -> None:
    limit = Limit(2)
    assert [limit.over(1, 0.0) for _ in range(4)] == [0, 0, 1, 2]
    assert limit.over(2, 0.0) == 0


@pytest.mark.parametrize(("later", "over"), [(WINDOW - 0.001, 1), (WINDOW, 0), (-WINDOW, 0)])
def test_a_question_counts_for_a_minute_to_the_boundary(later: float, over: int) -> None:
    limit = Limit(1)
    limit.over(1, 1000.0)
    assert limit.over(1, 1000.0 + later) == over


@settings(max_examples=50)
@given(
    most=st.integers(1, 5),
    waits=st.lists(st.floats(0, 2 * WINDOW, allow_nan=False), max_size=40),
)
def test_never_more_than_the_limit_are_let_through_in_a_minute(
    most: int, waits: list[float]
) -> None:
    limit = Limit(most)
    through = [at for at in accumulate(waits) if not limit.over(1, at)]
    for at in through:
        assert sum(at <= other < at + WINDOW for other in through) <= most


@settings(max_examples=30)
@given(most=st.integers(1, 5), waits=st.lists(st.floats(WINDOW, 600), max_size=20))
def test_who_asks_less_than_once_a_minute_is_never_stopped(most: int, waits: list[float]) -> None:
    limit = Limit(most)
    assert [at for at in accumulate(waits) if limit.over(1, at)] == []


async def test_who_cannot_be_told_to_wait_is_not_answered_at_a_further_try(
    knowledge: Knowledge,
) -> None:
    async with Chat(knowledge, settings=limited(1)) as chat:
        await chat.says("hello")
        written = chat.made(message=chat._message("hello")).to_dict()
        chat.telegram.refuse("sendMessage", 502, "Bad Gateway")
        # no failure: it is not tried again
        assert await Handling(chat.application).handle(written, False) is None
        assert chat.heard[1:] == ()
