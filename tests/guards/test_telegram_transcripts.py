"""The chats in the documents happen as they are shown."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.settings import Settings
from knowledge.opening import Knowledge
from tests.guards.transcripts import Step, chats
from tests.handlers.chatting import FRIEND, FRIENDS, TOKEN, Chat
from tests.handlers.pretending import Message

ROOT = Path(__file__).parents[2]
SETTINGS = Settings(token=TOKEN, allowed_users=FRIENDS, maintainers=frozenset({FRIEND}))
"""Sam is a maintainer."""
SHOWN = [
    pytest.param(chat, id=f"{path.name}-{number}")
    for path in sorted((ROOT / "docs").glob("*.md"))
    for number, chat in enumerate(chats(path.read_text(encoding="utf-8")), 1)
]


@pytest.mark.parametrize("steps", SHOWN)
async def test_a_chat_happens_as_it_is_shown(steps: Sequence[Step], knowledge: Knowledge) -> None:
    async with Chat(knowledge, settings=SETTINGS) as chat:
        for step in steps:
            before, notes = list(chat.telegram.messages), len(chat.told_on_pressing)
            await do(step, chat)
            seen = [*told(chat, notes), *messages(before, chat.telegram.messages)]
            assert fits(seen, step.shown), "\n".join((step.words, *seen))


async def do(step: Step, chat: Chat) -> None:
    if step.kind == "says":
        await chat.says(step.words)
    elif step.kind == "edits":
        await chat.changes_the_last_question_to(step.words)
    else:
        await chat.presses_the_button(step.words)


def told(chat: Chat, before: int) -> list[str]:
    """The notes that pressed buttons brought up."""
    return [f"({note})" for note in chat.told_on_pressing[before:] if note]


def messages(before: Sequence[Message], now: Sequence[Message]) -> list[str]:
    """What is new or changed, line by line."""
    lines: list[str] = []
    for number, message in enumerate(now):
        if number < len(before) and before[number] == message:
            continue
        first, *rest = [line for line in message.text.splitlines() if line]
        lines += [f"bot: {first}", *rest]
        if message.buttons:
            lines.append(" ".join(f"[{label}]" for label, _ in message.buttons))
    return lines


def fits(seen: Sequence[str], shown: Sequence[str]) -> bool:
    """Whether lines are those shown, which may have gaps."""
    pattern = "".join("(?:.*\n)*?" if line == "…" else f"{re.escape(line)}\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in seen)) is not None


def test_the_documents_show_chats() -> None:
    assert len(SHOWN) >= 5
