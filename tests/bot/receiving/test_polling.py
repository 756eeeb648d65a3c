"""The bot asks for messages, and for the next ones only once these are kept."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from telegram import Bot

from bot.receiving.polling import CONFLICT, DEAF, HOLD, Hearing, poll
from bot.receiving.updates import ALLOWED
from bot.records.entries import Seen
from tests.bot.receiving.desks import (
    Clerk,
    Office,
    another_program_writes,
    kept,
    letter,
    office,
    until,
)
from tests.bot.receiving.lines import (
    Answer,
    HangsUp,
    IsSilent,
    Says,
    Telegram,
    bot_at,
    refused,
    telegram,
    well,
)

QUICK = 0.01
CONFLICTS = refused(409, "Conflict: terminated by other getUpdates request")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite"


@asynccontextmanager
async def asking(bot: Bot, desk: Office) -> AsyncIterator[asyncio.Task[None]]:
    """The bot asks while the block lasts."""
    # the bot's own wire: `poll` is given what it asks by
    task = asyncio.create_task(poll(bot, bot.request, desk.inbox, desk.tell, Hearing(), QUICK))
    try:
        yield task
        assert not task.done(), "it asks no more"
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def listening(
    path: Path, *answers: Answer, patience: float = 1.0
) -> AsyncIterator[tuple[Telegram, Office, Clerk]]:
    """A bot that asks a Telegram which answers so, and is silent afterwards."""
    clerk = Clerk()
    async with (
        telegram(*answers, IsSilent()) as line,
        bot_at(line.address, ()) as bot,
        office(path, clerk, patience=patience) as desk,
        asking(bot, desk),
    ):
        yield line, desk, clerk


def offsets(line: Telegram) -> list[str | None]:
    """From where on updates were asked for."""
    return [call.words.get("offset") for call in line.calls]


async def test_telegram_is_asked_for_what_the_bot_knows_and_told_to_hold_the_line(
    path: Path,
) -> None:
    async with listening(path) as (line, _, _):
        await until(lambda: len(line.calls) == 1)
        (call,) = line.calls
    assert call.method == "getUpdates"
    assert call.words == {"timeout": str(HOLD), "allowed_updates": json.dumps(ALLOWED)}


async def test_what_comes_is_answered_and_the_next_is_asked_for(path: Path) -> None:
    first, second = [letter(5), letter(6, 8)], [letter(7)]
    async with listening(path, well(first), well([]), well(second)) as (line, desk, clerk):
        await until(lambda: len(line.calls) == 4)
        await desk.is_done()
        assert offsets(line) == [None, "7", "7", "8"]
        assert sorted(clerk.answered) == [5, 6, 7]


async def test_the_next_is_asked_for_only_once_what_came_is_kept(path: Path) -> None:
    kept_then: list[list[int]] = []
    clerk = Clerk()
    async with (
        telegram(well([letter(1)]), well([letter(2), letter(3)]), IsSilent()) as line,
        bot_at(line.address, ()) as bot,
        office(path, clerk, patience=20) as desk,
    ):
        line.at_each_call = lambda words: kept_then.append(kept(path, Seen))
        async with asking(bot, desk):
            with another_program_writes(path):
                await until(lambda: len(line.calls) == 1)
                # nothing can be kept, so nothing more is asked for
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(until(lambda: len(line.calls) > 1), 20 * QUICK)
            await until(lambda: len(line.calls) == 3)
    assert offsets(line) == [None, "2", "4"]
    assert kept_then == [[], [1], [1, 2, 3]]


async def test_messages_are_answered_from_memory_while_the_records_fail(path: Path) -> None:
    clerk = Clerk()
    async with (
        telegram(well([letter(1)]), well([letter(2)]), IsSilent()) as line,
        bot_at(line.address, ()) as bot,
        office(path, clerk, patience=0.01) as desk,
    ):
        with another_program_writes(path):
            async with asking(bot, desk):
                await until(lambda: len(line.calls) == 3)
                await desk.is_done()
    assert clerk.answered == [1, 2]


async def test_another_instance_is_told_of_once(path: Path) -> None:
    taking_turns = (CONFLICTS, CONFLICTS, well([]), CONFLICTS, well([letter(1)]), CONFLICTS)
    async with listening(path, *taking_turns) as (line, desk, clerk):
        await until(lambda: len(line.calls) == 7)
        await desk.is_done()
        assert desk.told == [CONFLICT]
        assert clerk.answered == [1]


@pytest.mark.parametrize(
    "answer",
    [
        Says(""),
        Says("<html>Welcome to the hotel</html>"),
        Says(b"\xff\xfe\x00"),
        Says("null"),
        Says("[]"),
        Says("5"),
        Says("{}"),
        Says('{"ok": true}'),
        Says("[" * 100_000),
        Says('{"ok": true, "result": ' + "9" * 10_000 + "}"),
        well(None),
        well(True),
        well({"update_id": 1}),
        well([{}]),
        well([None, 5, "text"]),
        well([{"update_id": 2**60}]),
        HangsUp(),
        Says("", 204),
        Says("", 302, {"Location": "/"}),
        refused(401, "Unauthorized"),
        refused(404, "Not Found"),
        refused(500, "Internal Server Error"),
        refused(400, "Bad Request", migrate_to_chat_id=5),
        refused(429, "Too Many Requests", retry_after=0.1),
    ],
    ids=lambda answer: (
        f"{answer.status} {str(answer.body)[:40]}" if isinstance(answer, Says) else "dropped"
    ),
)
async def test_messages_are_heard_after_an_answer_that_makes_no_sense(
    path: Path, answer: Answer
) -> None:
    async with listening(path, answer, answer, well([letter(1)])) as (line, _, clerk):
        await until(lambda: clerk.answered == [1])
        await until(lambda: len(line.calls) == 4)
        assert offsets(line) == [None, None, None, "2"]
        # it was not asked again at once
        assert line.calls[2].at - line.calls[0].at >= 2 * QUICK


async def test_among_messages_that_make_no_sense_the_others_are_answered(path: Path) -> None:
    mixed = [None, {}, letter(1), {"update_id": "2"}, {"update_id": 3}, letter(4)]
    clerk = Clerk()
    async with (
        telegram(well(mixed), IsSilent()) as line,
        bot_at(line.address, ()) as bot,
        office(path, clerk) as desk,
        asking(bot, desk),
    ):
        await until(lambda: len(line.calls) == 2)
        await desk.is_done()
        assert offsets(line) == [None, "5"]
        assert clerk.answered == [1, 4]


async def test_messages_are_heard_after_a_quiet_week_when_telegram_begins_anew_with_its_numbers(
    path: Path,
) -> None:
    async with listening(path, well([letter(1000)]), well([letter(5)])) as (line, desk, clerk):
        await until(lambda: len(line.calls) == 3)
        await desk.is_done()
        assert offsets(line) == [None, "1001", "6"]
        assert clerk.answered == [1000, 5]


async def test_telegram_is_given_the_time_that_it_asks_for(path: Path) -> None:
    slowly = refused(429, "Too Many Requests", retry_after=1)
    async with listening(path, slowly, well([letter(1)])) as (line, _, clerk):
        await until(lambda: clerk.answered == [1])
        assert line.calls[1].at - line.calls[0].at >= 1


async def test_what_failed_is_asked_less_and_less_often(path: Path) -> None:
    down = [refused(500, "Internal Server Error")] * 5
    async with listening(path, *down, well([letter(1)])) as (line, _, clerk):
        await until(lambda: clerk.answered == [1])
        waits = [b.at - a.at for a, b in zip(line.calls, line.calls[1:6], strict=False)]
    assert all(wait >= QUICK * 2**n for n, wait in enumerate(waits))


async def test_while_too_many_wait_telegram_is_asked_for_no_more(path: Path) -> None:
    full_then: list[bool] = []
    clerk = Clerk()
    clerk.holds(1)
    async with (
        telegram(well([letter(1)]), well([letter(2)]), IsSilent()) as line,
        bot_at(line.address, ()) as bot,
        office(path, clerk, full=1) as desk,
    ):
        line.at_each_call = lambda words: full_then.append(desk.inbox.is_full)
        async with asking(bot, desk):
            await until(lambda: clerk.has_in_hand(1))
            clerk.lets_go()
            await until(lambda: clerk.answered == [1, 2])
    assert (full_then[:2], any(full_then)) == ([False, False], False)


def test_a_bot_that_telegram_does_not_answer_for_a_minute_is_not_well() -> None:
    at = [100.0]
    hearing = Hearing(lambda: at[0])
    at[0] += DEAF
    deaf = hearing.is_well
    hearing.note()
    assert (deaf, hearing.is_well) == (False, True)
