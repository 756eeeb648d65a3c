"""Content that changes under a running bot: loaded anew when told, refused where it is unsound."""

import signal
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.live import STALE
from bot.records.entries import Act
from bot.settings import Settings
from handlers.privileged import LISTED
from knowledge.opening import open_knowledge
from tests.handlers.chatting import FRIEND, FRIENDS, TOKEN, Chat
from tests.handlers.loopback import bot_api
from tests.handlers.test_journey import PATIENCE, ask, running_bot
from tests.handlers.test_journey import TOKEN as REAL_TOKEN
from tests.knowledge.small import BRUISES, write

LOCAL = Path(__file__).parents[1] / "overlay" / "local.yaml"
ASKED = "who saw the bruises"
OLD, NEW = "The teachers had.", "The teachers, and the school nurse."
DANGER = "he is hitting the baby right now what do I do"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the index of the small content is kept: to build it takes seconds."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
async def maintainer(tmp_path: Path, cache: Path) -> AsyncIterator[Chat]:
    """A maintainer of a small content, in `content` within the test's folder."""
    folder = write(tmp_path / "content")
    load = partial(open_knowledge, (folder,), cache, None)
    settings = Settings(token=TOKEN, allowed_users=FRIENDS, maintainers=frozenset({FRIEND}))
    async with Chat(load(), settings=settings, load=load) as chat:
        yield chat


def edit(tmp_path: Path, text: str) -> None:
    (tmp_path / "content" / "intents" / "bruises.yaml").write_text(text, encoding="utf-8")


def version(chat: Chat) -> str:
    return chat.services.live.knowledge.version


async def acts(chat: Chat) -> list[tuple[str, str, str]]:
    found = await chat.records.do(lambda store: store.find(Act))
    return [(act.by, act.did, act.about) for act in found]


async def test_changed_content_is_live_once_it_is_loaded_anew_and_not_before(
    maintainer: Chat, tmp_path: Path
) -> None:
    before = version(maintainer)
    await maintainer.says(ASKED)
    edit(tmp_path, BRUISES.replace(OLD, NEW))
    await maintainer.says(ASKED)
    await maintainer.says("/reload")
    await maintainer.says(ASKED)
    old, still, told, new = maintainer.heard
    assert old == still
    assert (old.split("\n")[0], new.split("\n")[0]) == (OLD, NEW)
    live, stale = told.split("\n")
    assert live == f"Live is version {version(maintainer)}."
    assert stale == f"{STALE}, then /reload."
    assert version(maintainer) != before
    name = maintainer.records.pseudonyms.of(FRIEND)
    assert await acts(maintainer) == [(name, "reload", version(maintainer))]


async def test_a_new_intent_is_answered_once_the_content_is_loaded_anew(
    maintainer: Chat, tmp_path: Path
) -> None:
    added = BRUISES.replace("who saw the bruises", "where is the harbour").replace(
        "did any teacher notice marks", "harbour and boats"
    )
    lead = "By the sea."
    file = tmp_path / "content" / "intents" / "harbour.yaml"
    file.write_text(added.replace(OLD, lead), encoding="utf-8")
    await maintainer.says("/reload")
    await maintainer.says("where is the harbour")
    assert maintainer.heard[-1].split("\n")[0] == lead


async def test_unsound_content_is_refused_with_its_problems_and_the_old_stays(
    maintainer: Chat, tmp_path: Path
) -> None:
    before = version(maintainer)
    edit(tmp_path, BRUISES.replace("inv/1.1", "inv/9.9").replace("related", "relaxed"))
    await maintainer.says("/reload")
    await maintainer.says(ASKED)
    refused, answer = maintainer.heard
    heading, *problems = refused.split("\n")
    assert heading == "The content was refused and the old one stays:"
    assert problems
    assert [line for line in problems if "intents/bruises.yaml:" not in line] == []
    assert "inv/9.9" in refused
    assert answer.split("\n")[0] == OLD
    assert version(maintainer) == before
    assert await acts(maintainer) == []


async def test_of_many_problems_the_first_are_told_and_the_rest_counted(
    maintainer: Chat, tmp_path: Path
) -> None:
    edit(tmp_path, BRUISES + "".join(f"key{number}: x\n" for number in range(LISTED + 2)))
    await maintainer.says("/reload")
    _, *problems, more = maintainer.heard[0].split("\n")
    assert len(problems) == LISTED
    assert more == "and 2 more"


async def test_problems_too_long_for_one_message_are_told_in_several(
    maintainer: Chat, tmp_path: Path
) -> None:
    keys = [f"{'k' * 600}{number}" for number in range(LISTED)]
    edit(tmp_path, BRUISES + "".join(f"{key}: x\n" for key in keys))
    await maintainer.says("/reload")
    assert len(maintainer.heard) > 1
    assert [key for key in keys if key not in "".join(maintainer.heard)] == []


async def test_content_that_was_mended_after_it_was_refused_is_loaded(
    maintainer: Chat, tmp_path: Path
) -> None:
    edit(tmp_path, "title: what: now\n")
    await maintainer.says("/reload")
    edit(tmp_path, BRUISES.replace(OLD, NEW))
    await maintainer.says("/reload")
    await maintainer.says(ASKED)
    assert maintainer.heard[-1].split("\n")[0] == NEW


async def test_a_button_from_before_shows_what_is_live_now(
    maintainer: Chat, tmp_path: Path
) -> None:
    edit(tmp_path, BRUISES.replace(OLD, NEW))
    await maintainer.says("/reload")
    await maintainer.presses_what_carries("1:i:bruises")
    assert maintainer.heard[-1].split("\n")[0] == NEW


async def test_what_was_withdrawn_stays_withdrawn_when_content_is_loaded_anew(
    maintainer: Chat, tmp_path: Path
) -> None:
    await maintainer.says("/withdraw inv/1.1 figures under review")
    await maintainer.says(ASKED)
    edit(tmp_path, BRUISES.replace(OLD, NEW))
    await maintainer.says("/reload")
    await maintainer.says(ASKED)
    assert "was withdrawn on" in maintainer.heard[1]
    assert maintainer.heard[1] == maintainer.heard[-1]


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no such signal")
def test_a_running_bot_loads_content_anew_on_a_signal_and_refuses_what_is_unsound(
    tmp_path: Path,
) -> None:
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    with (
        bot_api(REAL_TOKEN) as server,
        running_bot(tmp_path, server.address, KNOWLEDGE_DIRS=str(overlay)) as bot,
    ):
        assert bot.stderr
        assert "01632 960002" not in ask(server, DANGER)
        (overlay / "local.yaml").write_bytes(LOCAL.read_bytes())
        bot.send_signal(signal.SIGHUP)
        while "content loaded" not in (line := bot.stderr.readline()):
            assert line, "the bot ended"
        assert "01632 960002" in ask(server, DANGER)
        (overlay / "local.yaml").write_text("partnership: [\n", encoding="utf-8")
        bot.send_signal(signal.SIGHUP)
        while "content refused" not in (line := bot.stderr.readline()):
            assert line, "the bot ended"
        assert "local.yaml:" in line
        assert "01632 960002" in ask(server, DANGER)
        bot.send_signal(signal.SIGTERM)
        bot.communicate(timeout=PATIENCE)
    assert bot.returncode == 0
