"""What was withdrawn is answered no more, at once and everywhere; and while the bot rests."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest
from click.testing import CliRunner

from bot.actions import ShowIntent, ShowUnit, encode
from bot.cli import Program, commands
from bot.live import LOOK_EVERY
from bot.records.records import now
from bot.records.sqlite.store import SqliteStore
from bot.records.suspensions import LONGEST, as_sentence, rest, restore, wake, withdraw
from bot.rendering.outline import ELSE, outline
from bot.settings import Settings
from handlers.buttons import TOO_OLD
from handlers.privileged import NEXT, TOO_LONG
from knowledge.conversing import reply
from knowledge.model import Guidance, Withdrawn
from knowledge.noticing import in_words
from knowledge.opening import Knowledge
from knowledge.standing import Standing, Withdrawal
from tests.bot.questions import CHALLENGE, MISSED, unclear_question
from tests.handlers.chatting import FRIENDS, TOKEN, Chat

MAIN, GAP, NEEDED = "aoc/81.4", "aoc/81.3", "ba07/p.0"
"""Of the answer to `CHALLENGE` the main point and another; what that to `MISSED` needs."""
DANGER = "he is hitting the baby right now what do I do"
TODAY = now().date().isoformat()


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What commands keep for the next one."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def settings(tmp_path: Path, cache: Path) -> Settings:
    file = tmp_path / "records.sqlite"
    return Settings(token=TOKEN, allowed_users=FRIENDS, cache_dir=cache, database=file)


@pytest.fixture
async def running(knowledge: Knowledge, settings: Settings) -> AsyncIterator[Chat]:
    """A bot that runs, and has answered before."""
    async with Chat(knowledge, settings=settings) as chat:
        await chat.says(CHALLENGE)
        yield chat


@pytest.fixture
def operator(settings: Settings, running: Chat) -> Iterator[SqliteStore]:
    """The same records, opened by another program."""
    with closing(SqliteStore(settings.database)) as store:
        yield store


def opening(said: str) -> str:
    return said.split("\n")[0]


def was_withdrawn(knowledge: Knowledge, intent: str, reason: str) -> str:
    title = knowledge.handbook.intent(intent).title
    return f"The answer to “{title}” was withdrawn on {in_words(TODAY)}: {reason}"


async def until(chat: Chat, text: str, holds: Callable[[str], bool]) -> None:
    """Ask until the answer is such; it must be within a few seconds."""
    deadline = monotonic() + LOOK_EVERY + 5
    while monotonic() < deadline:
        await chat.says(text)
        if holds(chat.heard[-1]):
            return
    raise AssertionError(chat.heard[-1])


async def test_what_another_program_withdraws_a_running_bot_answers_no_more_within_seconds(
    knowledge: Knowledge, settings: Settings
) -> None:
    unlimited = replace(settings, rate_limit=None)
    async with Chat(knowledge, settings=unlimited) as chat:
        await chat.says(CHALLENGE)
        with closing(SqliteStore(settings.database)) as store:
            withdraw(store, MAIN, "figures under review", "terminal", now())
        told = was_withdrawn(knowledge, "challenge-another-agency", "figures under review.")
        await until(chat, CHALLENGE, lambda said: opening(said) == told)


async def test_a_withdrawn_answer_says_why_on_what_it_rested_and_offers_others(
    running: Chat, operator: SqliteStore, knowledge: Knowledge
) -> None:
    withdraw(operator, MAIN, "figures under review", "terminal", now())
    running.services.live.look_again()
    await running.says(CHALLENGE)
    first, rested, see, *titles = filter(None, running.heard[-1].split("\n"))
    handbook = knowledge.handbook
    assert first == was_withdrawn(knowledge, "challenge-another-agency", "figures under review.")
    assert rested == (
        f"It rested on {MAIN} in Ages of concern (Ofsted, 2011), para 81; read in digest by the "
        "Reduced Policy Company. Until it is back, ask your safeguarding lead."
    )
    related = handbook.intent("challenge-another-agency").related
    assert see == "See instead:"
    assert titles == [f"{n}. {handbook.intent(id).title}" for n, id in enumerate(related, 1)]
    assert running.buttons == tuple(handbook.intent(id).title for id in related)
    assert handbook.unit(MAIN).text not in running.heard[-1]


async def test_a_number_picks_from_what_is_offered_instead(
    running: Chat, operator: SqliteStore, knowledge: Knowledge
) -> None:
    withdraw(operator, MAIN, "figures under review", "terminal", now())
    running.services.live.look_again()
    await running.says(CHALLENGE)
    await running.says("1")
    first, *_ = knowledge.handbook.intent("challenge-another-agency").related
    assert opening(running.heard[-1]) == knowledge.handbook.intent(first).lead


async def test_an_old_button_says_that_its_answer_was_withdrawn_and_offers_others(
    running: Chat, operator: SqliteStore, knowledge: Knowledge
) -> None:
    withdraw(operator, MAIN, "figures under review", "terminal", now())
    running.services.live.look_again()
    await running.presses_what_carries(encode(ShowIntent("challenge-another-agency")))
    told = was_withdrawn(knowledge, "challenge-another-agency", "figures under review.")
    assert opening(running.heard[-1]) == told
    assert len(running.buttons) == 3
    await running.presses(0)
    first, *_ = knowledge.handbook.intent("challenge-another-agency").related
    assert opening(running.heard[-1]) == knowledge.handbook.intent(first).lead
    assert TOO_OLD not in running.told_on_pressing


async def test_what_is_not_the_main_point_leaves_a_gap_that_is_told(
    running: Chat, operator: SqliteStore, knowledge: Knowledge
) -> None:
    withdraw(operator, GAP, "figures under review", "terminal", now())
    running.services.live.look_again()
    await running.says(CHALLENGE)
    handbook, said = knowledge.handbook, running.heard[-1]
    assert opening(said) == opening(running.heard[0])
    assert handbook.unit(GAP).text in running.heard[0]
    assert handbook.unit(GAP).text not in said
    told = f"{GAP} ({handbook.unit(GAP).locator}) was withdrawn on {in_words(TODAY)}: "
    assert f"{told}figures under review." in said


async def test_what_must_not_stand_without_it_goes_with_it(
    running: Chat, operator: SqliteStore, knowledge: Knowledge
) -> None:
    withdraw(operator, NEEDED, "figures under review", "terminal", now())
    running.services.live.look_again()
    await running.says(MISSED)
    told = was_withdrawn(knowledge, "missed-appointments", "figures under review.")
    assert opening(running.heard[-1]) == told
    assert knowledge.handbook.unit("ba07/p.7").text not in running.heard[-1]


async def test_what_is_restored_is_answered_as_before(running: Chat, operator: SqliteStore) -> None:
    withdraw(operator, MAIN, "figures under review", "terminal", now())
    running.services.live.look_again()
    await running.says(CHALLENGE)
    assert restore(operator, MAIN, "terminal", now())
    running.services.live.look_again()
    await running.says(CHALLENGE)
    before, withdrawn, after = running.heard
    assert before == after != withdrawn


@pytest.mark.parametrize("unit", [MAIN, GAP, NEEDED])
def test_no_question_brings_a_withdrawn_unit_back(knowledge: Knowledge, unit: str) -> None:
    stood = knowledge.stand(Standing((Withdrawal(unit, "wrong.", TODAY),)))
    gone = knowledge.handbook.unit(unit).text
    for intent in knowledge.handbook.showing(unit):
        answered = reply(intent.asked[0], stood)
        assert isinstance(answered.answer, Guidance | Withdrawn)
        assert gone not in outline(answered, stood.handbook).plain()


async def test_while_the_bot_rests_it_says_so_and_whom_to_ask(
    running: Chat, operator: SqliteStore
) -> None:
    rest(operator, "back at 5", "terminal", now())
    running.services.live.look_again()
    await running.says(CHALLENGE)
    await running.presses_what_carries(encode(ShowIntent("missed-appointments")))
    wake(operator, "terminal", now())
    running.services.live.look_again()
    await running.says(CHALLENGE)
    before, resting, pressed, after = running.heard
    assert resting == pressed == f"This bot is resting: back at 5.{ELSE}"
    assert before == after


async def test_while_the_bot_rests_a_number_picks_no_answer(
    running: Chat, operator: SqliteStore, knowledge: Knowledge
) -> None:
    text, _ = unclear_question(knowledge)
    await running.says(text)
    rest(operator, "back at 5", "terminal", now())
    running.services.live.look_again()
    await running.says("2")
    assert running.heard[-1] == f"This bot is resting: back at 5.{ELSE}"


async def test_while_the_bot_rests_danger_is_still_told_first(
    running: Chat, operator: SqliteStore
) -> None:
    await running.says(DANGER)
    rest(operator, "back at 5", "terminal", now())
    running.services.live.look_again()
    await running.says(DANGER)
    _, awake, resting = running.heard
    danger, says = filter(None, resting.split("\n"))
    assert danger == opening(awake)
    assert "999" in danger
    assert says == "This bot is resting: back at 5."


def asked_in_a_terminal(settings: Settings, *words: str, given: str | None = None) -> str:
    """What a command writes; it does not fail."""
    program = Program(replace(settings, semantic_model="off"), lambda settings: None)
    done = CliRunner().invoke(commands, words, input=given, obj=program, catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def test_the_terminal_answers_no_withdrawn_unit(knowledge: Knowledge, settings: Settings) -> None:
    with closing(SqliteStore(settings.database)) as store:
        withdraw(store, MAIN, "figures under review", "terminal", now())
    told = was_withdrawn(knowledge, "challenge-another-agency", "figures under review.")
    assert opening(asked_in_a_terminal(settings, "ask", CHALLENGE)) == told
    assert opening(asked_in_a_terminal(settings, "chat", given=f"{CHALLENGE}\n")) == told
    answer = json.loads(asked_in_a_terminal(settings, "ask", CHALLENGE, "--json"))
    assert [answer[key] for key in ("outcome", "answer", "intent", "citations")] == [
        "withdrawn",
        None,
        None,
        [],
    ]
    assert answer["text"].startswith(told)


def test_the_terminal_rests_too(settings: Settings) -> None:
    with closing(SqliteStore(settings.database)) as store:
        rest(store, "back at 5", "terminal", now())
    told = f"This bot is resting: back at 5.{ELSE}"
    answer = json.loads(asked_in_a_terminal(settings, "ask", CHALLENGE, "--json"))
    assert (answer["outcome"], answer["text"]) == ("maintenance", told)


def test_to_ask_in_a_terminal_makes_no_database(settings: Settings) -> None:
    asked_in_a_terminal(settings, "ask", "hello")
    assert list(settings.database.parent.iterdir()) == []


@pytest.mark.parametrize(("day", "past"), [("2027-11-22", False), ("2027-11-23", True)])
def test_an_answer_past_its_time_says_so(knowledge: Knowledge, day: str, past: bool) -> None:
    review_by = knowledge.handbook.source_of(knowledge.handbook.unit(MAIN)).review_by
    assert review_by == "2027-11-22"
    answered = reply(CHALLENGE, knowledge.stand(Standing(today=day)))
    notice = (
        "This was due to be looked at again and has not been: Ages of concern, 22 November 2027."
    )
    told = [notice.text for notice in answered.notices if notice.kind == "stale"]
    assert told == ([notice] if past else [])


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("wrong", "wrong."),
        ("wrong.", "wrong."),
        (" was\n it\t wrong? ", "was it wrong?"),
        ("Stop!", "Stop!"),
    ],
)
def test_a_reason_is_shown_as_a_sentence(reason: str, told: str) -> None:
    assert as_sentence(reason) == told


@pytest.mark.parametrize(
    "text", ["/withdraw", f"/withdraw {MAIN}", "/withdraw no/such.unit why", "/withdraw  "]
)
async def test_to_withdraw_takes_a_unit_that_there_is_and_a_reason(
    knowledge: Knowledge, settings: Settings, text: str
) -> None:
    supervised = replace(settings, supervisors=FRIENDS.ids)
    async with Chat(knowledge, settings=supervised) as chat:
        await chat.says(text)
        assert chat.heard == (
            "Write /withdraw, the unit and the reason: /withdraw aoc/81.4 figures under review",
        )


@pytest.mark.parametrize("command", [f"/withdraw {MAIN}", "/maintenance on"])
async def test_no_message_is_too_short_for_what_an_operator_says(
    knowledge: Knowledge, settings: Settings, command: str
) -> None:
    operated = replace(settings, operators=FRIENDS.ids)
    longest = "w" * LONGEST
    async with Chat(knowledge, settings=operated) as chat:
        await chat.says(f"{command} {longest}w")
        assert chat.heard == (TOO_LONG,)
        await chat.says(f"{command} {longest}")
        await chat.says("/status")
        await chat.presses_what_telegram_no_longer_shows(encode(ShowUnit(MAIN)))
    assert [longest in said for said in chat.heard[2:]] == ["/maintenance" in command, True]


async def test_who_withdraws_is_told_which_answers_change_and_status_says_it(
    knowledge: Knowledge, settings: Settings
) -> None:
    supervised = replace(settings, supervisors=FRIENDS.ids)
    async with Chat(knowledge, settings=supervised) as chat:
        await chat.says(f"/withdraw {NEEDED} figures under <review> & more")
        await chat.says(MISSED)
        await chat.says("/status")
        await chat.says(f"/restore {NEEDED}")
        await chat.says("/restore no/such.unit")
        withdrawn, answer, status, restored, nothing = chat.heard
    titles = [intent.title for intent in knowledge.handbook.showing(NEEDED)]
    assert withdrawn.split("\n") == [
        f"{NEEDED} is withdrawn. Answers that change: {len(titles)}",
        *titles,
        NEXT,
    ]
    assert opening(answer).endswith("figures under <review> & more.")
    assert status.split("\n")[1:] == [
        f"Withdrawn: {NEEDED}.",
        "Maintenance: off",
        "Records: ok",
    ]
    assert restored == f"{NEEDED} is back."
    assert nothing.startswith("That is not withdrawn. Withdrawn: ")
