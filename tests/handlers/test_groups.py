"""How the bot behaves in a group: it answers who speaks to it, once, and is silent otherwise."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.actions import Judge, ShowIntent, encode
from bot.environment import Allowed
from bot.records.entries import Moved, Person, Shared
from bot.records.records import today
from handlers.admission import SLOWLY
from handlers.groups import MOVED, NOT_ALLOWED, NOT_HERE
from handlers.questions import ASK_WHAT
from knowledge.handbook import Handbook
from knowledge.opening import Knowledge
from tests.bot.questions import CHALLENGE, MISSED
from tests.handlers.gathering import (
    ELSEWHERE,
    LENA,
    OPERATOR,
    SAM,
    TEAM,
    Group,
    Heard,
    another_bot,
    team_settings,
)
from tests.handlers.pretending import BOT, OWN

HELP = "Ask with /ask and your question, or reply to me. The rest is in a private chat."
NEW = -1000500
"""The id that the team's group gets."""
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonBot"}


@pytest.fixture
async def group(knowledge: Knowledge, tmp_path: Path) -> AsyncIterator[Group]:
    async with Group(knowledge, team_settings(tmp_path)) as group:
        yield group


@pytest.fixture
async def elsewhere(knowledge: Knowledge, tmp_path: Path) -> AsyncIterator[Group]:
    async with Group(knowledge, team_settings(tmp_path), ELSEWHERE) as group:
        yield group


@pytest.fixture
def missed(handbook: Handbook) -> str:
    """How the answer to `MISSED` begins."""
    return handbook.intent("missed-appointments").lead


@pytest.mark.parametrize("command", ["/ask", "/ask@lessons_bot", "/ASK@Lessons_Bot"])
async def test_who_asks_by_the_command_is_answered_to_their_message(
    group: Group, missed: str, command: str
) -> None:
    assert await group.posts(f"{command} {MISSED}", message_id=40) == (Heard(missed, 40),)


async def test_a_question_on_the_lines_below_the_command_is_read_whole(
    group: Group, missed: str
) -> None:
    lines = MISSED.replace(" ", "\n")
    assert await group.posts(f"/ask\n{lines}", message_id=40) == (Heard(missed, 40),)


@pytest.mark.parametrize("said", [f"/ask@another_bot {MISSED}", "/help@another_bot", MISSED])
async def test_what_is_said_to_others_is_left_alone(group: Group, said: str) -> None:
    assert await group.posts(said) == ()


async def test_a_reply_to_another_bot_by_its_command_is_left_alone(group: Group) -> None:
    answer = group.said_by_the_bot()
    assert await group.posts(f"/ask@another_bot {MISSED}", reply_to_message=answer) == ()


async def test_who_replies_to_the_bot_is_answered(group: Group, missed: str) -> None:
    answer = group.said_by_the_bot()
    assert await group.posts(MISSED, message_id=40, reply_to_message=answer) == (Heard(missed, 40),)


async def test_who_replies_to_somebody_else_is_left_alone(group: Group) -> None:
    assert await group.posts(MISSED, reply_to_message=group.written("What now?", LENA)) == ()


async def test_the_answer_to_ask_in_reply_to_somebody_goes_to_their_message(
    group: Group, missed: str
) -> None:
    hers = group.written("They never come", LENA, message_id=30)
    said = await group.posts(f"/ask {MISSED}", reply_to_message=hers)
    assert said == (Heard(missed, 30),)


async def test_ask_without_words_in_reply_to_somebody_answers_what_they_wrote(
    group: Group, missed: str
) -> None:
    hers = group.written(MISSED, LENA, message_id=30)
    assert await group.posts("/ask", reply_to_message=hers) == (Heard(missed, 30),)


async def test_ask_without_words_in_reply_to_a_caption_answers_the_caption(
    group: Group, missed: str
) -> None:
    hers = group.written("-", LENA, message_id=30)
    del hers["text"]
    photo = {"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}
    hers |= {"caption": MISSED, "photo": [photo]}
    assert await group.posts("/ask", reply_to_message=hers) == (Heard(missed, 30),)


async def test_ask_without_words_is_told_how_to_ask(group: Group) -> None:
    assert await group.posts("/ask", message_id=40) == (Heard(ASK_WHAT, 40),)


async def test_the_bot_does_not_answer_its_own_words(group: Group) -> None:
    own = group.said_by_the_bot(MISSED)
    posted = group.written(MISSED, via_bot=BOT)
    for message in (own, posted):
        said = await group.posts("/ask", message_id=40, reply_to_message=message)
        assert said == (Heard(ASK_WHAT, 40),)
        group.telegram.requests.clear()


async def test_a_question_in_a_topic_is_answered_there_to_who_asked(
    group: Group, missed: str
) -> None:
    topic: dict[str, Any] = {"message_thread_id": 3, "is_topic_message": True}
    note = group.opening_of(3)
    said = await group.posts(f"/ask {MISSED}", message_id=40, reply_to_message=note, **topic)
    assert said == (Heard(missed, 40, topic=3),)


async def test_talk_in_a_topic_that_the_bot_opened_is_left_alone(group: Group) -> None:
    topic: dict[str, Any] = {"message_thread_id": 3, "is_topic_message": True}
    note = {**group.opening_of(3), "from": BOT}
    assert await group.posts(MISSED, reply_to_message=note, **topic) == ()


async def test_a_thread_of_replies_is_no_topic(group: Group, missed: str) -> None:
    said = await group.posts(f"/ask {MISSED}", message_id=40, message_thread_id=3)
    assert said == (Heard(missed, 40),)


@pytest.mark.parametrize("said", ["/help", "/help@lessons_bot"])
async def test_help_in_a_group_is_one_line(group: Group, said: str) -> None:
    assert await group.posts(said, message_id=40) == (Heard(HELP, 40),)
    assert group.told(TEAM) == (HELP,)


@pytest.mark.parametrize("name", ["start", "topics", "mydata", "status", "correct", "invite"])
async def test_what_belongs_in_a_private_chat_is_not_answered_in_a_group(
    group: Group, name: str
) -> None:
    assert await group.posts(f"/{name}@lessons_bot", by=OPERATOR) == ()


async def test_somebody_of_the_group_who_is_on_no_list_is_answered_there(
    group: Group, missed: str
) -> None:
    said = await group.posts(f"/ask {MISSED}", by=LENA, message_id=40)
    assert said == (Heard(missed, 40),)


async def test_a_changed_question_changes_its_answer_and_adds_none(
    group: Group, handbook: Handbook
) -> None:
    await group.posts(MISSED, message_id=40, reply_to_message=group.said_by_the_bot())
    reply = group.said_by_the_bot()
    await group.changes(CHALLENGE, message_id=40, reply_to_message=reply)
    assert [text.split("\n")[0] for text in group.told(TEAM)] == [
        handbook.intent("challenge-another-agency").lead
    ]


async def test_a_changed_command_is_read_without_its_name(group: Group, handbook: Handbook) -> None:
    await group.posts(f"/ask {MISSED}", message_id=40)
    await group.changes("/ask@lessons_bot hello", message_id=40)
    assert group.told(TEAM) == (handbook.small_talk[0].says,)


async def test_a_group_that_talks_much_is_not_told_to_slow_down(group: Group) -> None:
    for _ in range(30):
        assert await group.posts(MISSED) == ()


async def test_a_group_that_asks_too_much_is_told_so_once(group: Group, missed: str) -> None:
    said = [await group.posts(f"/ask {MISSED}", by=who) for who in (SAM, LENA) for _ in range(12)]
    leads = [heard.lead for answers in said for heard in answers]
    assert leads == [missed] * 20 + [SLOWLY]


async def test_nothing_is_kept_of_those_who_only_talk_among_themselves(group: Group) -> None:
    await group.posts("See you at nine", by=LENA)
    await group.happens(new_chat_members=[{"id": 12, "is_bot": False, "first_name": "Jo"}])
    assert await group.all_kept() == ()


async def test_a_group_that_is_not_allowed_is_told_once_and_left(elsewhere: Group) -> None:
    await elsewhere.makes_the_bot("member")
    await elsewhere.happens(new_chat_members=[BOT])
    assert elsewhere.told(ELSEWHERE) == (NOT_ALLOWED.format(id=ELSEWHERE),)
    assert elsewhere.telegram.asked("leaveChat")[0] == {"chat_id": ELSEWHERE}


async def test_a_group_taken_from_the_list_is_left_when_it_next_speaks(elsewhere: Group) -> None:
    await elsewhere.posts(f"/ask {MISSED}")
    await elsewhere.posts(f"/ask {MISSED}")
    assert elsewhere.told(ELSEWHERE) == (NOT_ALLOWED.format(id=ELSEWHERE),)


async def test_a_group_in_which_the_bot_may_not_write_is_left_all_the_same(
    elsewhere: Group,
) -> None:
    elsewhere.telegram.refuse("sendMessage", 400, "Bad Request: not enough rights to send text")
    await elsewhere.makes_the_bot("member")
    assert elsewhere.telegram.asked("leaveChat") == ({"chat_id": ELSEWHERE},)


async def test_nobody_reads_an_answer_by_a_button_in_a_group_that_is_not_allowed(
    elsewhere: Group,
) -> None:
    await elsewhere.somebody_presses(encode(ShowIntent("missed-appointments")))
    assert elsewhere.told_on_pressing == (NOT_HERE,)
    assert elsewhere.told(ELSEWHERE) == (NOT_ALLOWED.format(id=ELSEWHERE),)


@pytest.mark.parametrize("status", ["left", "kicked"])
@pytest.mark.parametrize("id", [TEAM, ELSEWHERE])
async def test_a_group_that_puts_the_bot_out_hears_nothing_more(
    knowledge: Knowledge, tmp_path: Path, id: int, status: str
) -> None:
    async with Group(knowledge, team_settings(tmp_path), id) as group:
        await group.makes_the_bot(status)
        assert [request.method for request in group.telegram.requests] == ["getMe"]


async def test_a_group_that_is_allowed_is_not_greeted(group: Group) -> None:
    await group.makes_the_bot("member")
    await group.happens(new_chat_members=[BOT])
    assert group.told(TEAM) == ()
    assert group.telegram.asked("leaveChat") == ()


async def test_a_channel_is_left_without_a_word(group: Group) -> None:
    await group.hears_in_a_channel(f"/ask {MISSED}")
    assert group.telegram.messages == []
    assert group.telegram.asked("leaveChat") == ({"chat_id": -700},)


async def test_a_post_that_a_channel_sends_into_its_group_is_left_alone(group: Group) -> None:
    channel = {"id": -700, "type": "channel", "title": "News"}
    telegram = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    sent: dict[str, Any] = {"sender_chat": channel, "from": telegram, "is_automatic_forward": True}
    assert await group.posts(MISSED, **sent) == ()
    assert await group.all_kept() == ()


async def test_an_anonymous_admin_is_a_person(group: Group, missed: str) -> None:
    team = {"id": TEAM, "type": "supergroup", "title": "Team"}
    admin: dict[str, Any] = {"from": ANONYMOUS, "sender_chat": team}
    assert await group.posts(f"/ask {MISSED}", message_id=40, **admin) == (Heard(missed, 40),)
    assert await group.kept(Person) == ()


async def test_anonymous_admins_of_two_groups_do_not_use_up_each_others_questions(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    both = team_settings(tmp_path, allowed_chats=Allowed(frozenset({TEAM, NEW})), rate_limit=1)
    async with Group(knowledge, both) as group:
        for id in (TEAM, NEW):
            group.moved(id)
            team = {"id": id, "type": "supergroup", "title": "Team"}
            admin: dict[str, Any] = {"from": ANONYMOUS, "sender_chat": team}
            await group.posts(f"/ask {MISSED}", **admin)
        assert SLOWLY not in [*group.told(TEAM), *group.told(NEW)]


@pytest.mark.parametrize("text", [MISSED, f"/ask {MISSED}"])
async def test_what_is_posted_by_way_of_a_bot_is_left_alone(group: Group, text: str) -> None:
    for bot in (BOT, another_bot()):
        answer = group.said_by_the_bot()
        assert await group.posts(text, via_bot=bot, reply_to_message=answer) == ()


async def test_a_bot_that_talks_to_it_is_left_alone(group: Group) -> None:
    other: dict[str, Any] = {"from": another_bot()}
    assert await group.posts(f"/ask@lessons_bot {MISSED}", **other) == ()
    assert await group.posts(MISSED, reply_to_message=group.said_by_the_bot(), **other) == ()


async def test_what_one_thinks_of_an_answer_is_not_shown_to_the_group(
    group: Group, handbook: Handbook
) -> None:
    version = handbook.version(handbook.intent("missed-appointments"))
    await group.somebody_presses(encode(Judge("missed-appointments", version, False)))
    assert group.told_on_pressing == ("Noted. Thank you.",)
    assert group.telegram.asked("editMessageReplyMarkup") == ()


async def test_an_answer_in_a_group_is_kept_as_shared(group: Group, handbook: Handbook) -> None:
    await group.posts(f"/ask {MISSED}")
    intent = handbook.intent("missed-appointments")
    version = handbook.version(intent)
    assert await group.kept(Shared) == (
        Shared(f"{TEAM}:{OWN + 1}:{intent.id}", TEAM, "", intent.id, version, today()),
    )


@pytest.mark.parametrize("heard_first", ["the old group", "the new one"])
async def test_a_group_that_gets_another_id_is_answered_on(
    group: Group, missed: str, heard_first: str
) -> None:
    async def old_group() -> None:
        group.moved(TEAM)
        await group.happens(migrate_to_chat_id=NEW)

    async def new_group() -> None:
        group.moved(NEW)
        await group.happens(migrate_from_chat_id=TEAM)

    steps = [old_group, new_group]
    for step in steps if heard_first == "the old group" else reversed(steps):
        await step()
    group.moved(NEW)
    assert await group.posts(f"/ask {MISSED}", message_id=40) == (Heard(missed, 40),)
    assert group.telegram.asked("leaveChat") == ()
    assert group.told(OPERATOR) == (MOVED.format(old=TEAM, new=NEW),)
    assert await group.kept(Moved) == (Moved(TEAM, NEW, today()),)


async def test_a_question_that_was_waiting_when_its_group_moved_is_answered_in_the_new_one(
    group: Group, missed: str
) -> None:
    group.telegram.moved[TEAM] = NEW
    await group.posts(f"/ask {MISSED}")
    assert [said.split("\n")[0] for said in group.told(NEW)] == [missed]
    (sent,) = (words for words in group.telegram.asked("sendMessage") if words["chat_id"] == NEW)
    assert "reply_parameters" not in sent  # there, another message has the number


async def test_a_question_changed_after_its_group_moved_is_answered_in_the_new_one(
    group: Group,
) -> None:
    await group.posts(f"/ask {MISSED}", message_id=40)
    group.telegram.moved[TEAM] = NEW
    await group.changes("/ask should fathers be seen", message_id=40)
    assert len(group.told(NEW)) == 1


async def test_what_was_shared_in_a_group_goes_with_it(group: Group) -> None:
    await group.posts(f"/ask {MISSED}")
    (before,) = await group.kept(Shared)
    await group.happens(migrate_to_chat_id=NEW)
    (after,) = await group.kept(Shared)
    assert (after.chat, after.intent, after.version) == (NEW, before.intent, before.version)


async def test_who_is_in_a_group_that_moved_may_still_ask_in_private(
    group: Group, missed: str
) -> None:
    await group.happens(migrate_to_chat_id=NEW)
    group.telegram.refuse("getChatMember", 400, "Bad Request: group chat was upgraded")
    group.telegram.members[NEW, LENA] = {"status": "member"}
    lena = group.beside(LENA)
    await lena.says(MISSED)
    assert [text.split("\n")[0] for text in lena.heard] == [missed]


async def test_a_group_that_moved_is_left_once_its_old_id_is_taken_from_the_list(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    async with Group(knowledge, team_settings(tmp_path)) as group:
        await group.happens(migrate_to_chat_id=NEW)
    closed = team_settings(tmp_path, allowed_chats=Allowed())
    async with Group(knowledge, closed, NEW) as group:
        await group.posts(f"/ask {MISSED}")
        assert group.told(NEW) == (NOT_ALLOWED.format(id=NEW),)


async def test_where_every_group_is_allowed_one_that_moves_troubles_no_operator(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    everywhere = team_settings(tmp_path, allowed_chats=Allowed(everyone=True))
    async with Group(knowledge, everywhere) as group:
        await group.happens(migrate_to_chat_id=NEW)
        assert group.told(OPERATOR) == ()


async def test_a_group_that_is_not_allowed_gains_nothing_by_moving(elsewhere: Group) -> None:
    elsewhere.moved(NEW)
    await elsewhere.happens(migrate_from_chat_id=ELSEWHERE)
    assert elsewhere.told(NEW) == (NOT_ALLOWED.format(id=NEW),)
    assert await elsewhere.kept(Moved) == ()
