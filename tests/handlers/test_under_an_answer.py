"""What can be done with the buttons under an answer in a private chat."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.access.invitations import PREFIX
from bot.actions import Explain, SendWording, encode
from bot.context import installed
from bot.environment import Allowed
from bot.links import opened
from bot.records.entries import Asked, Feedback, Unanswered
from bot.settings import Settings
from handlers.buttons import NO_LONGER, TOO_OLD
from handlers.judging import NO_WORDING, NOT_NOTED, NOT_SENT, NOTED, WHY_NOT
from knowledge.handbook import Handbook
from knowledge.opening import Knowledge
from tests.bot.questions import MISSED, unclear_question, uncovered_question
from tests.handlers.chatting import FRIEND, TOKEN, Chat
from tests.handlers.pretending import BOT

NAMED = "do missed appointments matter for Wilhelmina?"
SEND = "Send this wording"
SEND_ON = "Send this wording to the maintainers"
YES, NO = "Send it", "Don't send it"
DELETE = "Delete my message"
REASONS = ("Not what I asked", "Not clear", "Not right")
FULL = (("More", "Why?", "Share"), ("Useful", "Not useful"))
JUDGED = {
    "Useful": (FULL[0], ("Useful: noted", "Not useful")),
    "Not useful": (REASONS, ("Useful", SEND)),
}


def on_file(folder: Path) -> Settings:
    """Settings with records that outlast the bot."""
    friends = Allowed(frozenset({FRIEND}))
    return Settings(token=TOKEN, allowed_users=friends, database=folder / "records.sqlite")


async def verdicts(chat: Chat) -> list[tuple[str, bool, str]]:
    """What is kept of what people said of answers."""
    return [(one.answer, one.useful, one.reason) for one in await chat.kept(Feedback)]


async def test_two_rows_of_buttons_stand_under_an_answer(chat: Chat) -> None:
    await chat.says(MISSED)
    assert chat.rows == FULL


async def test_more_offers_what_is_near_and_leaves_the_answer_the_last_one(
    chat: Chat, knowledge: Knowledge
) -> None:
    about = knowledge.handbook.intent("missed-appointments")
    await chat.says(MISSED)
    await chat.presses("More")
    assert chat.heard[1] == f"Related to “{about.title}”:"
    assert chat.buttons == tuple(one.title for one in knowledge.handbook.neighbours(about)[:8])
    assert len(await chat.kept(Asked)) == 1
    await chat.presses(0)
    assert chat.heard[2].split("\n")[0] == knowledge.handbook.neighbours(about)[0].lead


async def test_whoever_presses_useful_sees_it_noted_and_keeps_the_other_buttons(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says(MISSED)
    await chat.presses("Useful")
    answer = f"missed-appointments@{handbook.version(handbook.intent('missed-appointments'))}"
    assert chat.told_on_pressing == (NOTED,)
    assert chat.rows == JUDGED["Useful"]
    assert await verdicts(chat) == [(answer, True, "")]


async def test_whoever_presses_not_useful_may_say_why_or_send_the_wording(chat: Chat) -> None:
    await chat.says(MISSED)
    await chat.presses("Not useful")
    assert chat.told_on_pressing == (WHY_NOT,)
    assert chat.rows == JUDGED["Not useful"]
    assert [(useful, why) for _, useful, why in await verdicts(chat)] == [(False, "")]
    await chat.presses("Not clear")
    assert chat.told_on_pressing == (WHY_NOT, NOTED)
    assert chat.rows == (("Why?", SEND), ("Useful", "Not useful: noted"))
    assert [(useful, why) for _, useful, why in await verdicts(chat)] == [(False, "not clear")]


async def test_a_verdict_can_be_changed_as_often_as_one_likes(chat: Chat) -> None:
    await chat.says(MISSED)
    for _ in range(2):
        await chat.presses("Useful")
        assert chat.rows == JUDGED["Useful"]
        await chat.presses("Not useful")
        assert chat.rows == JUDGED["Not useful"]
    await chat.presses("Not right")
    await chat.presses("Useful")
    assert chat.rows == JUDGED["Useful"]
    assert [(useful, why) for _, useful, why in await verdicts(chat)] == [(True, "")]


async def test_pressing_the_same_verdict_twice_is_no_error(chat: Chat) -> None:
    await chat.says(MISSED)
    await chat.presses("Useful")
    await chat.presses("Useful: noted")
    assert chat.told_on_pressing == (NOTED, NOTED)
    assert chat.rows == JUDGED["Useful"]


async def test_the_button_that_deletes_a_message_stays_whatever_is_pressed(chat: Chat) -> None:
    await chat.says(NAMED)
    assert chat.rows == ((DELETE,), ("More", "Useful", "Not useful"))
    await chat.presses("Not useful")
    assert chat.rows == (REASONS, ("Useful", DELETE))
    await chat.presses("Not right")
    assert chat.rows == ((DELETE, SEND), ("Useful", "Not useful: noted"))
    await chat.presses(SEND)
    assert chat.rows_under(0) == ((DELETE, SEND), ("Useful", "Not useful: noted"))
    await chat.presses("Useful", message=0)
    assert chat.rows_under(0) == ((DELETE,), ("More", "Useful: noted", "Not useful"))


async def test_a_verdict_is_answered_even_if_it_cannot_be_kept(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    await chat.says(MISSED)
    await installed(chat.application).records.close()
    await chat.presses("Useful")
    assert chat.told_on_pressing == (NOT_NOTED,)
    assert chat.rows == FULL


async def test_why_says_the_closest_question_how_like_it_is_and_what_came_next(
    chat: Chat, handbook: Handbook
) -> None:
    await chat.says(MISSED)
    await chat.presses("Why?")
    title, sure, closest, *rest = chat.heard[1].split("\n")
    assert title == "Why this?"
    assert sure.endswith("sure that this is the answer you want.")
    phrase = closest.removeprefix("The closest question that I know: “").partition("”")[0]
    assert phrase in (handbook.intent("missed-appointments").title, *asked_for(handbook))
    assert [line.partition(":")[0] for line in rest][-2] == "Next best"
    assert chat.told_on_pressing == (None,)


def asked_for(handbook: Handbook) -> tuple[str, ...]:
    """The phrases by which missed appointments are asked for."""
    return handbook.intent("missed-appointments").asked


async def test_why_is_short_however_much_was_misspelt(chat: Chat) -> None:
    await chat.says("missd apointmants parants hospitel asessment famly nieghbours teachar " * 60)
    await chat.says("/why")
    assert chat.heard[1].count("” as “") == 6


async def test_why_speaks_of_the_answer_under_which_it_is_pressed(chat: Chat) -> None:
    await chat.says(MISSED)
    await chat.says("missed apointments")
    await chat.presses("Why?", message=0)
    await chat.presses("Why?", message=1)
    older, newer = chat.heard[2:]
    assert "“apointments” as" in newer
    assert "“apointments” as" not in older


async def test_why_still_works_after_the_bot_was_started_again(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    async with Chat(knowledge, settings=on_file(tmp_path)) as chat:
        await chat.says(f"/ask {MISSED}")
        await chat.presses("Why?")
    async with Chat(knowledge, settings=on_file(tmp_path), before=chat) as again:
        await again.presses("Why?", message=0)
        answer, before, after = again.heard
        assert after == before
        assert answer != after


async def test_why_under_a_follow_up_still_works_after_the_bot_was_started_again(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    async with Chat(knowledge, settings=on_file(tmp_path)) as chat:
        await chat.says("when should a pre-birth assessment be done")
        await chat.says("and for boards?")
    async with Chat(knowledge, settings=on_file(tmp_path), before=chat) as again:
        await again.presses("Why?", message=1)
        title = knowledge.handbook.intent("prebirth-assessment-when").title
        assert again.heard[2] == f"Why this?\nI took it to go on from “{title}”."


async def test_of_an_answer_that_was_picked_why_says_that_it_was(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    async with Chat(knowledge, settings=on_file(tmp_path)) as chat:
        await chat.says(unclear_question(knowledge)[0])
        await chat.presses(0)
        await chat.presses("Why?")
    async with Chat(knowledge, settings=on_file(tmp_path), before=chat) as again:
        await again.presses("Why?", message=1)
        assert again.heard[2:] == ("Why this?\nYou picked it yourself.",) * 2


async def test_why_says_so_where_the_question_is_gone(chat: Chat) -> None:
    await chat.presses_what_carries(encode(Explain("missed-appointments")))
    (told,) = chat.telegram.asked("answerCallbackQuery")
    assert (told["text"], told["show_alert"]) == (NO_LONGER, True)
    assert len(NO_LONGER) <= 200  # Telegram's limit


async def test_nothing_of_the_wording_is_kept_until_it_is_sent(
    chat: Chat, knowledge: Knowledge
) -> None:
    question, _ = uncovered_question(knowledge)
    await chat.says(question)
    assert chat.rows == ((SEND_ON,),)
    assert [(one.why, one.text) for one in await chat.kept(Unanswered)] == [("not_covered", "")]
    await chat.presses(SEND_ON)
    assert f"“{question}”" in chat.heard[1]
    assert chat.rows == ((YES, NO),)
    assert len(await chat.kept(Unanswered)) == 1
    await chat.presses(YES)
    assert chat.heard[1] == f"Sent to the maintainers: “{question}”. Thank you."
    sent = [(one.why, one.text) for one in await chat.kept(Unanswered)]
    assert sorted(sent) == [("not_covered", ""), ("sent_in", question)]
    assert chat.rows_under(1) == ()


async def test_a_wording_that_one_thinks_better_of_is_not_sent(
    chat: Chat, knowledge: Knowledge
) -> None:
    await chat.says(uncovered_question(knowledge)[0])
    await chat.presses(SEND_ON)
    await chat.presses(NO)
    assert chat.heard[1] == NOT_SENT
    assert [one.why for one in await chat.kept(Unanswered)] == ["not_covered"]


async def test_what_is_sent_is_masked_and_shown_as_it_is_sent(chat: Chat) -> None:
    await chat.says("how do I pay for parking near Wilhelmina Brandt, 07700 900123")
    assert chat.rows == ((SEND_ON,), (DELETE,))
    await chat.presses(SEND_ON)
    assert "“how do I pay for parking near [name], [phone]”" in chat.heard[1]
    await chat.presses(YES)
    (sent,) = [one for one in await chat.kept(Unanswered) if one.why == "sent_in"]
    assert sent.text == "how do I pay for parking near [name], [phone]"
    assert chat.heard[1] == f"Sent to the maintainers: “{sent.text}”. Thank you."
    assert chat.rows_under(0) == ((SEND_ON,), (DELETE,))


async def test_a_wording_that_is_sent_in_names_the_answer_that_was_of_no_use(chat: Chat) -> None:
    await chat.says(f"/ask@lessons_bot {MISSED}")
    await chat.presses("Not useful")
    await chat.presses(SEND)
    await chat.presses(YES)
    (sent,) = await chat.kept(Unanswered)
    assert (sent.why, sent.intent, sent.text) == ("sent_in", "missed-appointments", MISSED)


async def test_the_longest_wording_can_be_sent_in_and_seen_again(
    chat: Chat, knowledge: Knowledge
) -> None:
    await chat.says(f"{uncovered_question(knowledge)[0]} " + "<&🙂" * 1000)
    await chat.presses(SEND_ON)
    shown = "".join("".join(chat.heard[1:]).split())
    await chat.presses(YES)
    (sent,) = [one for one in await chat.kept(Unanswered) if one.why == "sent_in"]
    assert "".join(f"“{sent.text}”".split()) in shown
    before = len(chat.heard)
    await chat.says("/mydata")
    assert len(chat.heard) > before


async def test_the_bots_own_words_are_never_sent_in(chat: Chat, knowledge: Knowledge) -> None:
    await chat.says(unclear_question(knowledge)[0])
    await chat.presses(0)
    await chat.presses("Not useful")
    assert chat.rows == (REASONS, ("Useful", "Not useful: noted"))
    await chat.presses("Not right")
    assert chat.rows == (FULL[0], ("Useful", "Not useful: noted"))


async def test_a_wording_that_is_gone_is_not_sent(chat: Chat) -> None:
    await chat.presses_what_carries(encode(SendWording()))
    (told,) = chat.telegram.asked("answerCallbackQuery")
    assert (told["text"], told["show_alert"]) == (NO_WORDING, True)
    assert await chat.kept(Unanswered) == ()
    assert len(NO_WORDING) <= 200  # Telegram's limit


async def test_share_opens_the_answer_in_a_chat_to_be_picked(chat: Chat) -> None:
    await chat.says(MISSED)
    (share,) = (button for row in chat.telegram.messages[0].rows for button in row[2:])
    assert share == {"text": "Share", "switch_inline_query": "=missed-appointments"}


async def test_without_inline_mode_share_hands_on_a_link_that_opens_the_answer(
    knowledge: Knowledge,
) -> None:
    chat = Chat(knowledge)
    chat.telegram.bot = {**BOT, "supports_inline_queries": False}
    async with chat:
        await chat.says(MISSED)
        address = urlsplit(dict(chat.telegram.messages[0].buttons)["Share"])
        assert (address.netloc, address.path) == ("t.me", "/share/url")
        link = urlsplit(parse_qs(address.query)["url"][0])
        (parameter,) = parse_qs(link.query)["start"]
        names = installed(chat.application).records.pseudonyms
        found = opened(parameter, knowledge.handbook, names)
    assert (link.netloc, link.path) == ("t.me", "/lessons_bot")
    assert found and (found.intent, found.for_anyone) == ("missed-appointments", True)
    assert len(parameter) <= 64 and not parameter.startswith(PREFIX)


async def test_every_button_is_answered_once_even_where_telegram_has_given_up_on_it(
    chat: Chat,
) -> None:
    await chat.says(MISSED)
    why = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    for label in ("More", "Why?", "Useful", "Not useful"):
        chat.telegram.refuse("answerCallbackQuery", 400, why)
        await chat.presses(label, message=0)
    assert len(chat.told_on_pressing) == 4
    assert await verdicts(chat)
    assert len(chat.heard) == 3


@pytest.mark.parametrize("letter", ["m", "w"])
async def test_a_button_about_an_answer_that_is_gone_is_too_old(chat: Chat, letter: str) -> None:
    await chat.presses_what_carries(f"1:{letter}:an-answer-that-is-gone")
    assert chat.told_on_pressing == (TOO_OLD,)
    assert chat.heard == ()
