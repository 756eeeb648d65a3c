"""What a person can find by pressing buttons alone."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from bot import actions
from bot.actions import Action, Browse, SetRole, ShowIntent, ShowUnit, decode
from bot.rendering.browsing import (
    PAGE,
    page_of,
    roles,
    source_in_words,
    sources_in_words,
    topics,
    unit_in_words,
)
from bot.rendering.html import LIMIT, Reply
from bot.rendering.outline import ELSE
from handlers.browsing import NO_SOURCE, TOO_OLD
from knowledge.handbook import Handbook
from knowledge.noticing import NOT_KNOWN
from knowledge.standing import Standing, Withdrawal
from tests.bot.markup import shown
from tests.handlers.chatting import Chat

MOST_BUTTONS = 100
"""What Telegram takes under one message."""


def carried(reply: Reply) -> list[Action]:
    """What the buttons of a page do."""
    return [decode(button.action) for row in reply.buttons for button in row]


def reached(start: Iterable[Reply], handbook: Handbook) -> tuple[dict[Action, Reply], set[Action]]:
    """The pages that can be come to by pressing, by the button that leads there; and all that is
    done by buttons on them.
    """
    pages: dict[Action, Reply] = {}
    waiting = list(start)
    seen: set[Action] = set()
    while waiting:
        for action in carried(waiting.pop()):
            if action in seen:
                continue
            seen.add(action)
            match action:
                case Browse(by, key, page):
                    found = page_of(by, key, page, handbook)
                    assert found, action
                case ShowUnit(unit):
                    found = unit_in_words(unit, handbook)
                case _:
                    continue
            pages[action] = found
            waiting.append(found)
    return pages, seen


@pytest.fixture(scope="module")
def from_topics(handbook: Handbook) -> set[Action]:
    return reached([topics(handbook)], handbook)[1]


@pytest.fixture(scope="module")
def from_sources(handbook: Handbook) -> set[Action]:
    return reached([sources_in_words(handbook)], handbook)[1]


def test_every_question_can_be_reached_from_the_topics(
    handbook: Handbook, from_topics: set[Action]
) -> None:
    assert {ShowIntent(intent.id) for intent in handbook.intents} - from_topics == set()


def test_every_unit_can_be_reached_from_the_reports(
    handbook: Handbook, from_sources: set[Action]
) -> None:
    assert {ShowUnit(unit.id) for unit in handbook.units} - from_sources == set()


def test_every_unit_can_be_reached_from_the_topics_too(
    handbook: Handbook, from_topics: set[Action]
) -> None:
    assert {ShowUnit(unit.id) for unit in handbook.units} - from_topics == set()


async def test_from_the_questions_of_a_topic_it_is_a_press_to_its_units_and_back(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says("/topics")
    await chat.presses(0)
    (questions,) = chat.heard
    title = questions.partition(" (")[0]
    await chat.presses("Units of guidance")
    assert chat.heard[0].startswith(f"{title}: units of guidance (1 of ")
    await chat.presses("Their questions")
    assert chat.heard == (questions,)


def test_every_question_can_be_reached_by_its_age_group_or_agency_too(handbook: Handbook) -> None:
    ways = [page_of(by, "", 0, handbook) for by in ("ages", "agencies")]
    found = reached([way for way in ways if way], handbook)[1]
    assert {ShowIntent(intent.id) for intent in handbook.intents} - found == set()


def test_every_page_is_one_that_telegram_takes(handbook: Handbook) -> None:
    start = (topics(handbook), sources_in_words(handbook), roles())
    own = [source_in_words(source.slug, handbook) for source in handbook.sources]
    pages = (*start, *own, *reached((*start, *own), handbook)[0].values())
    assert len(pages) > len(handbook.units)
    for page in pages:
        assert 0 < len(shown(page.html).encode("utf-16-le")) // 2 <= LIMIT
        assert sum(map(len, page.buttons)) <= MOST_BUTTONS
        for row in page.buttons:
            assert 1 <= len(row) <= 3
            for button in row:
                assert button.label.strip()
                assert 1 <= len(button.action.encode()) <= 64


def test_a_list_has_no_more_on_a_page_than_a_phone_shows(handbook: Handbook) -> None:
    pages = reached([topics(handbook), sources_in_words(handbook)], handbook)[0]
    lists = [page for action, page in pages.items() if isinstance(action, Browse) and action.key]
    assert lists
    for page in lists:
        entries = [a for a in carried(page) if isinstance(a, ShowIntent | ShowUnit)]
        assert 0 < len(entries) <= PAGE


def test_no_list_is_empty_and_no_two_buttons_of_a_page_look_alike(handbook: Handbook) -> None:
    pages = reached([topics(handbook), sources_in_words(handbook)], handbook)[0]
    for action, page in pages.items():
        labels = [button.label for row in page.buttons for button in row]
        assert labels or isinstance(action, ShowUnit)
        assert len(set(labels)) == len(labels), action


async def test_topics_are_pressed_down_to_an_answer_in_one_message(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says("/topics")
    await chat.presses(handbook.themes[0].title)
    assert len(chat.heard) == 1
    assert chat.heard[0].startswith(handbook.themes[0].title)
    first = chat.heard[0]
    await chat.presses("Next")
    assert chat.heard[0] != first
    await chat.presses("Previous")
    assert chat.heard == (first,)
    await chat.presses(0)
    intents = [intent for intent in handbook.intents if intent.theme == handbook.themes[0].id]
    assert chat.heard[0] == first
    assert chat.heard[1].split("\n")[0] == intents[0].lead


async def test_by_age_group_and_by_agency_one_comes_back_to_all_topics(chat: Chat) -> None:
    await chat.says("/topics")
    before = chat.buttons
    for way in ("By age group", "By agency or role"):
        await chat.presses(way)
        await chat.presses(0)
        await chat.presses("All topics")
        assert chat.buttons == before
    assert len(chat.heard) == 1


async def test_a_report_is_pressed_down_to_a_unit_with_its_place_and_status(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says("/sources")
    source = handbook.sources[0]
    unit = next(unit for unit in handbook.units if unit.source == source.slug)
    await chat.presses(source.short)
    assert chat.heard[0].startswith(f"{source.short}: units of guidance (1 of ")
    await chat.presses(0)
    assert unit.text in chat.heard[1]
    assert f"{unit.id}. {source.short} ({source.known_as}, {source.year}), " in chat.heard[1]
    assert "Wording not yet checked by a safeguarding lead." in chat.heard[1]


async def test_the_reports_are_listed_with_their_status_and_how_to_see_more_of_each(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says("/sources")
    (listed,) = chat.heard
    assert [line.rpartition(" More: ")[2] for line in listed.split("\n\n")] == [
        f"/source {source.slug}" for source in handbook.sources
    ]
    assert listed.count(": historic, noted on ") == len(handbook.sources)
    for source in handbook.sources:
        await chat.says(f"/source {source.slug}")
        assert chat.heard[-1].startswith(f"{source.full_title}. {source.publisher}, ")


async def test_a_report_that_is_not_named_is_asked_for_and_one_that_is_not_there_said(
    chat: Chat,
) -> None:
    await chat.says("/sources")
    await chat.says("/source")
    await chat.says("/source the-bible")
    assert chat.heard[1:] == (chat.heard[0], NO_SOURCE)


def test_a_unit_that_misleads_alone_is_never_shown_alone(handbook: Handbook) -> None:
    for unit in handbook.units:
        told = unit_in_words(unit.id, handbook).plain
        assert [id for id in unit.shown_with if handbook.unit(id).text not in told] == []


def test_a_withdrawn_unit_is_not_shown_and_why_is_said(handbook: Handbook) -> None:
    gone = Withdrawal("aoc/81.4", "the figures are under review", "2026-11-01")
    told = unit_in_words(
        "aoc/81.4", replace(handbook, standing=Standing(withdrawals=(gone,)))
    ).plain
    assert told == ("aoc/81.4 was withdrawn on 1 November 2026: the figures are under review")


def test_a_unit_says_that_its_report_was_not_looked_at_again_in_time(handbook: Handbook) -> None:
    late = replace(handbook, standing=Standing(today="2999-01-01"))
    assert "This was due to be looked at again and has not been: Ages of concern, " in (
        unit_in_words("aoc/81.4", late).plain
    )
    unknown = replace(handbook, standing=Standing(is_known=False))
    assert NOT_KNOWN in unit_in_words("aoc/81.4", unknown).plain


def test_while_the_bot_rests_it_shows_no_unit_either(handbook: Handbook) -> None:
    resting = replace(handbook, standing=Standing(maintenance="Back at 5."))
    assert unit_in_words("aoc/81.4", resting).plain == f"This bot is resting: Back at 5.{ELSE}"


@pytest.mark.parametrize(
    "action",
    [
        Browse("theme", "no-such-theme", 0),
        Browse("theme", "", 0),
        Browse("source", "ages-of-concern", 99),
        Browse("elsewhere", "", 0),
        ShowUnit("aoc/999"),
        SetRole("astronaut"),
    ],
)
async def test_a_button_of_a_list_that_has_changed_says_so(chat: Chat, action: Action) -> None:
    await chat.presses_what_carries(actions.encode(action))
    assert chat.told_on_pressing == (TOO_OLD,)
    assert chat.heard == ()


async def test_turning_to_a_page_twice_is_no_error(chat: Chat) -> None:
    await chat.says("/topics")
    await chat.presses(0)
    before = chat.heard
    why = "Bad Request: message is not modified: specified new message content is the same"
    chat.telegram.refuse("editMessageText", 400, why)
    await chat.presses("Next")
    assert chat.heard == before
    assert chat.told_on_pressing == (None, None)
