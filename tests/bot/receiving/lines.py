"""A Telegram on this machine that answers each call as it was told to, over real HTTP."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from telegram import Bot

from bot.receiving.wire import Wire

PAUSES = (0.01, 0.02, 0.04)
"""Seconds before a call is tried again."""
TOKEN = "4217:a-secret-that-nobody-may-see"


@dataclass(frozen=True, slots=True)
class Says:
    """An answer."""

    body: str | bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class HangsUp:
    """No answer: the connection is dropped."""


class IsSilent:
    """No answer, and the connection stays."""


Answer = Says | HangsUp | IsSilent


def well(result: object) -> Says:
    """The answer to a call that was done."""
    return Says(json.dumps({"ok": True, "result": result}))


def refused(code: int, description: str, **parameters: object) -> Says:
    """The answer to a call that was not."""
    told: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    return Says(json.dumps(told | ({"parameters": parameters} if parameters else {})), code)


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its method, its words, and when it came."""

    method: str
    words: dict[str, str]
    at: float


class Telegram:
    """Answers each call with the next of `answers`, and with the last one from then on."""

    def __init__(self, *answers: Answer) -> None:
        self.calls: list[Call] = []
        self.at_each_call: Callable[[dict[str, str]], None] = lambda words: None
        """What somebody looks at when a call comes."""
        self.address = ""
        self._answers = deque(answers)
        self._over = asyncio.Event()

    def close(self) -> None:
        """Be silent to nobody any longer."""
        self._over.set()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Play the next answer."""
        words = dict(parse(await request.read()))
        self.calls.append(Call(request.path.rpartition("/")[2], words, monotonic()))
        self.at_each_call(words)
        answer = self._answers.popleft() if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Says):
            body = answer.body if isinstance(answer.body, bytes) else answer.body.encode()
            return web.Response(body=body, status=answer.status, headers=answer.headers)
        if isinstance(answer, IsSilent):
            await self._over.wait()
        elif request.transport:
            request.transport.abort()
        return web.Response()


def parse(form: bytes) -> list[tuple[str, str]]:
    """The words of a form."""
    return parse_qsl(form.decode(), keep_blank_values=True, strict_parsing=bool(form))


@asynccontextmanager
async def telegram(*answers: Answer) -> AsyncIterator[Telegram]:
    """A Telegram that listens while the block lasts."""
    line = Telegram(*answers)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", line.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        line.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield line
    finally:
        line.close()
        await runner.cleanup()


@asynccontextmanager
async def bot_at(address: str, pauses: tuple[float, ...] = PAUSES) -> AsyncIterator[Bot]:
    """A bot that calls Telegram at an address, with such pauses before it tries again."""
    wire = Wire(pauses)
    await wire.initialize()
    try:
        yield Bot(TOKEN, base_url=f"{address}/bot", request=wire, get_updates_request=wire)
    finally:
        await wire.shutdown()


def sent(text: str = "hello") -> Any:
    """What Telegram tells of a message that was sent."""
    return {"message_id": 2, "date": 0, "chat": {"id": 7, "type": "private"}, "text": text}
