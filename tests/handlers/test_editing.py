"""What happens when a person changes a question that was answered."""

from pathlib import Path

from bot.records.entries import Asked, Last, Shared, Unanswered
from bot.records.store import Store
from bot.settings import Settings
from knowledge.handbook import Handbook
from knowledge.opening import Knowledge
from tests.bot.questions import CHALLENGE, MISSED, unclear_question, uncovered_question
from tests.handlers.chatting import FRIENDS, TOKEN, Chat
from tests.handlers.gathering import Group, team_settings
from tests.handlers.pretending import OWN

PREBIRTH = "when should a pre-birth assessment be done"
FOLLOW_UP = "and for boards?"


def leads(chat: Chat) -> list[str]:
    """The first lines of what was answered."""
    return [answer.split("\n")[0] for answer in chat.heard]


async def test_an_edited_question_changes_its_answer_in_its_place(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says(MISSED)
    await chat.edits(CHALLENGE)
    assert leads(chat) == [handbook.intent("challenge-another-agency").lead]
    assert chat.rows == (("More", "Why?", "Share"), ("Useful", "Not useful"))
    await chat.edits(MISSED)
    assert leads(chat) == [handbook.intent("missed-appointments").lead]


async def test_what_was_taken_out_of_a_question_is_kept_no_longer(knowledge: Knowledge) -> None:
    settings = Settings(token=TOKEN, allowed_users=FRIENDS, keep_question_text=True)
    async with Chat(knowledge, settings=settings) as chat:
        await chat.says("how many ounces for zorblatt at six weeks")
        await chat.edits("how many ounces at six weeks")

        def kept(store: Store) -> tuple[list[str], int]:
            return [one.text for one in store.find(Unanswered)], store.count(Asked)

        assert await chat.records.do(kept) == (["how many ounces at six weeks"], 1)
        await chat.edits(CHALLENGE)
        assert await chat.records.do(kept) == ([], 1)


async def test_an_edited_question_is_what_a_follow_up_goes_on_from(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says(MISSED)
    await chat.edits(PREBIRTH)
    await chat.says(FOLLOW_UP)
    title = handbook.intent("prebirth-assessment-when").title
    assert chat.heard[1].startswith(f"Taken as a follow-up to: {title}")


async def test_a_follow_up_that_is_edited_stays_one(chat: Chat, handbook: Handbook) -> None:
    await chat.says(PREBIRTH)
    await chat.says("and for bords")
    await chat.edits(FOLLOW_UP)
    title = handbook.intent("prebirth-assessment-when").title
    assert len(chat.heard) == 2
    assert chat.heard[1].startswith(f"Taken as a follow-up to: {title}")


async def test_an_edit_that_changes_nothing_is_no_error(chat: Chat) -> None:
    await chat.says(MISSED)
    (before,) = chat.heard
    await chat.edits(f"{MISSED} ")
    assert chat.heard == (before,)


async def test_a_second_question_that_is_put_in_later_is_answered_once(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says(CHALLENGE)
    await chat.edits(f"{CHALLENGE} {MISSED}")
    await chat.edits(f"{CHALLENGE} {MISSED}!")
    assert leads(chat) == [
        handbook.intent("challenge-another-agency").lead,
        handbook.intent("missed-appointments").lead,
    ]


async def test_an_edited_command_to_ask_is_answered_without_its_name(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says(f"/ask {CHALLENGE}")
    await chat.edits(f"/ask\n{MISSED}")
    assert leads(chat) == [handbook.intent("missed-appointments").lead]


async def test_an_edited_question_that_is_not_covered_says_so_and_can_be_sent_in(
    chat: Chat, knowledge: Knowledge
) -> None:
    question, route = uncovered_question(knowledge)
    await chat.says(MISSED)
    await chat.edits(question)
    (answer,) = chat.heard
    assert route.text in answer
    assert chat.rows == (("Send this wording to the maintainers",),)


async def test_an_older_question_that_is_edited_changes_its_own_answer_alone(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says(MISSED)
    first = chat.last_said
    await chat.says(CHALLENGE)
    await chat.edits(PREBIRTH, first)
    wanted = ("prebirth-assessment-when", "challenge-another-agency")
    assert leads(chat) == [handbook.intent(id).lead for id in wanted]
    await chat.says(FOLLOW_UP)
    title = handbook.intent("challenge-another-agency").title
    assert chat.heard[2].startswith(f"Taken as a follow-up to: {title}")


async def test_an_older_question_is_edited_after_a_restart_too(
    knowledge: Knowledge, handbook: Handbook, tmp_path: Path
) -> None:
    on_file = Settings(token=TOKEN, allowed_users=FRIENDS, database=tmp_path / "records.sqlite")
    async with Chat(knowledge, settings=on_file) as chat:
        await chat.says(MISSED)
        first = chat.last_said
        await chat.says(CHALLENGE)
    async with Chat(knowledge, settings=on_file, before=chat) as again:
        await again.edits(PREBIRTH, first)
        wanted = ("prebirth-assessment-when", "challenge-another-agency")
        assert leads(again) == [handbook.intent(id).lead for id in wanted]


async def test_a_question_that_is_no_longer_remembered_is_not_answered_a_second_time(
    chat: Chat,
) -> None:
    await chat.says(MISSED)
    await chat.records.do(lambda store: store.delete(Last))
    before = chat.heard
    await chat.edits(CHALLENGE)
    assert chat.heard == before


async def test_two_questions_that_are_edited_down_to_one_leave_one_answer(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says(f"{CHALLENGE} {MISSED}")
    assert len(chat.heard) == 2
    await chat.edits(MISSED)
    assert leads(chat) == [handbook.intent("missed-appointments").lead]
    await chat.edits(f"{CHALLENGE} {MISSED}")
    assert leads(chat) == [
        handbook.intent("challenge-another-agency").lead,
        handbook.intent("missed-appointments").lead,
    ]
    (kept,) = await chat.kept(Last)
    assert (kept.answered_in, kept.further) == (OWN + 1, str(OWN + 3))


async def test_a_second_answer_that_the_asker_deleted_is_not_missed(chat: Chat) -> None:
    await chat.says(f"{CHALLENGE} {MISSED}")
    chat.telegram.deleted.add(OWN + 2)
    await chat.edits(PREBIRTH)
    assert len(chat.heard) == 1


async def test_a_number_that_is_edited_picks_another_of_what_was_offered(
    chat: Chat, knowledge: Knowledge
) -> None:
    text, choice = unclear_question(knowledge)
    await chat.says(text)
    await chat.says("1")
    await chat.edits("2")
    assert leads(chat)[1:] == [choice.offered[1].intent.lead]


async def test_an_answer_in_a_group_that_was_edited_is_corrected_as_it_stands_now(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    async with Group(knowledge, team_settings(tmp_path)) as group:
        await group.posts(f"/ask {MISSED}", message_id=1)
        await group.changes(f"/ask {CHALLENGE}", message_id=1)
        assert [one.intent for one in await group.kept(Shared)] == ["challenge-another-agency"]


async def test_a_question_whose_answer_was_deleted_meanwhile_is_answered_anew(chat: Chat) -> None:
    await chat.says(MISSED)
    chat.telegram.refuse("editMessageText", 400, "Bad Request: message to edit not found")
    await chat.edits(CHALLENGE)
    assert len(chat.heard) == 2
    (kept,) = await chat.kept(Last)
    assert (kept.intent, kept.answered_in) == ("challenge-another-agency", OWN + 2)


async def test_a_question_that_was_not_understood_may_be_put_better(
    chat: Chat, knowledge: Knowledge
) -> None:
    await chat.says(uncovered_question(knowledge)[0])
    await chat.edits(MISSED)
    (answer,) = chat.heard
    assert answer.startswith(knowledge.handbook.intent("missed-appointments").lead)
