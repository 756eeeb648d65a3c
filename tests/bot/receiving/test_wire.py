"""What the bot says gets through where it can, over real HTTP."""

from itertools import pairwise

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError, TimedOut

from bot.trials import is_passing
from tests.bot.receiving.lines import (
    TOKEN,
    Answer,
    HangsUp,
    IsSilent,
    Says,
    Telegram,
    bot_at,
    refused,
    sent,
    telegram,
    well,
)

DOWN = Says("<html>Bad Gateway</html>", 502)
SECRET = TOKEN.partition(":")[2]


def waits(line: Telegram) -> list[float]:
    """The seconds between the calls."""
    return [later.at - earlier.at for earlier, later in pairwise(line.calls)]


def words_of(error: BaseException) -> str:
    """Whatever an error could put into a log, with that which it came from."""
    shown = f"{error!r} {error}"
    return shown + (words_of(error.__cause__) if error.__cause__ else "")


@pytest.mark.parametrize("seconds", [0.3, 1])
async def test_somebody_is_written_to_when_the_time_is_over_that_telegram_says_to_wait(
    seconds: float,
) -> None:
    slowly = refused(429, "Too Many Requests", retry_after=seconds)
    async with telegram(slowly, slowly, well(sent())) as line, bot_at(line.address, ()) as bot:
        assert (await bot.send_message(7, "hello")).text == "hello"
        assert [call.words for call in line.calls] == [{"chat_id": "7", "text": "hello"}] * 3
        assert all(seconds <= wait < seconds + 2 for wait in waits(line))


@pytest.mark.parametrize("body", ["<html>", "null", '{"parameters": {"retry_after": "soon"}}'])
async def test_telegram_need_not_say_how_long_to_wait(body: str) -> None:
    async with telegram(Says(body, 429), well(sent())) as line, bot_at(line.address) as bot:
        assert (await bot.send_message(7, "hello")).text == "hello"
        assert waits(line)[0] >= 1


@pytest.mark.parametrize(
    "fault", [DOWN, refused(500, "Internal Server Error"), HangsUp()], ids=["502", "500", "dropped"]
)
async def test_somebody_is_written_to_although_telegram_fails_at_first(fault: Answer) -> None:
    async with (
        telegram(fault, fault, fault, well(sent())) as line,
        bot_at(line.address, (0.05, 0.1, 0.2)) as bot,
    ):
        assert (await bot.send_message(7, "hello")).text == "hello"
        assert all(wait >= pause for wait, pause in zip(waits(line), (0.05, 0.1, 0.2), strict=True))


@pytest.mark.parametrize("fault", [DOWN, HangsUp()], ids=["502", "dropped"])
async def test_it_is_told_when_nothing_helps_and_the_token_is_not(fault: Answer) -> None:
    async with telegram(fault) as line, bot_at(line.address) as bot:
        with pytest.raises(NetworkError) as told:
            await bot.send_message(7, "hello")
        assert len(line.calls) == 4
    assert is_passing(told.value)
    assert SECRET not in words_of(told.value)


async def test_a_telegram_that_cannot_be_reached_is_told_without_the_token() -> None:
    async with telegram(well(True)) as line:
        address = line.address
    async with bot_at(address) as bot:
        with pytest.raises(NetworkError) as told:
            await bot.send_message(7, "hello")
    assert is_passing(told.value)
    assert SECRET not in words_of(told.value)


async def test_a_telegram_that_says_nothing_is_not_waited_for_for_ever() -> None:
    async with telegram(IsSilent()) as line, bot_at(line.address) as bot:
        with pytest.raises(TimedOut) as told:
            await bot.send_message(7, "hello", read_timeout=0.1)
        assert len(line.calls) == 4
        assert all(wait >= 0.1 for wait in waits(line))
    assert is_passing(told.value)
    assert SECRET not in words_of(told.value)


async def test_somebody_is_written_to_although_telegram_says_nothing_at_first() -> None:
    async with telegram(IsSilent(), well(sent())) as line, bot_at(line.address) as bot:
        assert (await bot.send_message(7, "hello", read_timeout=0.1)).text == "hello"


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        (refused(400, "Bad Request: chat not found"), BadRequest),
        (refused(403, "Forbidden: bot was blocked by the user"), Forbidden),
    ],
    ids=["bad request", "blocked"],
)
async def test_what_telegram_refuses_is_not_asked_again(
    refusal: Says, error: type[TelegramError]
) -> None:
    async with telegram(refusal, well(sent())) as line, bot_at(line.address) as bot:
        with pytest.raises(error):
            await bot.send_message(7, "hello")
        assert len(line.calls) == 1


async def test_nobody_else_is_shown_the_token() -> None:
    async with telegram(well(sent())) as other:
        elsewhere = Says("", 307, {"Location": f"{other.address}/elsewhere"})
        async with telegram(elsewhere) as line, bot_at(line.address) as bot:
            with pytest.raises(NetworkError) as told:
                await bot.send_message(7, "hello")
        assert other.calls == []
    assert is_passing(told.value)


async def test_a_bot_that_is_stopped_says_no_more() -> None:
    async with telegram(well(sent())) as line:
        async with bot_at(line.address, ()) as bot:
            pass
        with pytest.raises(NetworkError):
            await bot.send_message(7, "hello")
        assert line.calls == []


async def test_whatever_is_said_arrives_as_it_is() -> None:
    async with telegram(well(sent())) as line, bot_at(line.address) as bot:
        for text in ("a=b&c;d", "100 % +44 ?", "“é”\n\t", "👩‍👧" * 1000, "مرحبا", "\0", "<b>&amp;"):
            await bot.send_message(7, text)
            assert line.calls[-1].words["text"] == text


async def test_half_a_character_does_not_keep_the_rest_from_being_said() -> None:
    async with telegram(well(sent())) as line, bot_at(line.address) as bot:
        await bot.send_message(7, "before \ud83d after")
        assert line.calls[-1].words["text"] == "before ? after"
