"""What a person who types a question gets."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.environment import Allowed
from bot.settings import Settings
from knowledge.handbook import Handbook
from knowledge.noticing import status_in_words
from knowledge.opening import Knowledge
from tests.bot.questions import CHALLENGE, MISSED, uncovered_question
from tests.handlers.chatting import TOKEN, Chat
from tests.handlers.pretending import BOT


async def test_a_question_is_answered_with_its_citation_and_its_status(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says(CHALLENGE)
    (answer,) = chat.heard
    lead, point, citation, status, *_ = filter(None, answer.split("\n"))
    main = handbook.unit("aoc/81.4")
    assert lead == handbook.intent("challenge-another-agency").lead
    assert point == f"Recommendation to practitioners: {main.text}"
    assert citation == (
        "Ages of concern (Ofsted, 2011), para 81; read in digest by the Reduced Policy Company."
    )
    assert status == (
        f"{status_in_words(main, handbook)} Written about young people aged 14 and over."
    )


async def test_an_answer_of_the_bots_own_that_is_posted_into_its_chat_is_no_question(
    chat: Chat,
) -> None:
    posted = {"message_id": 1, "date": 0, "chat": chat._chat, "from": chat._person, "text": MISSED}
    await chat.receives(message={**posted, "via_bot": BOT})
    assert chat.heard == ()
    another = {**BOT, "id": 200, "username": "another_bot"}
    await chat.receives(message={**posted, "via_bot": another})
    assert len(chat.heard) == 1


async def test_a_question_that_the_reports_do_not_answer_is_told_where_to_turn(
    chat: Chat, knowledge: Knowledge
) -> None:
    question, route = uncovered_question(knowledge)
    await chat.says(question)
    (answer,) = chat.heard
    assert answer.split("\n\n")[:2] == [
        "I found nothing on this in the five reports.",
        route.text,
    ]


async def test_a_greeting_is_returned(chat: Chat, handbook: Handbook) -> None:
    await chat.says("hello")
    assert chat.heard == (handbook.small_talk[0].says,)


async def test_each_question_of_a_message_is_answered(chat: Chat, handbook: Handbook) -> None:
    await chat.says(f"{CHALLENGE} {MISSED}")
    assert [answer.split("\n")[0] for answer in chat.heard] == [
        handbook.intent("challenge-another-agency").lead,
        handbook.intent("missed-appointments").lead,
    ]


async def test_markup_in_the_content_reaches_the_person_as_it_is_written(
    knowledge: Knowledge,
) -> None:
    handbook = knowledge.handbook
    intent = handbook.intent("challenge-another-agency")
    lead = 'If <b>you & they</b> disagree, is 1 < 2 &amp; "so"?'
    others = tuple(i for i in handbook.intents if i is not intent)
    edited = replace(handbook, intents=(*others, replace(intent, lead=lead)))
    async with Chat(replace(knowledge, handbook=edited)) as chat:
        await chat.says(CHALLENGE)
        assert chat.heard[0].split("\n")[0] == lead
        assert len(chat.telegram.asked("sendMessage")) == 1


async def test_a_long_message_is_answered_and_told_that_it_was_cut(chat: Chat) -> None:
    await chat.says(f"{CHALLENGE} " * 100)
    assert chat.heard[0].startswith("Your message was long: I read its first 4,096 characters.")


@settings(max_examples=40, deadline=None)
@given(text=st.text(min_size=1, max_size=300) | st.sampled_from(["<b>", "&", "</i>", "&lt;", "\0"]))
async def test_whatever_is_typed_gets_an_answer_that_telegram_takes_as_it_is(
    knowledge: Knowledge, text: str
) -> None:
    async with Chat(knowledge) as chat:
        await chat.says(f"about {text}")
        assert chat.heard
        assert len(chat.telegram.asked("sendMessage")) == len(chat.heard)


async def test_an_edited_message_that_was_never_answered_is_left_alone(chat: Chat) -> None:
    await chat.edits(CHALLENGE)
    assert chat.heard == ()


async def test_talk_in_a_group_is_left_alone(knowledge: Knowledge) -> None:
    allowed = Settings(token=TOKEN, allowed_chats=Allowed(frozenset({-500})))
    async with Chat(knowledge, chat=-500, settings=allowed) as group:
        await group.says(CHALLENGE)
        await group.edits(MISSED)
        assert group.heard == ()


async def test_no_preview_of_a_page_is_shown_under_an_answer(chat: Chat) -> None:
    await chat.says(CHALLENGE)
    (sent,) = chat.telegram.asked("sendMessage")
    assert sent["link_preview_options"] == {"is_disabled": True}
