"""What happens when a person changes a question that was answered."""

from bot.records.entries import Last
from knowledge.handbook import Handbook
from knowledge.opening import Knowledge
from tests.bot.questions import CHALLENGE, MISSED, uncovered_question
from tests.handlers.chatting import Chat
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


async def test_an_older_question_that_is_edited_leaves_the_last_answer_alone(chat: Chat) -> None:
    await chat.says(MISSED)
    first = chat.last_said
    await chat.says(CHALLENGE)
    before = chat.heard
    await chat.edits(PREBIRTH, first)
    assert chat.heard == before


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
