"""Who comes in by a link or by a chat, and who does not."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.access.invitations import DAYS, USES, invite, readmit, remove
from bot.environment import Allowed
from bot.records.entries import Act, Invitation, Person
from bot.records.records import now, today
from bot.records.store import Store
from bot.settings import Settings
from handlers.admission import STRANGER
from handlers.commands import WELCOME
from handlers.privileged import INVITE
from knowledge.opening import Knowledge
from tests.bot.questions import MISSED
from tests.handlers.chatting import FRIEND, FRIENDS, TOKEN, Chat

OPERATOR, GUEST, OTHER = 9, 8, 11
TEAM = -500
SETTINGS = Settings(token=TOKEN, allowed_users=FRIENDS, operators=frozenset({OPERATOR}))


@pytest.fixture
async def guest(knowledge: Knowledge) -> AsyncIterator[Chat]:
    """Somebody on no list."""
    async with Chat(knowledge, GUEST, settings=SETTINGS) as chat:
        yield chat


async def link(chat: Chat, uses: int = 2, day: date | None = None) -> str:
    """The parameter of a new link that holds for a day."""
    names = chat.records.pseudonyms

    def make(store: Store) -> str:
        return invite(store, names, 1, uses, "", day or now().date())[1]

    return await chat.records.do(make)


async def uses_left(chat: Chat) -> list[int]:
    found = await chat.records.do(lambda store: store.find(Invitation))
    return [invitation.uses_left for invitation in found]


async def test_who_follows_the_link_of_an_invitation_is_welcomed_and_answered(
    guest: Chat, knowledge: Knowledge
) -> None:
    operator = guest.beside(OPERATOR)
    await operator.says("/invite")
    address, _ = operator.heard[0].split("\n\n")
    assert address.startswith("https://t.me/lessons_bot?start=j_")
    await guest.says(f"/start {address.partition('=')[2]}")
    await guest.says(MISSED)
    lead = knowledge.handbook.intent("missed-appointments").lead
    assert [said.split("\n")[0] for said in guest.heard] == [WELCOME.split("\n")[0], lead]


async def test_of_who_came_in_it_is_kept_how_and_when(guest: Chat) -> None:
    await guest.says(f"/start {await link(guest)}")
    (invitation,) = await guest.records.do(lambda store: store.find(Invitation))
    found = await guest.records.do(lambda store: store.find(Person))
    assert found == (Person(GUEST, invitation.id, "", today(), today()),)


async def test_the_code_of_a_link_is_kept_nowhere(guest: Chat) -> None:
    code = await link(guest)
    (kept,) = await guest.records.do(lambda store: store.find(Invitation))
    assert code.removeprefix("j_") not in str(kept)
    assert code.removeprefix("j_") not in str(await guest.records.do(lambda s: s.find(Act)))


async def test_a_link_lets_in_as_many_as_it_is_for(guest: Chat) -> None:
    code, late = await link(guest, uses=2), guest.beside(12)
    for somebody in (guest, guest.beside(OTHER), late):
        await somebody.says(f"/start {code}")
    assert await uses_left(guest) == [0]
    assert guest.heard == (WELCOME,)
    assert late.heard == (STRANGER.format(id=12),)


@pytest.mark.parametrize(("days", "lets_in"), [(1, True), (2, False)])
async def test_a_link_lets_in_on_its_last_day_and_not_after_it(
    guest: Chat, days: int, lets_in: bool
) -> None:
    code = await link(guest, day=now().date() - timedelta(days))
    await guest.says(f"/start {code}")
    assert guest.heard == (WELCOME if lets_in else STRANGER.format(id=GUEST),)


async def test_a_revoked_link_lets_nobody_in_and_who_came_in_stays(guest: Chat) -> None:
    code, late = await link(guest), guest.beside(OTHER)
    await guest.says(f"/start {code}")
    await guest.records.do(lambda store: store.delete(Invitation))
    await late.says(f"/start {code}")
    await guest.says("/start")
    assert guest.heard == (WELCOME, WELCOME)
    assert late.heard == (STRANGER.format(id=OTHER),)


@pytest.mark.parametrize("person", [GUEST, FRIEND, OPERATOR])
async def test_who_is_in_already_uses_nothing_up(guest: Chat, person: int) -> None:
    await guest.says(f"/start {await link(guest, uses=1)}")
    code, somebody = await link(guest), guest.beside(person)
    before = await uses_left(guest)
    await somebody.says(f"/start {code}")
    assert somebody.heard[-1] == WELCOME
    assert await uses_left(guest) == before


@pytest.mark.parametrize(
    "text",
    [
        "/start j_",
        "/start j_wrong",
        "/start j_ wrong",
        "/start wrong",
        "/help j_wrong",
        "j_wrong",
        "/start j_' or 1=1 --",
        "/start j_\0",
    ],
)
async def test_a_wrong_code_tells_only_what_every_stranger_is_told(guest: Chat, text: str) -> None:
    await link(guest)
    await guest.says(text)
    assert guest.heard == (STRANGER.format(id=GUEST),)
    assert await uses_left(guest) == [2]
    assert await guest.records.do(lambda store: store.find(Person)) == ()


async def test_a_right_code_in_any_other_message_lets_nobody_in(guest: Chat) -> None:
    code = await link(guest)
    for text in (code, f"/help {code}", f"/start {code} more", f"see /start {code}"):
        await guest.says(text)
    await guest.edits(f"/start {code}")
    assert set(guest.heard) == {STRANGER.format(id=GUEST)}
    assert await uses_left(guest) == [2]


async def test_who_was_removed_is_let_in_by_no_link_until_that_is_undone(guest: Chat) -> None:
    code = await link(guest)
    await guest.says(f"/start {code}")
    await guest.records.do(lambda store: remove(store, GUEST, today()))
    await guest.says("/start")
    await guest.says(f"/start {code}")
    stranger = STRANGER.format(id=GUEST)
    assert guest.heard == (WELCOME, stranger, stranger)
    assert await guest.records.do(lambda store: readmit(store, GUEST))
    await guest.says(f"/start {code}")
    assert guest.heard[-1] == WELCOME


MEMBERS: dict[str, dict[str, Any]] = {
    "creator": {"status": "creator", "is_anonymous": False},
    "administrator": {
        "status": "administrator",
        **dict.fromkeys(
            "can_be_edited is_anonymous can_manage_chat can_delete_messages can_invite_users "
            "can_manage_video_chats can_restrict_members can_promote_members can_change_info "
            "can_post_stories can_edit_stories can_delete_stories".split(),
            False,
        ),
    },
    "member": {"status": "member"},
    "left": {"status": "left"},
    "banned": {"status": "kicked", "until_date": 0},
}
_RIGHTS = (
    "can_send_messages can_send_polls can_send_other_messages can_add_web_page_previews "
    "can_change_info can_invite_users can_pin_messages can_manage_topics can_send_audios "
    "can_send_documents can_send_photos can_send_videos can_send_video_notes can_send_voice_notes "
    "can_edit_tag can_react_to_messages"
)
MEMBERS["restricted"] = {
    "status": "restricted",
    "is_member": True,
    "until_date": 0,
    **dict.fromkeys(_RIGHTS.split(), False),
}
MEMBERS["restricted, and left"] = {**MEMBERS["restricted"], "is_member": False}
IN = ("creator", "administrator", "member", "restricted")
BY_CHAT = replace(SETTINGS, allowed_chats=Allowed(frozenset({TEAM})))


@pytest.mark.parametrize("status", MEMBERS)
async def test_who_is_in_an_allowed_chat_is_let_in_and_who_left_it_is_not(
    knowledge: Knowledge, status: str
) -> None:
    async with Chat(knowledge, GUEST, settings=BY_CHAT) as chat:
        chat.telegram.members[TEAM, GUEST] = MEMBERS[status]
        await chat.says("/start")
        assert chat.heard == (WELCOME if status in IN else STRANGER.format(id=GUEST),)


@pytest.mark.parametrize("code", [400, 403, 500])
async def test_where_telegram_does_not_tell_nobody_is_let_in(
    knowledge: Knowledge, code: int
) -> None:
    async with Chat(knowledge, GUEST, settings=BY_CHAT) as chat:
        chat.telegram.members[TEAM, GUEST] = MEMBERS["member"]
        chat.telegram.refuse("getChatMember", code, "Telegram will not say")
        await chat.says("/start")
        assert chat.heard == (STRANGER.format(id=GUEST),)


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("/invite", (DAYS, USES)),
        ("/invite 7", (7, USES)),
        ("/invite 365 10000", (365, 10_000)),
        *(
            (f"/invite {words}", None)
            for words in ("0", "366", "7 0", "7 10001", "a week", "1 2 3")
        ),
    ],
)
async def test_an_operator_says_for_how_long_and_for_how_many_or_is_told_how(
    guest: Chat, said: str, held: tuple[int, int] | None
) -> None:
    operator = guest.beside(OPERATOR)
    await operator.says(said)
    found = await guest.records.do(lambda store: store.find(Invitation))
    until = {(one.until, one.uses_left) for one in found}
    if held is None:
        assert (until, operator.heard) == (set(), (INVITE,))
    else:
        days, uses = held
        assert until == {((now().date() + timedelta(days=days)).isoformat(), uses)}


async def test_telegram_is_asked_once_in_a_while(knowledge: Knowledge) -> None:
    async with Chat(knowledge, GUEST, settings=BY_CHAT) as chat:
        chat.telegram.members[TEAM, GUEST] = MEMBERS["member"]
        await chat.says("/start")
        await chat.says("/help")
        assert chat.telegram.asked("getChatMember") == ({"chat_id": TEAM, "user_id": GUEST},)


async def test_who_is_on_a_list_is_not_asked_after(knowledge: Knowledge) -> None:
    async with Chat(knowledge, FRIEND, settings=BY_CHAT) as chat:
        await chat.says("/start")
        assert chat.heard == (WELCOME,)
        assert chat.telegram.asked("getChatMember") == ()


async def test_where_the_records_fail_who_was_invited_is_kept_out_and_the_list_holds(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    file = tmp_path / "records.sqlite"
    async with Chat(knowledge, GUEST, settings=replace(SETTINGS, database=file)) as guest:
        listed, operator = guest.beside(FRIEND), guest.beside(OPERATOR)
        code = await link(guest)
        await guest.says(f"/start {code}")
        with closing(sqlite3.connect(file)) as meddling:
            meddling.execute("alter table people rename to hidden")
            meddling.commit()
        late = guest.beside(OTHER)
        for somebody in (guest, listed, operator, late):
            await somebody.says("/start")
        await late.says(f"/start {code}")
        assert guest.heard == (WELCOME, STRANGER.format(id=GUEST))
        assert listed.heard == (WELCOME,)
        assert WELCOME in operator.heard
        assert set(late.heard) == {STRANGER.format(id=OTHER)}


async def test_while_another_program_writes_who_was_invited_is_let_in(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    file = tmp_path / "records.sqlite"
    async with Chat(knowledge, GUEST, settings=replace(SETTINGS, database=file)) as guest:
        await guest.says(f"/start {await link(guest)}")
        with closing(sqlite3.connect(file)) as other:
            other.execute("begin immediate")
            await guest.says("/start")
        assert guest.heard == (WELCOME, WELCOME)
