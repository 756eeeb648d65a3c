"""What is kept of a question, what goes on from it after a restart, and how it is deleted."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.records.entries import ENTRIES, Act, Asked, Entry, Last, Person, Unanswered
from bot.records.records import now, today
from bot.records.sqlite.store import SqliteStore
from bot.records.store import Store
from bot.records.suspensions import rest, withdraw
from bot.settings import Settings
from knowledge.opening import Knowledge
from tests.bot.questions import CHALLENGE, MISSED, unclear_question
from tests.handlers.chatting import FRIEND, FRIENDS, TOKEN, Chat

NOT_COVERED = "how many ounces should a 6 week old take"
NAMED = f"Wilhelmina Sandford, {NOT_COVERED}"
CANARY = "quagga"
UNCOVERED_CANARY = f"how many ounces should a six week old {CANARY} take"
BEFORE = "when should a pre-birth assessment be done"
FOLLOW_UP = "and for boards?"
KEEPING = Settings(token=TOKEN, allowed_users=FRIENDS, keep_question_text=True)


@pytest.fixture
def on_file(tmp_path: Path) -> Settings:
    return replace(KEEPING, database=tmp_path / "records.sqlite")


@asynccontextmanager
async def keeping_text(knowledge: Knowledge) -> AsyncIterator[Chat]:
    async with Chat(knowledge, settings=KEEPING) as chat:
        yield chat


async def asked(chat: Chat) -> list[Asked]:
    """What is kept of the questions, ids aside; the main one first."""
    found = await chat.records.do(lambda store: store.find(Asked))
    return sorted((replace(entry, id="") for entry in found), key=lambda entry: entry.intent)


async def unanswered(chat: Chat) -> tuple[Unanswered, ...]:
    found = await chat.records.do(lambda store: store.find(Unanswered))
    return tuple(replace(entry, id="") for entry in found)


def entry(chat: Chat, outcome: str, intent: str, band: str) -> Asked:
    content = chat.services.live.knowledge.version
    name = chat.records.pseudonyms.of(FRIEND)
    return Asked("", today(), name, "private", outcome, intent, band, content)


@pytest.mark.parametrize(
    ("text", "outcome", "intent", "band"),
    [
        (CHALLENGE, "guidance", "challenge-another-agency", "high"),
        (NOT_COVERED, "not_covered", "baby-fragility-underestimated", "low"),
        ("hello", "small_talk", "", "high"),
    ],
)
async def test_of_a_question_its_outcome_is_kept_and_not_its_words(
    chat: Chat, text: str, outcome: str, intent: str, band: str
) -> None:
    await chat.says(text)
    assert await asked(chat) == [entry(chat, outcome, intent, band)]


async def test_of_a_choice_no_intent_is_kept_and_of_what_was_picked_its_own(
    chat: Chat, knowledge: Knowledge
) -> None:
    text, choice = unclear_question(knowledge)
    await chat.says(text)
    assert await asked(chat) == [entry(chat, "choice", "", "low")]
    await chat.presses(1)
    picked = choice.offered[1].intent.id
    assert await asked(chat) == [
        entry(chat, "choice", "", "low"),
        entry(chat, "guidance", picked, "high"),
    ]


async def test_each_question_of_a_message_is_kept(chat: Chat) -> None:
    await chat.says(f"{CHALLENGE} {MISSED}")
    assert await asked(chat) == [
        entry(chat, "guidance", "challenge-another-agency", "high"),
        entry(chat, "guidance", "missed-appointments", "high"),
    ]


async def test_of_what_was_withdrawn_it_is_kept_that_it_was_asked_for(chat: Chat) -> None:
    await chat.records.do(lambda store: withdraw(store, "aoc/81.4", "wrong", "x", now()))
    await chat.says(CHALLENGE)
    (kept,) = await asked(chat)
    assert (kept.outcome, kept.intent) == ("withdrawn", "challenge-another-agency")


async def test_while_the_bot_rests_that_is_what_is_kept(chat: Chat) -> None:
    await chat.records.do(lambda store: rest(store, "back at 5", "x", now()))
    await chat.says(CHALLENGE)
    assert await asked(chat) == [entry(chat, "maintenance", "", "low")]


def every(kind: type[Entry], store: Store) -> tuple[Entry, ...]:
    return store.find(kind)


async def test_of_a_command_nothing_is_kept_but_the_day_of_the_visit(chat: Chat) -> None:
    await chat.says("/start")
    await chat.says("/help")
    kept = {
        kind: found for kind in ENTRIES if (found := await chat.records.do(partial(every, kind)))
    }
    assert kept == {Person: (Person(FRIEND, "", "", today(), today()),)}


@pytest.mark.parametrize(
    ("settings", "text", "kept"),
    [
        (KEEPING, NOT_COVERED, NOT_COVERED),
        (KEEPING, NAMED, ""),
        (replace(KEEPING, keep_question_text=False), NOT_COVERED, ""),
    ],
    ids=["may be kept", "names somebody", "may not be kept"],
)
async def test_words_are_kept_only_where_they_may_be_and_name_nobody(
    knowledge: Knowledge, settings: Settings, text: str, kept: str
) -> None:
    async with Chat(knowledge, settings=settings) as chat:
        await chat.says(text)
        (found,) = await unanswered(chat)
        assert found == Unanswered(
            "",
            today(),
            chat.records.pseudonyms.of(FRIEND),
            "not_covered",
            "baby-fragility-underestimated",
            kept,
            knowledge.version,
        )


@pytest.mark.parametrize("text", [CHALLENGE, "hello", f"{CHALLENGE} {MISSED}"])
async def test_the_words_of_a_question_that_was_answered_are_never_kept(
    knowledge: Knowledge, text: str
) -> None:
    async with keeping_text(knowledge) as chat:
        await chat.says(text)
        assert await unanswered(chat) == ()


async def test_a_follow_up_goes_on_from_the_answer_after_a_restart(
    knowledge: Knowledge, on_file: Settings
) -> None:
    async with Chat(knowledge, settings=on_file) as chat:
        await chat.says(BEFORE)
    async with Chat(knowledge, settings=on_file) as again:
        await again.says(FOLLOW_UP)
    opening, lead, *_ = filter(None, again.heard[0].split("\n"))
    title = knowledge.handbook.intent("prebirth-assessment-when").title
    assert opening == f"Taken as a follow-up to: {title}"
    assert lead == knowledge.handbook.intent("board-audit-prebirth").lead


async def test_a_number_picks_what_was_offered_before_a_restart(
    knowledge: Knowledge, on_file: Settings
) -> None:
    text, choice = unclear_question(knowledge)
    async with Chat(knowledge, settings=on_file) as chat:
        await chat.says(text)
    async with Chat(knowledge, settings=on_file) as again:
        await again.says("2")
    assert again.heard[0].split("\n")[0] == choice.offered[1].intent.lead


async def test_after_small_talk_there_is_nothing_to_go_on_from(
    knowledge: Knowledge, on_file: Settings
) -> None:
    async with Chat(knowledge, settings=on_file) as chat:
        await chat.says(BEFORE)
        await chat.says("hello")
        _, last = await chat.records.do(lambda store: store.find(Last))
        assert (last.intent, last.offered) == ("", "")


async def test_another_chat_has_nothing_to_go_on_from(
    knowledge: Knowledge, on_file: Settings
) -> None:
    everyone = replace(on_file, allowed_users=replace(FRIENDS, everyone=True))
    async with Chat(knowledge, settings=everyone) as chat:
        await chat.says(BEFORE)
    async with Chat(knowledge, FRIEND + 1, settings=everyone) as other:
        await other.says(FOLLOW_UP)
    assert not other.heard[0].startswith("Taken as a follow-up")


async def test_my_data_shows_what_is_held_and_nothing_of_anybody_else(
    knowledge: Knowledge,
) -> None:
    everyone = replace(KEEPING, allowed_users=replace(FRIENDS, everyone=True))
    async with Chat(knowledge, settings=everyone) as chat:
        other = chat.beside(FRIEND + 1)
        await chat.says(UNCOVERED_CANARY)
        await chat.says(MISSED)
        await chat.says("/mydata")
        await other.says("/mydata")
        parts = chat.heard[-1].split("\n\n")
        assert [part.split("\n")[0] for part in parts] == [
            "Held about you:",
            "Questions, without their words: 2",
            "Questions not answered or sent in: 1",
            "Answers of the last day: 2",
            "How you came in, and when you were last here: 1",
            "/forgetme deletes it.",
        ]
        assert CANARY in parts[2]
        assert [part.split("\n")[0] for part in other.heard[0].split("\n\n")] == [
            "Held about you:",
            "How you came in, and when you were last here: 1",
            "/forgetme deletes it.",
        ]


async def test_forget_me_says_what_was_deleted_and_leaves_nothing(
    knowledge: Knowledge, on_file: Settings
) -> None:
    async with Chat(knowledge, settings=on_file) as chat:
        await chat.says(UNCOVERED_CANARY)
        await chat.says(MISSED)
        await chat.says("/forgetme")
        assert chat.heard[-1].split("\n") == [
            "Deleted:",
            "questions, without their words: 2",
            "questions not answered or sent in: 1",
            "answers of the last day: 2",
            "how you came in, and when you were last here: 1",
            "Looked again: nothing is left.",
            "If you came in by an invitation link, you need a new one.",
        ]
    with closing(SqliteStore(on_file.database)) as store:
        assert {kind.TABLE: store.count(kind) for kind in ENTRIES if store.count(kind)} == {}


async def test_what_was_forgotten_is_in_no_file_any_more(
    knowledge: Knowledge, on_file: Settings
) -> None:
    async with Chat(knowledge, settings=on_file) as chat:
        await chat.says(UNCOVERED_CANARY)
        name = chat.records.pseudonyms.of(FRIEND)
    assert found_in_files(on_file, CANARY, name) == {CANARY, name}
    async with Chat(knowledge, settings=on_file) as chat:
        await chat.says("/forgetme")
    assert found_in_files(on_file, CANARY, name) == set()


def found_in_files(settings: Settings, *words: str) -> set[str]:
    """Which of the words are in the bytes of the database's files."""
    files = [path.read_bytes() for path in settings.database.parent.iterdir()]
    return {word for word in words for file in files if word.encode() in file}


async def test_forget_me_forgets_what_a_follow_up_would_go_on_from(chat: Chat) -> None:
    await chat.says(BEFORE)
    await chat.says("/forgetme")
    await chat.says(FOLLOW_UP)
    assert not chat.heard[-1].startswith("Taken as a follow-up")


async def test_to_be_forgotten_deletes_nothing_of_anybody_else(knowledge: Knowledge) -> None:
    everyone = replace(KEEPING, allowed_users=replace(FRIENDS, everyone=True))
    async with Chat(knowledge, settings=everyone) as chat:
        other = chat.beside(FRIEND + 1)
        for somebody in (chat, other):
            await somebody.says(NOT_COVERED)
        await chat.says("/forgetme")
        name = chat.records.pseudonyms.of(FRIEND + 1)
        assert [found.person for found in await asked(chat)] == [name]
        assert [found.person for found in await unanswered(chat)] == [name]


async def test_privileged_acts_stay_and_who_asks_to_be_forgotten_is_told(
    knowledge: Knowledge,
) -> None:
    async with Chat(knowledge, settings=replace(KEEPING, operators=frozenset({FRIEND}))) as chat:
        await chat.says("/maintenance on back at 5")
        await chat.says("/forgetme")
        assert "Kept for a year, as they are audited: privileged acts (1)." in chat.heard[-1]
        assert len(await chat.records.do(lambda store: store.find(Act))) == 1
