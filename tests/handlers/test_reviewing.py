"""Maintainers look through what people asked, and put it where it belongs."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.actions import Consider, Decide, PassOver, encode
from bot.records.deciding import What
from bot.records.entries import Act, Decided, Unanswered
from bot.records.records import today
from bot.rendering.suggesting import CONFIDENTIAL, NOTHING
from bot.settings import Allowed, Settings
from handlers.reviewing import ALREADY, CHANGED, NO_MORE, NOT_YOURS, TYPE_IT
from knowledge.opening import Knowledge
from tests.handlers.chatting import FRIEND, TOKEN
from tests.handlers.gathering import Meeting

ANNA, BERT = 21, 22
SETTINGS = Settings(
    token=TOKEN,
    allowed_users=Allowed(frozenset({FRIEND})),
    maintainers=frozenset({ANNA, BERT}),
)
PLACE, PASSES = "how do i apply for a school place", "do you have bus passes"


@pytest.fixture
async def sam(knowledge: Knowledge) -> AsyncIterator[Meeting]:
    async with Meeting(knowledge, settings=SETTINGS) as chat:
        yield chat


async def sent_in(chat: Meeting, *texts: str) -> None:
    """People sent wordings in, the first of them oftenest."""
    await chat.keep(
        *(
            Unanswered(f"{number}-{who}", today(), f"p{who}", "sent_in", "", text, "c")
            for number, text in enumerate(texts)
            for who in range(len(texts) - number)
        )
    )


def carried(chat: Meeting, message: int, label: str) -> str:
    return dict(chat.telegram.messages[message].buttons)[label]


async def test_a_maintainer_puts_a_question_to_the_closest_intent_and_sees_the_next(
    sam: Meeting,
) -> None:
    await sent_in(sam, PLACE, PASSES)
    anna = sam.beside(ANNA)
    await anna.says("/review")
    confidential, first = anna.heard
    assert confidential == CONFIDENTIAL
    assert first.splitlines()[:3] == ["1 of 2, asked 2 times", f"“{PLACE}”", "Closest:"]
    title = first.splitlines()[3].removeprefix("1. ").rpartition(" (")[0]
    assert anna.rows[3] == ("Not covered", "Leave out", "Next")
    await anna.presses(0)
    _, decided, second = anna.heard
    assert decided == f"“{PLACE}” is put to “{title}”."
    assert second.splitlines()[:2] == ["1 of 1, asked once", f"“{PASSES}”"]
    (kept,) = await sam.kept(Decided)
    name = sam.records.pseudonyms.of(ANNA)
    assert (kept.text, kept.what, kept.by, kept.written) == (PLACE, "intent", name, "")
    assert [(act.by, act.did) for act in await sam.kept(Act)].count((name, "accept a wording")) == 1


async def test_what_is_not_covered_goes_to_a_route(sam: Meeting, knowledge: Knowledge) -> None:
    await sent_in(sam, PLACE)
    anna = sam.beside(ANNA)
    await anna.says("/review")
    before = anna.rows
    await anna.presses("Not covered")
    assert [label for row in anna.rows for label in row][:-1] == [
        route.id.replace("_", " ").capitalize() for route in knowledge.handbook.routes
    ]
    await anna.presses("Back")
    assert anna.rows == before
    await anna.presses("Not covered")
    await anna.presses("Law")
    assert anna.heard[-2:] == (f"“{PLACE}” is put to what is not covered (law).", NO_MORE)
    (kept,) = await sam.kept(Decided)
    assert (kept.what, kept.into, kept.text) == ("not_covered", "law", PLACE)


async def test_what_is_left_out_does_not_come_again_and_what_is_passed_over_does(
    sam: Meeting,
) -> None:
    await sent_in(sam, PLACE, PASSES)
    anna = sam.beside(ANNA)
    await anna.says("/review")
    await anna.presses("Next")
    await anna.presses("Leave out")
    assert anna.heard[-2:] == (f"“{PASSES}” is left out.", NO_MORE)
    await anna.says("/review")
    assert anna.heard[-1].splitlines()[:2] == ["1 of 1, asked 2 times", f"“{PLACE}”"]
    (kept,) = await sam.kept(Decided)
    assert (kept.what, kept.text) == ("skipped", "")


async def test_who_comes_second_is_told_what_was_decided(sam: Meeting) -> None:
    await sent_in(sam, PLACE)
    anna, bert = sam.beside(ANNA), sam.beside(BERT)
    await anna.says("/review")
    await bert.says("/review")
    await anna.presses("Leave out", 1)
    await bert.presses(0, 3)
    assert bert.told_on_pressing[-1] == ALREADY.format(what="left out")
    assert bert.rows_under(3) == ()
    assert [one.what for one in await sam.kept(Decided)] == ["skipped"]


async def test_a_group_that_grew_meanwhile_is_not_decided_unseen(sam: Meeting) -> None:
    await sent_in(sam, PLACE)
    anna = sam.beside(ANNA)
    await anna.says("/review")
    await sam.keep(Unanswered("x", today(), "p9", "sent_in", "", f"{PLACE} please", "c"))
    await anna.presses(0)
    assert anna.told_on_pressing[-1] == CHANGED
    assert await sam.kept(Decided) == ()


async def test_a_wording_with_personal_data_is_shown_masked_and_not_taken(sam: Meeting) -> None:
    await sent_in(sam, "may John Smith have a bus pass")
    anna = sam.beside(ANNA)
    await anna.says("/review")
    assert "“may [name] have a bus pass”" in anna.heard[-1]
    id = carried(anna, -1, "Next").rpartition(":")[2]
    await anna.presses(0)
    assert anna.told_on_pressing[-1] == TYPE_IT.format(id=id)
    assert len(TYPE_IT.format(id=id)) <= 200  # Telegram's limit
    assert await sam.kept(Decided) == ()
    await anna.presses("Leave out")
    assert [one.what for one in await sam.kept(Decided)] == ["skipped"]


async def test_where_nothing_waits_that_is_said(sam: Meeting) -> None:
    anna = sam.beside(ANNA)
    await anna.says("/review")
    assert anna.heard == (NOTHING,)


async def test_somebody_without_the_role_cannot_press_what_a_maintainer_may(sam: Meeting) -> None:
    await sent_in(sam, PLACE)
    anna = sam.beside(ANNA)
    await anna.says("/review")
    for label in anna.buttons:
        await sam.presses_what_carries(carried(anna, -1, label))
    assert set(sam.told_on_pressing) == {NOT_YOURS}
    assert len(sam.told_on_pressing) == len(anna.buttons)
    assert await sam.kept(Decided) == ()


async def test_in_a_group_nobody_decides(knowledge: Knowledge) -> None:
    settings = replace(SETTINGS, allowed_chats=Allowed(frozenset({-500})))
    async with Meeting(knowledge, ANNA, chat=-500, settings=settings) as group:
        await group.says("/review")
        assert group.heard == ()
        await sent_in(group, PLACE)
        await group.presses_what_carries(encode(Decide("0" * 8, What.SKIPPED)))
        assert group.told_on_pressing == (NOT_YOURS,)


@pytest.mark.parametrize(
    "action",
    [Consider("0" * 8, True), PassOver("0" * 8), Decide("0" * 8, What.INTENT, "a" * 40)],
    ids=lambda action: type(action).__name__,
)
async def test_a_button_of_what_is_gone_says_so(
    action: Consider | PassOver | Decide, sam: Meeting
) -> None:
    anna = sam.beside(ANNA)
    await anna.presses_what_carries(encode(action))
    assert anna.told_on_pressing == (CHANGED,)


async def test_who_asked_can_take_back_what_was_accepted_of_them(sam: Meeting) -> None:
    own = sam.records.pseudonyms.of(FRIEND)
    await sam.keep(Unanswered("1", today(), own, "sent_in", "", PLACE, "c"))
    anna = sam.beside(ANNA)
    await anna.says("/review")
    await anna.presses(0)
    await sam.says("/mydata")
    assert "What maintainers made of your wordings: 1" in sam.heard[-1]
    assert sam.records.pseudonyms.of(ANNA) not in sam.heard[-1]
    await sam.says("/forgetme")
    assert await sam.kept(Decided) == ()
