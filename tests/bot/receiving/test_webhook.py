"""Telegram sends messages: who knows the secret is heard, and told so once they are kept."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.receiving.web import LARGEST, SECRET, add_webhook, listening, make_app
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

KNOWN = "a-secret-of-the-webhook"
WORDS = "Wilhelmina"


@dataclass(frozen=True, slots=True)
class Told:
    """What the bot said to a request."""

    status: int
    text: str


class Sender:
    """Sends over HTTP, as Telegram or as anybody."""

    def __init__(self, session: ClientSession, port: int) -> None:
        self.port = port
        self._session = session

    async def sends(self, update: Any, secret: str | None = KNOWN) -> int:
        """Send an update: the status."""
        headers = {} if secret is None else {SECRET: secret}
        async with self._session.post(self._at("/hook"), json=update, headers=headers) as told:
            return told.status

    async def sends_bytes(self, body: bytes, **headers: str) -> int:
        """Send anything, with the secret: the status."""
        known = {SECRET: KNOWN, **headers}
        async with self._session.post(self._at("/hook"), data=body, headers=known) as told:
            return told.status

    async def looks_at(self, path: str) -> Told:
        """Open a page."""
        async with self._session.get(self._at(path)) as told:
            return Told(told.status, await told.text())

    async def sends_raw(self, request: bytes) -> bytes:
        """Send bytes that are perhaps no HTTP: what comes back."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(request)
        try:
            return await reader.read()
        finally:
            writer.close()
            await writer.wait_closed()

    def _at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@asynccontextmanager
async def open_to(desk: Office) -> AsyncIterator[Sender]:
    """Somebody who sends to an office, while the block lasts."""
    app = make_app(desk.inbox, lambda: desk.records.is_well)
    add_webhook(app, desk.inbox, "https://bot.example/hook", KNOWN)
    async with listening(app, ("127.0.0.1", 0)) as port, ClientSession() as session:
        yield Sender(session, port)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite"


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


@pytest.fixture
async def desk(path: Path, clerk: Clerk) -> AsyncIterator[Office]:
    async with office(path, clerk, patience=10) as desk:
        yield desk


@pytest.fixture
async def sender(desk: Office) -> AsyncIterator[Sender]:
    async with open_to(desk) as sender:
        yield sender


async def test_what_telegram_sends_is_kept_and_answered_once(
    sender: Sender, desk: Office, clerk: Clerk, path: Path
) -> None:
    for _ in range(3):
        assert await sender.sends(letter(1)) == 200
        assert kept(path, Seen) == [1]
    await desk.is_done()
    assert clerk.answered == [1]


@pytest.mark.parametrize("secret", [None, "", "another", KNOWN[:-1], f"{KNOWN}x", "é"])
async def test_who_does_not_know_the_secret_is_not_heard(
    sender: Sender, desk: Office, path: Path, secret: str | None
) -> None:
    assert await sender.sends(letter(1), secret) == 403
    assert (desk.inbox.waiting, kept(path, Seen)) == (0, [])


async def test_a_secret_that_is_no_text_is_a_wrong_one(sender: Sender, path: Path) -> None:
    head = f"POST /hook HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{SECRET}: ".encode()
    told = await sender.sends_raw(head + b"\xff\xfe\r\nContent-Length: 2\r\n\r\n{}")
    assert told.startswith(b"HTTP/1.1 403 ")
    assert kept(path, Seen) == []


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"Wilhelmina", b"[" * 100_000, b"9" * 10_000],
    ids=["nothing", "half", "no text", "words", "deep", "a long number"],
)
async def test_what_is_no_json_is_refused(sender: Sender, desk: Office, body: bytes) -> None:
    assert await sender.sends_bytes(body) == 400
    assert desk.inbox.waiting == 0


@pytest.mark.parametrize("kind", ["application/json; charset=klingon", "text/plain", "a/b; =;"])
async def test_an_update_is_heard_whatever_it_is_said_to_be(
    sender: Sender, path: Path, kind: str
) -> None:
    assert await sender.sends_bytes(b'{"update_id": 1}', **{"Content-Type": kind}) == 200
    assert kept(path, Seen) == [1]


@pytest.mark.parametrize("update", [5, "text", [], [letter(1)], {}, {"update_id": "1"}])
async def test_what_has_no_number_is_passed_over(
    sender: Sender, clerk: Clerk, update: object, path: Path
) -> None:
    assert await sender.sends(update) == 200
    assert (clerk.tried, kept(path, Seen)) == ([], [])


async def test_telegram_is_told_so_only_once_a_message_is_kept(
    sender: Sender, desk: Office, path: Path
) -> None:
    with another_program_writes(path):
        sending = asyncio.create_task(sender.sends(letter(1)))
        done, _ = await asyncio.wait([sending], timeout=0.3)
        assert not done
        assert kept(path, Seen) == []
    assert await sending == 200
    assert kept(path, Seen) == [1]


async def test_a_message_is_answered_from_memory_while_the_records_fail(
    path: Path, clerk: Clerk
) -> None:
    async with office(path, clerk, patience=0.01) as desk, open_to(desk) as sender:
        with another_program_writes(path):
            assert await sender.sends(letter(1)) == 200
            assert await sender.sends(letter(1)) == 200
            await desk.is_done()
            assert (await sender.looks_at("/readyz")).status == 503
            assert (await sender.looks_at("/healthz")).status == 200
        assert await sender.sends(letter(2)) == 200
        await desk.is_done()
        assert await sender.looks_at("/readyz") == Told(200, "ready\n")
    assert clerk.answered == [1, 2]


async def test_more_than_an_update_can_be_is_refused(sender: Sender, clerk: Clerk) -> None:
    assert await sender.sends_bytes(b" " * (LARGEST + 1)) == 413
    assert await sender.sends(letter(1, text="👩‍👧" * 4096)) == 200
    await until(lambda: clerk.answered == [1])


async def test_whoever_watches_sees_that_the_bot_is_well_and_what_it_did(
    sender: Sender, desk: Office, clerk: Clerk
) -> None:
    clerk.holds(2)
    for number in (1, 2, 3):
        await sender.sends(letter(number, text=WORDS))
    await until(lambda: clerk.has_in_hand(2))
    metrics = await sender.looks_at("/metrics")
    assert await sender.looks_at("/healthz") == Told(200, "ok\n")
    assert await sender.looks_at("/readyz") == Told(200, "ready\n")
    figures = [line for line in metrics.text.splitlines() if not line.startswith("#")]
    assert (metrics.status, figures) == (
        200,
        [
            "lessons_bot_received_total 3",
            "lessons_bot_handled_total 1",
            "lessons_bot_failed_total 0",
            "lessons_bot_set_aside_total 0",
            "lessons_bot_waiting 2",
        ],
    )
    clerk.lets_go()
    await desk.is_done()


async def test_nothing_else_is_there(sender: Sender) -> None:
    assert [(await sender.looks_at(path)).status for path in ("/", "/hook", "/.env")] == [
        404,
        405,
        404,
    ]


async def test_a_stop_does_not_wait_for_who_sends_half_a_message(desk: Office) -> None:
    app = make_app(desk.inbox, lambda: True)
    add_webhook(app, desk.inbox, "https://bot.example/hook", KNOWN)
    async with asyncio.timeout(15):
        async with listening(app, ("127.0.0.1", 0)) as port:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            head = f"POST /hook HTTP/1.1\r\nHost: a\r\n{SECRET}: {KNOWN}\r\n"
            writer.write(f'{head}Content-Length: 99\r\n\r\n{{"upd'.encode())
            await writer.drain()
        writer.close()


async def test_nothing_of_what_is_sent_is_in_the_log(
    sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await sender.sends(letter(1, text=WORDS))
    await sender.sends(letter(2, text=WORDS), WORDS)
    await sender.sends_bytes(f'{{"update_id": 3, "{WORDS}'.encode())
    await sender.sends_raw(f"{WORDS} / HTTP/1.1\r\n\r\n".encode())
    assert (WORDS in caplog.text, KNOWN in caplog.text) == (False, False)


async def test_while_too_many_wait_telegram_is_told_to_send_again_later(path: Path) -> None:
    clerk = Clerk()
    clerk.holds(1)
    async with office(path, clerk, patience=10, full=1) as desk, open_to(desk) as sender:
        told = [await sender.sends(letter(number)) for number in (1, 2)]
        clerk.lets_go()
        await desk.is_done()
        assert [*told, await sender.sends(letter(2))] == [200, 503, 200]
        await desk.is_done()
    assert clerk.answered == [1, 2]
