"""Nothing that people write, no name and no secret reaches the log or the database's files."""

import logging
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import pytest
from telegram.error import TelegramError
from telegram.ext import BaseHandler

from bot.environment import Allowed
from bot.logbook import Discreet
from bot.settings import Settings
from handlers import HANDLERS
from handlers.commands import COMMANDS
from knowledge.opening import Knowledge
from tests.bot.questions import CHALLENGE, unclear_question
from tests.handlers.chatting import Chat

CANARY = "Quaggaberry"
SECRET = "a-secret-that-nobody-may-see"
PERSON, STRANGER, TEAM = 7_001_234_567, 7_007_654_321, -1_007_001_234_567
LEADER = 7_002_345_678
"""Has every role."""
NEVER = (CANARY, SECRET, *(str(id).removeprefix("-") for id in (PERSON, STRANGER, TEAM, LEADER)))
NAMES = {"first_name": CANARY, "last_name": f"{CANARY}-Smith", "username": f"{CANARY}_99"}
UNCOVERED = f"how many ounces should a 6 week old {CANARY} take"


@pytest.fixture
async def watched(
    knowledge: Knowledge, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Chat]:
    caplog.set_level(logging.INFO)
    settings = Settings(
        token=f"4217:{SECRET}",
        allowed_users=Allowed(frozenset({PERSON})),
        supervisors=frozenset({LEADER}),
        maintainers=frozenset({LEADER}),
        operators=frozenset({LEADER}),
        database=tmp_path / "records.sqlite",
        rate_limit=None,
    )
    async with Chat(knowledge, PERSON, settings=settings) as chat:
        await chat.starts()
        yield chat


def user(id: int) -> dict[str, Any]:
    return {"id": id, "is_bot": False, "language_code": "en", **NAMES}


def private(id: int) -> dict[str, Any]:
    return {"id": id, "type": "private", **NAMES}


GROUP = {"id": TEAM, "type": "supergroup", "title": CANARY, "username": f"{CANARY}_team"}


def message(id: int, text: str | None, **more: Any) -> dict[str, Any]:
    command = {"type": "bot_command", "offset": 0, "length": len((text or "").partition(" ")[0])}
    words = {"text": text, "entities": [command] if text.startswith("/") else []} if text else {}
    about = {"message_id": 5, "date": 0, "chat": private(id), "from": user(id)}
    return {**about, **words, **more}


def pressed(id: int, carried: str | None, **more: Any) -> dict[str, Any]:
    return {
        "callback_query": {
            "id": "5",
            "from": user(id),
            "chat_instance": CANARY,
            **({"data": carried} if carried is not None else {}),
            **more,
        }
    }


PHOTO = {"file_id": CANARY, "file_unique_id": CANARY, "width": 1, "height": 1}


def updates(id: int) -> Iterable[dict[str, Any]]:
    """All that somebody may send, with the canary wherever Telegram lets them put it."""
    for text in (CANARY, UNCOVERED, f"{CHALLENGE} {CANARY}", "2", f"<b>{CANARY}", f"{CANARY}\0"):
        yield {"message": message(id, text)}
    for command in COMMANDS:
        if command.name != "forgetme":
            yield {"message": message(id, f"/{command.name}")}
        yield {"message": message(id, f"/{command.name} {CANARY}")}
        yield {"message": message(id, f"/{command.name}@{CANARY} {CANARY}")}
        yield {"message": message(id, f"/{command.name} {CANARY}", chat=GROUP)}
    yield {"message": message(id, f"/start j_{CANARY}")}
    yield {"message": message(id, f"/{CANARY.lower()}")}
    chosen = {"result_id": f"{CANARY}@1", "inline_message_id": CANARY, "query": CANARY}
    yield {"chosen_inline_result": {"from": user(id), **chosen}}
    yield {"message": message(id, None, photo=[PHOTO], caption=CANARY)}
    yield {"message": message(id, None, document={**PHOTO, "file_name": CANARY}, caption=CANARY)}
    yield {"message": message(id, None, contact={"phone_number": CANARY, "first_name": CANARY})}
    yield {"message": message(id, None)}
    yield {"message": message(id, CANARY, chat=GROUP)}
    yield {"message": message(id, f"/status {CANARY}", chat=GROUP)}
    yield {"edited_message": message(id, CANARY, edit_date=1)}
    yield {"edited_message": message(id, f"/mydata {CANARY}", edit_date=1)}
    yield {"channel_post": {"message_id": 5, "date": 0, "chat": {**GROUP, "type": "channel"}}}
    yield {"inline_query": {"id": "5", "from": user(id), "query": CANARY, "offset": CANARY}}
    under = message(id, f"an earlier {CANARY}")
    for carried in (CANARY, f"1:i:{CANARY}", f"1:d:{CANARY}", "1:d:5", "1:i:missed-appointments"):
        yield pressed(id, carried, message=under)
        yield pressed(id, carried, inline_message_id=CANARY)
    yield pressed(id, None, message=under)
    yield {"my_chat_member": _joined(id)}
    yield {}


def _joined(id: int) -> dict[str, Any]:
    status = {"user": user(id), "status": "member"}
    return {
        "chat": GROUP,
        "from": user(id),
        "date": 0,
        "old_chat_member": status,
        "new_chat_member": {**status, "status": "left"},
    }


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The log, in full and as the bot writes it."""
    full = logging.Formatter("%(name)s %(message)s %(told)s", defaults={"told": ""})
    return [format.format(record) for record in caplog.records for format in (full, Discreet())]


def leaks(found: Iterable[str | bytes]) -> list[str]:
    """What must never be anywhere, and is; in whatever case it is written."""
    folded = [(text.encode() if isinstance(text, str) else text).lower() for text in found]
    return [never for never in NEVER if any(never.lower().encode() in text for text in folded)]


async def test_whoever_writes_whatever_leaves_nothing_in_the_log_and_in_no_file(
    watched: Chat,
    knowledge: Knowledge,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for id in (PERSON, LEADER, STRANGER):
        for update in updates(id):
            if _is_announced(update):
                continue
            try:
                await watched.receives(**update)
            except TelegramError:
                continue  # it went to the error handler, which is looked at too
    text, _ = unclear_question(knowledge)
    await watched.says(text)
    await watched.presses(0)
    assert leaks(lines(caplog)) == []
    assert leaks(path.read_bytes() for path in tmp_path.iterdir()) == []
    # all came as far as it may: the person was answered, the stranger turned away
    assert len(watched.heard) > len(COMMANDS)


def _is_announced(update: dict[str, Any]) -> bool:
    """Whether it is what operators say to everybody: that is kept to be shown."""
    words = (update.get("message", {}).get("text") or "").split()
    return bool(words) and words[0] == "/maintenance" and len(words) > 1


async def test_what_fails_leaves_nothing_in_the_log_and_in_no_file(
    watched: Chat, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for description in (f"Bad Request: {CANARY}", f"Bad Request: can't parse entities: {CANARY}"):
        watched.telegram.refuse("sendMessage", 400, description)
        watched.telegram.refuse("sendMessage", 400, f"Bad Request: {CANARY}")
        with pytest.raises(TelegramError):
            await watched.receives(message=message(PERSON, f"{CHALLENGE} {CANARY}"))
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == [
        "a handler failed",
        "a handler failed",
    ]
    assert leaks(lines(caplog)) == []
    assert leaks(path.read_bytes() for path in tmp_path.iterdir()) == []


async def test_every_handler_is_reached_by_something_that_people_send(watched: Chat) -> None:
    reached: set[int] = set()
    known = [handler for group in HANDLERS for handler in group]
    for update in (*updates(PERSON), *updates(LEADER)):
        made = watched.made(**update)
        reached |= {at for at, handler in enumerate(known) if _fits(handler, made)}
    assert reached == set(range(len(known)))


def _fits(handler: BaseHandler[Any, Any, None], update: Any) -> bool:
    return handler.check_update(update) not in (None, False)
