"""Every update is kept until it is answered, and answered in the order of its chat."""

import asyncio
import json
import logging
import re
import tempfile
from itertools import groupby
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.receiving.inbox import SLOTS, TRIES, Again, Failure
from bot.records.entries import Seen, Waiting
from tests.bot.receiving.desks import Clerk, another_program_writes, kept, letter, office, until

STUMBLES = Failure("LookupError", Again.A_FEW_TIMES)
OFFLINE = Failure("NetworkError", Again.UNTIL_IT_WORKS)
HOPELESS = Failure("KeyError", Again.NEVER)
WORDS = "Lena Brandt of 4 Mill Lane was hit again"
LONG = 3600.0
"""Seconds that no test waits."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite"


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


def of_chat(chat: int, answered: list[int]) -> list[int]:
    """What was answered of a chat, where the last digit of a number is its chat."""
    return [number for number in answered if number % 10 == chat]


async def test_what_somebody_writes_is_answered_in_the_order_in_which_it_was_written(
    path: Path, clerk: Clerk
) -> None:
    written = [letter(number, number % 10) for number in range(200)]
    async with office(path, clerk) as desk:
        for at in range(0, len(written), 7):
            await desk.receives(*written[at : at + 7])
        await desk.is_done()
    for chat in range(10):
        assert of_chat(chat, clerk.answered) == list(range(chat, 200, 10))
    assert clerk.most_of_a_chat == 1
    assert clerk.most > 1
    assert kept(path) == []


async def test_somebody_is_answered_while_somebody_elses_answer_takes_long(
    path: Path, clerk: Clerk
) -> None:
    clerk.holds(1)
    async with office(path, clerk) as desk:
        await desk.receives(letter(1, 7), letter(2, 7), letter(3, 8))
        await until(lambda: 3 in clerk.answered)
        assert clerk.answered == [3]
        clerk.lets_go()
        await desk.is_done()
    assert clerk.answered == [3, 1, 2]


async def test_a_busy_chat_leaves_room_for_somebody_else(path: Path, clerk: Clerk) -> None:
    busy = range(1, 2 * SLOTS)
    clerk.holds(*busy)
    async with office(path, clerk) as desk:
        await desk.receives(*(letter(number, 7) for number in busy), letter(1000, 8))
        await until(lambda: clerk.answered == [1000])
        assert [number for number, _ in clerk.tried] == [1, 1000]
        clerk.lets_go()
        await desk.is_done()


async def test_no_more_are_in_hand_than_there_are_places(path: Path, clerk: Clerk) -> None:
    many = range(1, 3 * SLOTS)
    clerk.holds(*many)
    async with office(path, clerk) as desk:
        await desk.receives(*(letter(number, number) for number in many))
        await until(lambda: len(clerk.tried) >= SLOTS)
        clerk.lets_go()
        await desk.is_done()
    assert clerk.most == SLOTS
    assert sorted(clerk.answered) == list(many)


async def test_those_who_wait_for_their_network_take_no_place_of_others(
    path: Path, clerk: Clerk
) -> None:
    for number in range(1, SLOTS + 1):
        clerk.fails_at(number, OFFLINE)
    async with office(path, clerk, pause=LONG) as desk:
        await desk.receives(*(letter(number, number) for number in range(1, SLOTS + 1)))
        await until(lambda: len(clerk.tried) == SLOTS)
        await desk.receives(letter(1000, 1000))
        await until(lambda: clerk.answered == [1000])


@pytest.mark.parametrize("together", [True, False], ids=["together", "one after the other"])
async def test_a_message_that_is_delivered_twice_is_answered_once(
    path: Path, clerk: Clerk, together: bool
) -> None:
    async with office(path, clerk) as desk:
        if together:
            await desk.receives(letter(1), letter(1))
        else:
            await desk.receives(letter(1))
            await desk.is_done()
            await desk.receives(letter(1))
        await desk.is_done()
    assert clerk.answered == [1]


async def test_a_message_that_is_delivered_again_after_a_restart_is_answered_once(
    path: Path, clerk: Clerk
) -> None:
    for _ in range(3):
        async with office(path, clerk) as desk:
            await desk.receives(letter(1))
            await desk.is_done()
    assert clerk.answered == [1]


async def test_a_message_that_is_delivered_twice_at_once_is_answered_once(
    path: Path, clerk: Clerk
) -> None:
    async with office(path, clerk) as desk:
        await asyncio.gather(*(desk.receives(letter(1), letter(2)) for _ in range(5)))
        await desk.is_done()
    assert sorted(clerk.answered) == [1, 2]


async def test_what_waited_at_a_stop_is_taken_up_at_the_next_start(
    path: Path, clerk: Clerk
) -> None:
    clerk.holds(1, 3)
    async with office(path, clerk, at_the_end=0) as desk:
        await desk.receives(letter(1, 7), letter(2, 7), letter(3, 8), letter(4, 8))
        await until(lambda: len(clerk.tried) == 2)
    assert (clerk.answered, kept(path)) == ([], [1, 2, 3, 4])
    clerk.lets_go()
    async with office(path, clerk) as desk:
        await desk.is_done()
    assert [of for of in clerk.answered if of < 3] == [1, 2]
    assert [of for of in clerk.answered if of > 2] == [3, 4]
    assert (kept(path), kept(path, Seen)) == ([], [1, 2, 3, 4])


async def test_a_message_is_not_lost_however_often_the_bot_is_stopped_before_it_is_answered(
    path: Path, clerk: Clerk
) -> None:
    clerk.holds(1)
    for _ in range(2 * TRIES):
        async with office(path, clerk, at_the_end=0) as desk:
            await desk.receives(letter(1))
            await until(lambda: clerk.under_way[7] == 1)
    clerk.lets_go()
    async with office(path, clerk) as desk:
        await desk.is_done()
        assert desk.told == []
    assert (clerk.answered, kept(path)) == ([1], [])


async def test_tries_are_counted_over_restarts(path: Path, clerk: Clerk) -> None:
    clerk.fails_at(1, *[STUMBLES] * 9)
    told: list[str] = []
    for _ in range(TRIES):
        async with office(path, clerk, pause=LONG) as desk:
            await desk.receives(letter(1))
            await until(lambda: clerk.has_in_hand(1) and clerk.under_way[7] == 0)
        told += desk.told
    assert [number for number, _ in clerk.tried] in ([1] * 2, [1] * TRIES)
    assert [last for _, last in clerk.tried][-1]
    assert (len(told), kept(path)) == (1, [])


async def test_a_message_waits_for_the_network_as_long_as_it_takes(
    path: Path, clerk: Clerk
) -> None:
    clerk.fails_at(1, *[OFFLINE] * (2 * TRIES))
    async with office(path, clerk) as desk:
        await desk.receives(letter(1), letter(2))
        await desk.is_done()
        assert desk.told == []
    assert clerk.answered == [1, 2]
    assert clerk.tried == [(1, False)] * (2 * TRIES + 1) + [(2, False)]


async def test_a_failure_of_the_network_is_no_try(path: Path, clerk: Clerk) -> None:
    clerk.fails_at(1, OFFLINE, STUMBLES, OFFLINE, STUMBLES, OFFLINE)
    async with office(path, clerk) as desk:
        await desk.receives(letter(1))
        await desk.is_done()
    assert [last for _, last in clerk.tried] == [False] * 4 + [True] * 2
    assert clerk.answered == [1]


@pytest.mark.parametrize(
    ("failure", "tries"), [(STUMBLES, TRIES), (HOPELESS, 1)], ids=["a few times", "never"]
)
async def test_a_message_that_cannot_be_handled_is_told_by_its_kind_the_error_and_the_time_alone(
    path: Path, clerk: Clerk, caplog: pytest.LogCaptureFixture, failure: Failure, tries: int
) -> None:
    caplog.set_level(logging.DEBUG)
    clerk.fails_at(1, *[failure] * 9)
    async with office(path, clerk) as desk:
        await desk.receives(letter(1, 7, WORDS), letter(2, 7))
        await desk.is_done()
        (told,) = desk.told
        counted = desk.inbox.counts.as_metrics(0)
    told, times = re.subn(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", "TIME", told)
    assert (told, times) == (
        f"An update could not be handled (message, {failure.error}, TIME).",
        1,
    )
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert record.getMessage() == "an update is set aside"
    assert getattr(record, "told", None) == {
        "update": "message",
        "error": failure.error,
        "tries": tries,
    }
    assert [word for word in WORDS.split() if len(word) > 3 and word in caplog.text] == []
    assert [last for number, last in clerk.tried if number == 1] == [
        at == TRIES for at in range(1, tries + 1)
    ]
    # the next of the chat is not in the way of what cannot be handled
    assert (clerk.answered, kept(path)) == ([2], [])
    assert "lessons_bot_set_aside_total 1\n" in counted
    assert f"lessons_bot_failed_total {tries}\n" in counted


async def test_a_clerk_who_falls_over_leaves_nobody_waiting(path: Path, clerk: Clerk) -> None:
    clerk.fails_at(1, *[RuntimeError(WORDS)] * 9)
    async with office(path, clerk) as desk:
        await desk.receives(letter(1), letter(2))
        await desk.is_done()
        assert [told.partition(",")[2].split(",")[0] for told in desk.told] == [" RuntimeError"]
    assert (clerk.answered, kept(path)) == ([2], [])


async def test_somebody_is_answered_from_memory_while_the_records_fail(
    path: Path, clerk: Clerk
) -> None:
    async with office(path, clerk, patience=0.01) as desk:
        with another_program_writes(path):
            for _ in range(2):
                await desk.receives(letter(1), letter(1), letter(2, 8))
                await desk.is_done()
            assert sorted(clerk.answered) == [1, 2]
        await desk.receives(letter(1), letter(2, 8), letter(3))
        await desk.is_done()
        assert sorted(clerk.answered) == [1, 2, 3]
        first, second = desk.told
    assert first.startswith("The records cannot be used: another program holds it locked.")
    assert second == "The records can be used again."
    assert kept(path) == []


async def test_what_comes_twice_at_once_while_the_records_fail_is_answered_once(
    path: Path, clerk: Clerk
) -> None:
    async with office(path, clerk, patience=0.01) as desk:
        with another_program_writes(path):
            await asyncio.gather(*(desk.receives(letter(1), letter(2)) for _ in range(4)))
            await desk.is_done()
    assert clerk.answered == [1, 2]


async def test_what_was_answered_while_the_records_fail_is_not_answered_again_after_a_restart(
    path: Path, clerk: Clerk
) -> None:
    clerk.holds(1)
    async with office(path, clerk, patience=0.01) as desk:
        await desk.receives(letter(1))
        await until(lambda: clerk.has_in_hand(1))
        with another_program_writes(path):
            clerk.lets_go()
            await desk.is_done()
        assert kept(path) == [1]
        await desk.receives(letter(2, 8))
        await desk.is_done()
    async with office(path, clerk) as desk:
        await desk.is_done()
    assert (clerk.answered, kept(path)) == ([1, 2], [])


async def test_what_cannot_be_read_at_a_start_is_taken_up_when_it_can(
    path: Path, clerk: Clerk
) -> None:
    clerk.holds(1)
    async with office(path, clerk, at_the_end=0) as desk:
        await desk.receives(letter(1))
    clerk.lets_go()
    with another_program_writes(path):
        opening = office(path, clerk, patience=0.01)
        desk = await opening.__aenter__()
        assert (clerk.answered, desk.inbox.waiting) == ([], 0)
    await until(lambda: clerk.answered == [1])
    await opening.__aexit__(None, None, None)
    assert kept(path) == []


async def test_what_has_begun_is_finished_at_a_stop_and_the_rest_is_left(
    path: Path, clerk: Clerk
) -> None:
    clerk.holds(1, 2)
    async with office(path, clerk) as desk:
        await desk.receives(letter(1, 7), letter(2, 8), letter(3, 7), letter(4, 8))
        await until(lambda: len(clerk.tried) == 2)
        closing = asyncio.create_task(desk.inbox.close(LONG))
        await asyncio.sleep(0)  # it has begun to close
        await desk.receives(letter(5, 9))
        clerk.lets_go()
        await closing
    assert sorted(clerk.answered) == [1, 2]
    assert kept(path) == [3, 4, 5]


async def test_a_stop_does_not_wait_for_who_waits_for_the_network(path: Path, clerk: Clerk) -> None:
    clerk.fails_at(1, OFFLINE)
    async with office(path, clerk, pause=LONG, at_the_end=LONG) as desk:
        await desk.receives(letter(1))
        await until(lambda: clerk.has_in_hand(1) and clerk.under_way[7] == 0)
    assert (clerk.tried, kept(path)) == ([(1, False)], [1])


async def test_an_update_without_an_id_is_passed_over(path: Path, clerk: Clerk) -> None:
    nothing = (None, 5, "text", [], {}, {"update_id": True}, {"update_id": 2**70})
    async with office(path, clerk) as desk:
        await desk.receives(*nothing, {"update_id": "1"}, letter(1))
        await desk.is_done()
    assert clerk.answered == [1]


async def test_an_update_that_cannot_be_written_down_is_not_in_the_way_of_others(
    path: Path, clerk: Clerk, caplog: pytest.LogCaptureFixture
) -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    async with office(path, clerk) as desk:
        await desk.receives({"update_id": 1, "message": deep}, letter(2))
        await desk.is_done()
    assert clerk.answered == [2]
    assert [record.getMessage() for record in caplog.records] == ["an update cannot be kept"]


EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("writes"), st.integers(1, 3)),
        st.tuples(st.just("again"), st.integers(0, 20)),
        st.tuples(st.just("stops"), st.sampled_from([0, 5])),
    ),
    max_size=25,
)


@settings(max_examples=20)
@given(EVENTS, st.integers())
def test_whatever_happens_each_message_is_answered_and_in_the_order_of_its_chat(
    events: list[tuple[str, int]], seed: int
) -> None:
    """Somebody writes, Telegram delivers something again, the bot is stopped and started."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_live_through(Path(folder) / "records.sqlite", events, Random(seed)))


async def _live_through(path: Path, events: list[tuple[str, int]], chance: Random) -> None:
    clerk, written = Clerk(), []
    runs = [list(run) for stops, run in groupby(events, lambda event: event[0] == "stops")]
    for run in runs:
        patience = run[0][1] if run[0][0] == "stops" else 5
        async with office(path, clerk, at_the_end=patience) as desk:
            for what, which in run:
                if what == "writes":
                    written.append(letter(len(written), which))
                    await desk.receives(written[-1])
                elif what == "again" and written:
                    await desk.receives(written[which % len(written)])
                for _ in range(chance.randint(0, 3)):
                    await asyncio.sleep(0)
    async with office(path, clerk) as desk:
        await desk.is_done()
    for chat in (1, 2, 3):
        own = [one["update_id"] for one in written if one["message"]["chat"]["id"] == chat]
        answered = [number for number in clerk.answered if number in own]
        assert list(dict.fromkeys(answered)) == own
        assert answered == sorted(answered)
    stopped = sum(run[0] == ("stops", 0) for run in runs)
    assert len(clerk.answered) - len(written) <= 3 * stopped
    assert kept(path) == []


async def test_what_is_typed_behind_the_bots_name_is_answered_and_never_kept(
    path: Path, clerk: Clerk
) -> None:
    clerk.holds(1)
    typed = {"id": "5", "from": {"id": 7}, "query": WORDS, "offset": ""}
    async with office(path, clerk) as desk:
        await desk.receives({"update_id": 1, "inline_query": typed})
        assert kept(path) == []
        clerk.lets_go(1)
        await desk.is_done()
    assert clerk.answered == [1]


async def test_what_is_typed_behind_the_bots_name_is_not_kept_where_it_is_tried_again_either(
    path: Path, clerk: Clerk
) -> None:
    clerk.fails_at(1, STUMBLES)
    typed = {"id": "5", "from": {"id": 7}, "query": WORDS, "offset": ""}
    async with office(path, clerk, pause=LONG, at_the_end=LONG) as desk:
        await desk.receives({"update_id": 1, "inline_query": typed})
        await until(lambda: clerk.has_in_hand(1) and clerk.under_way[7] == 0)
    assert kept(path) == []


async def test_what_was_typed_is_not_kept_where_a_result_was_picked(
    path: Path, clerk: Clerk
) -> None:
    picked = {"result_id": "fathers@0a1b2c3d", "from": {"id": 7}, "query": WORDS}
    async with office(path, clerk, at_the_end=0) as desk:
        clerk.holds(1)
        await desk.receives({"update_id": 1, "chosen_inline_result": picked})
        (entry,) = await desk.records.do(lambda store: store.find(Waiting))
    assert json.loads(entry.raw)["chosen_inline_result"] == {**picked, "query": ""}
