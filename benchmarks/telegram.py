"""Measure the bot on Telegram's wire: replies a second, and from delivery to reply, beside two bots
that only repeat what they are told.

    python benchmarks/telegram.py [--replies 2000] [--only lexical]

A server on this machine plays the Bot API for 200 chats, each of which asks its next question once
it is answered. Every bot runs in a process of its own, by polling and by webhook. Needs
requirements-comparisons.txt for the library's webhook.
"""

import argparse
import asyncio
import json
import os
import signal
import socket
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from functools import partial
from itertools import count, cycle
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientSession, TCPConnector, web

# in the place of this folder, where the name of this file would hide the library
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.echoes import TOKEN
from bot.receiving.inbox import Failure, Inbox
from bot.records.desk import Desk
from bot.records.pseudonyms import Key, Pseudonyms
from bot.records.records import Records
from bot.records.sqlite.store import SqliteStore
from bot.settings import Settings
from knowledge.loading import load
from knowledge.matching.encoding import Encoder
from knowledge.matching.models import find_model

ROOT = Path(__file__).resolve().parent.parent
CHATS = 200
CONNECTIONS = 40
"""Updates that Telegram delivers at a time to a webhook, if nothing else is asked for."""
TYPICAL = 50
"""Questions that are asked again and again in the part where they repeat."""
WARM_UP = 0.1
"""The share of the replies that comes before counting."""
SECRET = "0123456789abcdef"
ME = {"id": 100, "is_bot": True, "first_name": "Lessons", "username": "lessons_bot"}


@dataclass
class Flood:
    """A Bot API server with 200 impatient chats behind it."""

    questions: Iterator[str]
    replies: int
    waiting: deque[dict[str, Any]] = field(default_factory=deque)
    delivered: dict[int, float] = field(default_factory=dict)
    asked: dict[int, int] = field(default_factory=dict)
    """The message of each chat that waits for its answer."""
    took: list[float] = field(default_factory=list)
    came: list[float] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    news: asyncio.Event = field(default_factory=asyncio.Event)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def ask(self, chat: int) -> None:
        """A chat asks its next question."""
        person = {"id": chat, "is_bot": False, "first_name": "Sam"}
        message = {
            "message_id": next(self.numbers),
            "date": 0,
            "chat": {"id": chat, "type": "private"},
            "from": person,
            "text": next(self.questions),
        }
        self.waiting.append({"update_id": next(self.numbers), "message": message})
        self.news.set()

    async def call(self, request: web.Request) -> web.Response:
        """One call of the Bot API."""
        words = await request.post()
        method = request.path.rpartition("/")[2]
        result: Any = True
        if method == "getMe":
            result = ME
        elif method == "getUpdates":
            self.ready.set()
            result = await self.updates(float(str(words.get("timeout", 0))))
        elif method == "setWebhook":
            self.ready.set()
        elif method == "sendMessage":
            chat = int(str(words["chat_id"]))
            to = json.loads(str(words.get("reply_parameters", "{}"))).get("message_id")
            if to in (None, self.asked.get(chat)):  # of an answer in parts the first one counts
                self.answered(chat)
            result = {
                "message_id": next(self.numbers),
                "date": 0,
                "chat": {"id": chat, "type": "private"},
                "text": "",
            }
        return web.json_response({"ok": True, "result": result})

    async def updates(self, timeout: float) -> list[dict[str, Any]]:
        """What waits, a hundred at most, as Telegram gives it."""
        if not self.waiting and timeout:
            self.news.clear()
            try:
                await asyncio.wait_for(self.news.wait(), min(timeout, 1.0))
            except TimeoutError:
                return []
        return [self.deliver() for _ in range(min(100, len(self.waiting)))] if timeout else []

    def deliver(self) -> dict[str, Any]:
        """The next update, on its way from now on."""
        update = self.waiting.popleft()
        chat = update["message"]["chat"]["id"]
        self.delivered[chat] = perf_counter()
        self.asked[chat] = update["message"]["message_id"]
        return update

    def answered(self, chat: int) -> None:
        """A chat has its answer."""
        if chat not in self.delivered:
            return
        now = perf_counter()
        self.came.append(now)
        self.took.append(now - self.delivered.pop(chat))
        if len(self.came) >= self.replies:
            self.done.set()
        else:
            self.ask(chat)

    async def post(self, address: str) -> None:
        """Deliver to a webhook, as many at a time as Telegram does."""
        while not listens(address):  # the library says where it listens before it does
            await asyncio.sleep(0.05)
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with ClientSession(connector=TCPConnector(limit=CONNECTIONS)) as session:

            async def courier() -> None:
                while not self.done.is_set():
                    if not self.waiting:
                        self.news.clear()
                        await self.news.wait()
                        continue
                    async with session.post(address, json=self.deliver(), headers=headers) as got:
                        got.raise_for_status()

            async with asyncio.TaskGroup() as couriers:
                tasks = [couriers.create_task(courier()) for _ in range(CONNECTIONS)]
                await self.done.wait()
                for task in tasks:
                    task.cancel()


def listens(address: str) -> bool:
    """Whether somebody listens at an address of this machine."""
    with closing(socket.socket()) as tried:
        return tried.connect_ex(("127.0.0.1", urlsplit(address).port or 0)) == 0


@dataclass(frozen=True, slots=True)
class Speed:
    """Replies a second, and milliseconds from delivery to reply."""

    replies: float
    p50: float
    p95: float


@asynccontextmanager
async def serving(flood: Flood) -> Any:
    """The server's address while the block lasts."""
    app = web.Application()
    app.router.add_route("*", "/{call:.*}", flood.call)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def measure(kind: str, questions: Iterator[str], replies: int, webhook: bool) -> Speed:
    """The speed of one bot."""
    flood = Flood(questions, replies)
    port = free_port()
    with tempfile.TemporaryDirectory() as home:
        async with serving(flood) as server:
            command, environ = program(kind, server, port if webhook else None, Path(home))
            process = await asyncio.create_subprocess_exec(
                *command,
                cwd=ROOT,
                env={**os.environ, **environ},
                stderr=asyncio.subprocess.DEVNULL,
            )
            try:
                await asyncio.wait_for(flood.ready.wait(), 60)
                for chat in range(1, CHATS + 1):
                    flood.ask(chat)
                hook = f"http://127.0.0.1:{port}/hook"
                work = flood.post(hook) if webhook else flood.done.wait()
                await asyncio.wait_for(work, 600)
            finally:
                process.send_signal(signal.SIGTERM)
                await process.wait()
    cold = int(WARM_UP * replies)
    seconds = flood.came[-1] - flood.came[cold]
    cuts = quantiles(flood.took[cold:], n=20)
    return Speed((len(flood.came) - cold) / seconds, 1000 * cuts[9], 1000 * cuts[18])


def program(
    kind: str, server: str, port: int | None, home: Path
) -> tuple[list[str], dict[str, str]]:
    """The command of a bot and its environment."""
    if kind in ("library", "aiohttp"):
        more = [] if port is None else [str(port)]
        return [sys.executable, "-m", "benchmarks.echoes", kind, server, *more], {}
    environ = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": server,
        "ALLOWED_USER_IDS": "*",
        "RATE_LIMIT": "off",
        "DATABASE_URL": str(home / "records.sqlite"),
        "LOG_LEVEL": "ERROR",
        "OPENBLAS_NUM_THREADS": "1",
    }
    if kind.startswith("lexical"):
        environ["SEMANTIC_MODEL"] = "off"
    if port is not None:
        environ |= {
            "WEBHOOK_URL": "https://bench.invalid/hook",
            "WEBHOOK_SECRET": SECRET,
            "WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        }
    return [sys.executable, "bot.py", "run"], environ


def free_port() -> int:
    """A port on which nothing listens."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def inbox_cost(updates: int) -> float:
    """Microseconds in which an update is kept, handed out to nobody, and crossed off."""

    async def tell(text: str) -> None:
        """Nobody is told."""

    async def handle(raw: dict[str, Any], is_last_try: bool) -> Failure | None:
        return None

    with tempfile.TemporaryDirectory() as home:
        desk = Desk(SqliteStore(Path(home) / "records.sqlite"))
        records = Records(desk, Pseudonyms((Key.new(),)), tell)
        inbox = Inbox(records, handle, tell)
        flood = Flood(cycle(["do missed appointments matter"]), updates)
        for number in range(updates):
            flood.ask(number % CHATS + 1)
        before = perf_counter()
        while flood.waiting:
            await inbox.accept([flood.deliver() for _ in range(min(100, len(flood.waiting)))])
        while inbox.waiting:
            await asyncio.sleep(0)
        took = perf_counter() - before
        await inbox.close(1)
        await records.close()
    return 1e6 * took / updates


def encoder_alone(questions: list[str]) -> float | None:
    """Questions a second that the sentence encoder can read, one by one; None without one."""
    folder = find_model(Settings.from_env(os.environ).semantic_model)
    if folder is None:
        return None
    encoder = Encoder(folder)
    encoder.encode(questions[:1])
    before = perf_counter()
    for question in questions:
        encoder.encode([question])
    return len(questions) / (perf_counter() - before)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--replies", type=int, default=2000)
    parser.add_argument("--only", help="one of the bots")
    options = parser.parse_args()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    checks = [check for intent in load().intents for check in intent.checks]
    fresh = [f"{check} {turn}" for turn in "abcdefgh" for check in checks]
    bots = (
        ("library", "python-telegram-bot, echo", checks, 1.0),
        ("aiohttp", "aiohttp alone, echo", checks, 1.0),
        ("lexical", "lexical, questions that repeat", checks[:: len(checks) // TYPICAL], 1.0),
        ("lexical-fresh", "lexical, each question new", fresh, 0.5),
        ("semantic", "semantic, questions that repeat", checks[:: len(checks) // TYPICAL], 1.0),
        ("semantic-fresh", "semantic, each question new", fresh, 0.25),
    )
    print(f"{CHATS} chats; replies a second, ms from delivery to reply (p50, p95)\n")
    print(f"{'':<34}{'polling':>24}{'webhook':>24}")
    for kind, name, asked, share in bots:
        if options.only in (None, kind):
            replies = max(int(options.replies * share), 2 * CHATS)
            run = partial(measure, kind, replies=replies)
            found = [asyncio.run(run(questions=cycle(asked), webhook=w)) for w in (False, True)]
            cells = (f"{s.replies:>8.0f}{s.p50:>8.0f}{s.p95:>8.0f}" for s in found)
            print(f"{name:<34}{''.join(cells)}", flush=True)
    if options.only is None:
        print(f"\nthe inbox alone: {asyncio.run(inbox_cost(2000)):.0f} µs an update")
        if alone := encoder_alone(fresh[:100]):
            print(f"the encoder alone: {alone:.0f} questions a second")


if __name__ == "__main__":
    main()
