"""What happens to an answer that was shared, once it is withdrawn or says something else."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.actions import Correct, encode
from bot.context import installed
from bot.records.entries import Act, Shared
from bot.rendering.inline import card_of, correction
from handlers.correcting import COPIES, NONE, NOT_NOW, NOT_YOURS, OTHERWISE, UNDER_WAY
from handlers.privileged import NEXT
from knowledge.handbook import Handbook
from knowledge.opening import Knowledge
from tests.bot.questions import CHALLENGE, MISSED
from tests.bot.receiving.desks import another_program_writes
from tests.handlers.chatting import Chat
from tests.handlers.gathering import OPERATOR, SAM, SUPERVISOR, TEAM, Group, Typing, team_settings

INTENT, OTHER = "missed-appointments", "challenge-another-agency"
DAY, IN_WORDS = "2026-03-02", "2 March 2026"
SECOND = -501
"""Another group."""
NOW = "Correct now"
NOBODY_LEFT = "A correction did not reach 1 places."


@pytest.fixture
async def supervisor(knowledge: Knowledge, tmp_path: Path) -> AsyncIterator[Typing]:
    async with Typing(knowledge, SUPERVISOR, settings=team_settings(tmp_path)) as supervisor:
        yield supervisor


def in_group(chat: int, version: str, intent: str = INTENT, message: int = 5) -> Shared:
    """An answer that was given in a group."""
    return Shared(f"{chat}:{message}:{intent}", chat, "", intent, version, DAY)


def posted(post: str, version: str, intent: str = INTENT) -> Shared:
    """An answer that was posted by inline mode."""
    return Shared(f"inline:{post}", 0, post, intent, version, DAY)


def version_of(intent: str, handbook: Handbook) -> str:
    return handbook.version(handbook.intent(intent))


def with_other_words(knowledge: Knowledge, intent: str = INTENT) -> Knowledge:
    """The same content, but for the main point of an intent."""
    handbook = knowledge.handbook
    main = handbook.unit(handbook.intent(intent).cites[0])
    said_anew = replace(main, text="Missed appointments are to be followed up on the same day.")
    units = tuple(said_anew if unit.id == main.id else unit for unit in handbook.units)
    return replace(knowledge, handbook=replace(handbook, units=units))


async def corrects(somebody: Chat) -> None:
    """Give /correct, and press the button if there is something to correct."""
    await somebody.says("/correct")
    if NOW in somebody.buttons:
        await somebody.presses(NOW)


async def withdraw(somebody: Chat, handbook: Handbook, intent: str = INTENT) -> None:
    """Take the main point of an intent out."""
    await somebody.says(f"/withdraw {handbook.intent(intent).cites[0]} under review")


async def test_where_nothing_has_changed_nobody_is_told(
    supervisor: Typing, handbook: Handbook
) -> None:
    now = version_of(INTENT, handbook)
    await supervisor.keep(in_group(TEAM, now), posted("post-1", now))
    await corrects(supervisor)
    assert supervisor.heard == (NONE,)
    assert len(supervisor.telegram.messages) == 1
    assert await supervisor.kept(Act) == ()


async def test_a_group_is_told_that_an_answer_given_there_was_withdrawn(
    knowledge: Knowledge, tmp_path: Path, handbook: Handbook
) -> None:
    async with Group(knowledge, team_settings(tmp_path)) as group:
        supervisor = group.beside(SUPERVISOR)
        await group.posts(f"/ask {MISSED}")
        await withdraw(supervisor, handbook)
        await corrects(supervisor)
        (shared,) = await group.kept(Shared)
        _, told = group.told(TEAM)
        title = handbook.intent(INTENT).title
        assert told.startswith("An answer shared here on ")
        assert told.endswith(f" has changed: “{title}”. It is withdrawn; please do not rely on it.")
        assert shared.version == ""
        assert supervisor.heard[-1] == f"Told: 1 chats. Edited: 0 posts.\n{COPIES}"


async def test_a_group_is_told_what_an_answer_says_now(
    supervisor: Typing, knowledge: Knowledge, handbook: Handbook
) -> None:
    await supervisor.keep(in_group(TEAM, version_of(INTENT, handbook)))
    anew = with_other_words(knowledge)
    supervisor.becomes(anew)
    await corrects(supervisor)
    card = card_of(anew.handbook.intent(INTENT), anew.handbook)
    title = handbook.intent(INTENT).title
    assert card
    assert "followed up on the same day" in card.plain
    assert supervisor.told(TEAM) == (
        f"An answer shared here on {IN_WORDS} has changed: “{title}”. As it stands now:\n\n"
        f"{card.plain}",
    )


async def test_a_group_is_told_of_an_answer_that_is_no_more(supervisor: Typing) -> None:
    await supervisor.keep(in_group(TEAM, "0a1b2c3d", "an-intent-that-is-gone"))
    await corrects(supervisor)
    assert supervisor.told(TEAM) == (
        f"An answer shared here on {IN_WORDS} is no longer among this bot's answers; please do not "
        "rely on it.",
    )
    await corrects(supervisor)
    assert supervisor.heard[-1] == NONE


async def test_a_chat_is_told_once_for_each_answer_however_often_it_was_given(
    supervisor: Typing, handbook: Handbook
) -> None:
    given = [in_group(chat, "0a1b2c3d", INTENT, n) for chat in (TEAM, SECOND) for n in range(3)]
    await supervisor.keep(*given, in_group(TEAM, "0a1b2c3d", OTHER))
    await corrects(supervisor)
    wanted = {intent: correction(intent, DAY, handbook) for intent in (INTENT, OTHER)}
    assert sorted(supervisor.told(TEAM)) == sorted(wanted.values())
    assert supervisor.told(SECOND) == (wanted[INTENT],)
    assert supervisor.heard[-1] == f"Told: 2 chats. Edited: 0 posts.\n{COPIES}"


async def test_an_answer_that_was_shared_again_since_is_corrected_by_its_last_day(
    supervisor: Typing, handbook: Handbook
) -> None:
    later = replace(in_group(TEAM, "0a1b2c3d", message=6), day="2026-03-09")
    await supervisor.keep(later, in_group(TEAM, "0a1b2c3d", message=7))
    await corrects(supervisor)
    assert supervisor.told(TEAM) == (correction(INTENT, "2026-03-09", handbook),)


async def test_a_post_is_put_right_where_it_stands(supervisor: Typing, handbook: Handbook) -> None:
    await supervisor.keep(posted("post-1", "0a1b2c3d"))
    await corrects(supervisor)
    card = card_of(handbook.intent(INTENT), handbook)
    post = supervisor.telegram.posts["post-1"]
    (button,) = post.buttons
    assert card
    assert post.text.split() == card.plain.split()
    assert button[0] == "Read all of it"
    assert supervisor.heard == (f"Told: 0 chats. Edited: 1 posts.\n{COPIES}",)


async def test_a_post_of_a_withdrawn_answer_says_so_and_where_to_look(
    supervisor: Typing, handbook: Handbook
) -> None:
    await supervisor.keep(posted("post-1", version_of(INTENT, handbook)))
    await withdraw(supervisor, handbook)
    await corrects(supervisor)
    post = supervisor.telegram.posts["post-1"]
    ((label, link),) = post.buttons
    assert post.text == (
        f"An answer shared here on {IN_WORDS} has changed: “{handbook.intent(INTENT).title}”. It "
        "is withdrawn; please do not rely on it."
    )
    assert (label, link.partition("=")[2].rpartition("_")[0]) == ("See instead", f"s_{INTENT}")


async def test_a_post_of_an_answer_that_is_no_more_leads_nowhere(supervisor: Typing) -> None:
    await supervisor.keep(posted("post-1", "0a1b2c3d", "an-intent-that-is-gone"))
    await corrects(supervisor)
    post = supervisor.telegram.posts["post-1"]
    assert (post.text.split(" is ")[1], post.buttons) == (
        "no longer among this bot's answers; please do not rely on it.",
        (),
    )


async def test_an_answer_posted_by_inline_mode_can_be_corrected_to_its_end(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    async with Typing(knowledge, SUPERVISOR, settings=team_settings(tmp_path)) as supervisor:
        (id,) = (await supervisor.types(f"={INTENT}")).ids
        await supervisor.picks(id, "post-1")
        supervisor.becomes(with_other_words(knowledge))
        await corrects(supervisor)
        assert "followed up on the same day" in supervisor.telegram.posts["post-1"].text


async def test_a_second_correction_finds_nothing_and_tells_nobody(supervisor: Typing) -> None:
    await supervisor.keep(in_group(TEAM, "0a1b2c3d"), posted("post-1", "0a1b2c3d"))
    await corrects(supervisor)
    await corrects(supervisor)
    assert len(supervisor.told(TEAM)) == 1
    assert supervisor.heard[-1] == NONE


async def test_an_answer_that_is_put_back_is_told_again(
    supervisor: Typing, handbook: Handbook
) -> None:
    await supervisor.keep(in_group(TEAM, version_of(INTENT, handbook)))
    await withdraw(supervisor, handbook)
    await corrects(supervisor)
    await supervisor.says(f"/restore {handbook.intent(INTENT).cites[0]}")
    await corrects(supervisor)
    _, again = supervisor.told(TEAM)
    assert again == correction(INTENT, DAY, handbook)


async def test_a_group_that_put_the_bot_out_is_told_of_to_who_corrects_and_to_the_operators(
    supervisor: Typing,
) -> None:
    supervisor.telegram.closed.add(SECOND)
    await supervisor.keep(in_group(SECOND, "0a1b2c3d"), in_group(TEAM, "0a1b2c3d"))
    await corrects(supervisor)
    assert len(supervisor.told(TEAM)) == 1
    assert supervisor.heard == (f"Told: 1 chats. Edited: 0 posts.\nOut of reach: 1.\n{COPIES}",)
    assert supervisor.told(OPERATOR) == (NOBODY_LEFT,)
    await corrects(supervisor)
    assert supervisor.heard[-1] == NONE


async def test_a_post_that_was_deleted_since_is_told_as_out_of_reach(supervisor: Typing) -> None:
    supervisor.telegram.refuse("editMessageText", 400, "Bad Request: MESSAGE_ID_INVALID")
    await supervisor.keep(posted("post-1", "0a1b2c3d"))
    await corrects(supervisor)
    assert supervisor.heard == (f"Told: 0 chats. Edited: 0 posts.\nOut of reach: 1.\n{COPIES}",)


@pytest.mark.parametrize("code", [400, 502])
async def test_what_fails_for_now_is_tried_by_the_next_correction_and_the_others_are_not_told_twice(
    supervisor: Typing, code: int
) -> None:
    supervisor.telegram.refuse("editMessageText", code, "Bad Gateway")
    await supervisor.keep(in_group(TEAM, "0a1b2c3d"), posted("post-1", "0a1b2c3d"))
    await corrects(supervisor)
    assert supervisor.heard == (
        f"Told: 1 chats. Edited: 0 posts.\nFailed: 1. Give /correct again later.\n{COPIES}",
    )
    assert supervisor.told(OPERATOR) == (NOBODY_LEFT,)
    await corrects(supervisor)
    assert supervisor.heard[-1] == f"Told: 0 chats. Edited: 1 posts.\n{COPIES}"
    assert len(supervisor.told(TEAM)) == 1


async def test_who_corrected_how_many_answers_is_kept(supervisor: Typing) -> None:
    await supervisor.keep(in_group(TEAM, "0a1b2c3d"), posted("post-1", "0a1b2c3d"))
    await corrects(supervisor)
    (act,) = await supervisor.kept(Act)
    by = installed(supervisor.application).records.pseudonyms.of(SUPERVISOR)
    assert (act.by, act.did, act.about) == (by, "correct", "2 answers")


async def test_a_group_that_moved_is_told_under_its_new_id(
    knowledge: Knowledge, tmp_path: Path, handbook: Handbook
) -> None:
    async with Group(knowledge, team_settings(tmp_path)) as group:
        supervisor = group.beside(SUPERVISOR)
        await group.posts(f"/ask {CHALLENGE}")
        await group.happens(migrate_to_chat_id=-1000500)
        await withdraw(supervisor, handbook, OTHER)
        await corrects(supervisor)
        (told,) = group.told(-1000500)
        assert told.startswith("An answer shared here on ")


async def test_who_corrects_sees_first_what_and_where_and_nothing_is_sent(
    supervisor: Typing, handbook: Handbook
) -> None:
    await supervisor.keep(
        *(in_group(chat, "0a1b2c3d") for chat in (TEAM, SECOND)),
        posted("post-1", "0a1b2c3d"),
        in_group(TEAM, "0a1b2c3d", "an-intent-that-is-gone"),
    )
    await supervisor.says("/correct")
    assert supervisor.heard == (
        "Shared, and changed since:\n"
        "an-intent-that-is-gone: chats 1, posts 0\n"
        f"“{handbook.intent(INTENT).title}”: chats 2, posts 1\n"
        "To be told or edited in all: chats 2, posts 1. Nothing is sent yet.",
    )
    assert (supervisor.told(TEAM), supervisor.telegram.posts) == ((), {})
    await supervisor.says("/status")
    assert "Answers shared, and changed since: 2." in supervisor.heard[-1]


async def test_where_something_else_is_to_be_corrected_by_now_it_is_shown_again(
    supervisor: Typing, knowledge: Knowledge
) -> None:
    await supervisor.keep(in_group(TEAM, "0a1b2c3d"))
    await supervisor.says("/correct")
    supervisor.becomes(with_other_words(knowledge))
    await supervisor.presses(NOW)
    assert (supervisor.told_on_pressing, supervisor.told(TEAM)) == ((OTHERWISE,), ())
    await supervisor.presses(NOW)
    (told,) = supervisor.told(TEAM)
    assert "followed up on the same day" in told


async def test_where_two_correct_at_once_each_chat_is_told_once(supervisor: Typing) -> None:
    await supervisor.keep(in_group(TEAM, "0a1b2c3d"), in_group(SECOND, "0a1b2c3d"))
    operator = supervisor.beside(OPERATOR)
    await supervisor.says("/correct")
    await operator.says("/correct")
    await asyncio.gather(supervisor.presses(NOW, 0), operator.presses(NOW, 1))
    assert (len(supervisor.told(TEAM)), len(supervisor.told(SECOND))) == (1, 1)
    assert set(supervisor.told_on_pressing) == {None, UNDER_WAY}


async def test_who_is_no_supervisor_corrects_nothing_by_a_button(supervisor: Typing) -> None:
    await supervisor.keep(in_group(TEAM, "0a1b2c3d"))
    await supervisor.beside(SAM).presses_what_carries(encode(Correct("0a1b2c3d")))
    assert (supervisor.told_on_pressing, supervisor.told(TEAM)) == ((NOT_YOURS,), ())


async def test_while_the_records_cannot_be_written_nothing_is_corrected(
    supervisor: Typing, tmp_path: Path
) -> None:
    await supervisor.keep(in_group(TEAM, "0a1b2c3d"))
    await supervisor.says("/correct")
    with another_program_writes(tmp_path / "records.sqlite"):
        await supervisor.presses(NOW)
    assert (supervisor.told_on_pressing, supervisor.told(TEAM)) == ((NOT_NOW,), ())


async def test_a_correction_is_told_in_the_topic_where_the_answer_was_given(
    knowledge: Knowledge, tmp_path: Path, handbook: Handbook
) -> None:
    async with Group(knowledge, team_settings(tmp_path)) as group:
        supervisor = group.beside(SUPERVISOR)
        await group.posts(f"/ask {MISSED}", message_thread_id=77, is_topic_message=True)
        await withdraw(supervisor, handbook)
        await corrects(supervisor)
        told = [words for words in group.telegram.asked("sendMessage") if words["chat_id"] == TEAM]
        assert [words.get("message_thread_id") for words in told] == [77, 77]


async def test_where_the_topic_is_gone_a_correction_is_told_beside_it(supervisor: Typing) -> None:
    await supervisor.keep(replace(in_group(TEAM, "0a1b2c3d"), thread=77))
    await supervisor.says("/correct")
    supervisor.telegram.refuse("sendMessage", 400, "Bad Request: message thread not found")
    await supervisor.presses(NOW)
    assert len(supervisor.told(TEAM)) == 1
    assert supervisor.heard[-1].startswith("Told: 1 chats.")


async def test_who_withdraws_is_told_what_comes_next(
    supervisor: Typing, handbook: Handbook
) -> None:
    await withdraw(supervisor, handbook)
    assert supervisor.heard[-1].endswith(NEXT)


def test_every_correction_is_a_message_that_telegram_takes(handbook: Handbook) -> None:
    said = [correction(intent.id, DAY, handbook) for intent in handbook.intents]
    assert [text for text in said if len(text.encode("utf-16-le")) // 2 > 4096] == []
