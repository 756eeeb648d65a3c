"""Ask Telegram how the bot is set up there. Changes nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.operation.finding import Finding
from bot.settings import Settings

PATIENCE = 10.0
"""Seconds for one call."""
SKEW = 60.0
"""Seconds by which the clock may be off: what is kept for a day is measured by it."""


class _Refused(Exception):
    """Telegram answered, and not with what was asked for."""


def telegram_findings(settings: Settings) -> Iterator[Finding]:
    """What Telegram says of the bot of the token."""
    if not settings.token:
        mend = "set TELEGRAM_BOT_TOKEN to the token that @BotFather gave you"
        yield Finding("token", False, "not set", mend)
        return
    try:
        with _client(settings) as client:
            me, told_at = _call(client, "getMe")
            webhook, _ = _call(client, "getWebhookInfo")
    except _Refused as refused:
        yield Finding("token", False, str(refused), "copy it again from @BotFather")
        return
    except httpx.HTTPError as error:
        found = f"Telegram cannot be reached ({type(error).__name__})"
        yield Finding("token", False, found, "check the network and TELEGRAM_API_BASE_URL")
        return
    yield Finding("token", True, f"@{me.get('username')}")
    yield _privacy_mode(me)
    yield _inline_mode(me)
    yield _webhook(webhook)
    if told_at:
        yield _clock(told_at)


def bot_name(settings: Settings) -> str:
    """The bot's name at Telegram; empty where that cannot be asked."""
    if not settings.token:
        return ""
    try:
        with _client(settings) as client:
            me, _ = _call(client, "getMe")
    except (_Refused, httpx.HTTPError):
        return ""
    return str(me.get("username", ""))


def _client(settings: Settings) -> httpx.Client:
    server = settings.api_base_url.rstrip("/").removesuffix("/bot") or "https://api.telegram.org"
    return httpx.Client(base_url=f"{server}/bot{settings.token}/", timeout=PATIENCE)


def _call(client: httpx.Client, method: str) -> tuple[dict[str, Any], str]:
    """What a method returns, and Telegram's time."""
    response = client.get(method)
    try:
        told = response.json()
    except ValueError:
        told = {}
    if not isinstance(told, dict) or not isinstance(told.get("result"), dict):
        raise _Refused(f"Telegram refuses it ({response.status_code})")
    return told["result"], response.headers.get("Date", "")


def _privacy_mode(me: dict[str, Any]) -> Finding:
    if me.get("can_read_all_group_messages"):
        mend = "turn it on: @BotFather, /setprivacy, Enable; then remove and add the bot in groups"
        return Finding("privacy mode", False, "off: the bot is sent all that groups write", mend)
    return Finding("privacy mode", True, "on")


def _inline_mode(me: dict[str, Any]) -> Finding:
    if not me.get("supports_inline_queries"):
        mend = "to share answers in any chat: @BotFather, /setinline"
        return Finding("inline mode", True, "off", mend)
    # Telegram does not tell a bot whether feedback is on
    mend = "for corrections: @BotFather, /setinlinefeedback, Enabled (100 %)"
    return Finding("inline mode", True, "on; whether its feedback is on is not told", mend)


def _webhook(webhook: dict[str, Any]) -> Finding:
    url, waiting = webhook.get("url", ""), webhook.get("pending_update_count", 0)
    found = f"{'set' if url else 'none'}, {waiting} updates wait"
    if error := webhook.get("last_error_message"):
        return Finding("webhook", False, f"{found}; Telegram cannot deliver: {error}", "see there")
    return Finding("webhook", True, found)


def _clock(told_at: str) -> Finding:
    try:
        off = (datetime.now(UTC) - parsedate_to_datetime(told_at)).total_seconds()
    except (ValueError, TypeError):  # no date, or one without its zone
        return Finding("clock", True, "Telegram's time is not told")
    found = f"{abs(off):.0f} seconds {'ahead of' if off > 0 else 'behind'} Telegram's"
    mend = "" if abs(off) <= SKEW else "set the clock: let NTP keep it"
    return Finding("clock", not mend, found, mend)
