"""Two bots that only repeat what they are told: what the libraries under the bot can do.

    python -m benchmarks.echoes library|aiohttp SERVER [PORT]

`library` is python-telegram-bot as it comes; `aiohttp` is no more than HTTP. With a port they
listen there for updates, else they ask the server for them.
"""

import asyncio
import sys
from typing import Any

from aiohttp import ClientSession, web

TOKEN = "100:not-a-token"


def library(server: str, port: int | None) -> None:
    """Echo by python-telegram-bot, one of its simplest programs."""
    from telegram import Update
    from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.text:
            await update.message.reply_text(update.message.text)

    made = ApplicationBuilder().token(TOKEN).base_url(f"{server}/bot").concurrent_updates(True)
    application = made.connection_pool_size(256).pool_timeout(30).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    if port is None:
        application.run_polling()
    else:
        application.run_webhook(
            "127.0.0.1", port, url_path="hook", webhook_url="https://bench.invalid/hook"
        )


async def bare(server: str, port: int | None) -> None:
    """Echo by aiohttp alone."""
    address = f"{server}/bot{TOKEN}"
    tasks: set[asyncio.Task[None]] = set()
    async with ClientSession() as session:

        async def call(method: str, words: dict[str, Any]) -> Any:
            async with session.post(f"{address}/{method}", data=words) as response:
                return (await response.json())["result"]

        async def echo(update: dict[str, Any]) -> None:
            message = update["message"]
            chat = message["chat"]["id"]
            await call("sendMessage", {"chat_id": chat, "text": message["text"]})

        def begin(update: dict[str, Any]) -> None:
            task = asyncio.create_task(echo(update))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        async def hook(request: web.Request) -> web.Response:
            begin(await request.json())
            return web.Response()

        if port is None:
            offset = 0
            while True:
                for update in await call("getUpdates", {"offset": offset, "timeout": 30}):
                    offset = update["update_id"] + 1
                    begin(update)
        app = web.Application()
        app.router.add_post("/hook", hook)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await call("setWebhook", {"url": "https://bench.invalid/hook"})
        await asyncio.Event().wait()


if __name__ == "__main__":
    kind, server, *more = sys.argv[1:]
    port = int(more[0]) if more else None
    if kind == "library":
        library(server, port)
    else:
        asyncio.run(bare(server, port))
