"""Listen for what Telegram sends, and for who asks whether the bot is well."""

import hmac
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web

from bot.receiving.inbox import Inbox

SECRET = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1_000_000
"""Bytes of an update at most: Telegram's are far smaller."""
LAST_WORDS = 5.0
"""Seconds in which a request under way may be finished once nobody listens any more."""


def make_app(inbox: Inbox, is_ready: Callable[[], bool]) -> web.Application:
    """`/healthz`: the program runs; `/readyz`: it can answer; `/metrics`: what it counted."""

    async def health(request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(request: web.Request) -> web.Response:
        return (
            web.Response(text="ready\n")
            if is_ready()
            else web.Response(text="not ready: see the log, and python bot.py doctor\n", status=503)
        )

    async def metrics(request: web.Request) -> web.Response:
        return web.Response(text=inbox.counts.as_metrics(inbox.waiting))

    app = web.Application(client_max_size=LARGEST)
    app.add_routes(
        [web.get("/healthz", health), web.get("/readyz", ready), web.get("/metrics", metrics)]
    )
    return app


def add_webhook(app: web.Application, inbox: Inbox, url: str, secret: str) -> None:
    """Take updates at the path of a URL, from who knows the secret. 200 only once one is kept."""

    async def take(request: web.Request) -> web.Response:
        told = request.headers.get(SECRET, "")
        if not hmac.compare_digest(told.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=403)
        try:
            raw = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if inbox.is_full:  # Telegram sends it again later
            return web.Response(status=503)
        await inbox.accept([raw])
        return web.Response()

    app.router.add_post(urlsplit(url).path or "/", take)


@asynccontextmanager
async def listening(app: web.Application, address: tuple[str, int]) -> AsyncIterator[int]:
    """Listen at an address while the block lasts: the port. Raises `OSError`."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_WORDS)
    await runner.setup()
    try:
        site = web.TCPSite(runner, *address)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
