"""A person on the list, and a stranger, each in a private chat with the bot."""

from collections.abc import AsyncIterator

import pytest

from knowledge.opening import Knowledge
from tests.handlers.chatting import FRIEND, Chat

STRANGER = FRIEND + 1


@pytest.fixture
async def chat(knowledge: Knowledge) -> AsyncIterator[Chat]:
    async with Chat(knowledge) as chat:
        yield chat


@pytest.fixture
async def stranger(knowledge: Knowledge) -> AsyncIterator[Chat]:
    async with Chat(knowledge, STRANGER) as chat:
        yield chat
