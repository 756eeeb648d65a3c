"""What tells who somebody is never comes out again: in no answer, in no log, in nothing kept."""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import BadRequest

from bot.logbook import Discreet
from bot.rendering.buttons import Under
from bot.rendering.explaining import explain
from bot.rendering.html import to_replies
from bot.rendering.json import to_json
from bot.rendering.outline import outline
from bot.rendering.terminal import write, write_why
from knowledge.conversing import reply
from knowledge.handbook import Handbook
from knowledge.model import Answered, Choice, Guidance
from knowledge.opening import Knowledge
from tests.bot.questions import CHALLENGE, MISSED, unclear_question
from tests.bot.terminals import Terminal
from tests.handlers.chatting import Chat
from tests.knowledge.screening.inventing import TOLD, Told

OWN = ("bot", "handlers", "knowledge")
ASKED = (
    "who should I challenge about {}, they have not listened to my concerns",
    "{}, do missed appointments matter?",
    "Who should I challenge if my concerns aren't addressed? It is {}. Do missed appointments "
    "matter?",
    "seen by ({})",
    "how do I pay for parking, {}",
    "hello, {}",
    "help, he has a knife! {}",
)
"""Guidance, two answers in one, a choice, what is not covered, small talk, danger."""
FOLLOW_UPS = (
    "and for boards? {}",
    "can you give me an example, {}",
    "tell me more, {}",
    "no, I meant the father, {}",
    "what about {}?",
)
ANY = st.one_of(*TOLD.values())

MAIL = "kayleigh.marsh@example.org"
SECRETS: Mapping[str, str] = {
    "name": "Kayleigh Marsh",
    "date_of_birth": "3/4/2019",
    "nhs_number": "999 853 8602",
    "ni_number": "QQ 12 34 56 C",
    "upn": "Z999037114100",
    "phone": "07700 900123",
    "email": MAIL,
    "postcode": "LS99 3AB",
    "address": "12 Foxglove Lane",
    "school": "Thornmere Primary School",
    "car_registration": "QX12 ABC",
    "case_reference": "SW/10455/24",
}
ALL = Told(
    "Who should I challenge about a girl called {name}, dob {date_of_birth}, NHS no {nhs_number}, "
    "mum {ni_number}, UPN {upn}, ring {phone} or {email}, lives at {address}, {postcode}, goes to "
    "{school}, car reg {car_registration}, case ref {case_reference}?",
    SECRETS,
)
"""One of each kind in one message."""


def leaks(told: Told, text: str) -> list[str]:
    """The secrets that a text holds, as they were typed, without their gaps, or as bare digits."""
    small = text.casefold()
    joined = re.sub(r"(?<=\d)[\s.\-–/()]+(?=\d)", "", small)
    squeezed = re.sub(r"[^\w@]", "", small)
    found = []
    for secret in told.secrets.values():
        letters = re.sub(r"[^\w@]", "", secret.casefold())
        digits = re.sub(r"\D", "", secret)
        bare = rf"{digits[-9:]}(?!\d)" if len(digits) > 9 else rf"(?<!\d){digits}(?!\d)"
        if (
            re.search(rf"(?<!\w){re.escape(secret.casefold())}(?!\w)", small)
            or (len(letters) > 7 and letters in squeezed)
            or (len(digits) > 5 and re.search(bare, joined))
        ):
            found.append(secret)
    return found


def surfaces(answered: Answered, handbook: Handbook) -> Iterator[tuple[str, str]]:
    """All that is made of an answer, by what makes it."""
    yield "the answer itself", repr(answered)
    yield "json", json.dumps(to_json(answered, handbook), ensure_ascii=False)
    for one in (answered, *answered.also):
        yield "outline", outline(one, handbook).plain()
        for sent in to_replies(one, handbook, Under(asked_in=5)):
            yield "html", sent.html
            yield "plain", sent.plain
            yield "buttons", repr(sent.buttons)
        yield "why", "\n".join(explain(one))
    out = StringIO()
    write(answered, handbook, out)
    write_why(answered, out)
    yield "terminal", out.getvalue()


def assert_masked(told: Told, asked: str, answered: Answered, handbook: Handbook) -> None:
    """The kinds are told, the question is shown with them in their places, and nothing comes out.

    Compared first by surface, so that a failure names it.
    """
    found = [(name, leaks(told, text)) for name, text in surfaces(answered, handbook)]
    assert [(name, leaked) for name, leaked in found if leaked] == []
    assert answered.question.personal_data == told.kinds
    assert answered.question.text == asked.format(told.masked)


@pytest.mark.parametrize("kind", TOLD)
@settings(max_examples=25)
@given(data=st.data(), asked=st.sampled_from(ASKED))
def test_it_is_masked_in_all_that_is_made_of_an_answer(
    kind: str, data: st.DataObject, asked: str, knowledge: Knowledge
) -> None:
    told: Told = data.draw(TOLD[kind])
    answered = reply(asked.format(told.said), knowledge)
    assert_masked(told, asked, answered, knowledge.handbook)


@settings(max_examples=25)
@given(told=ANY, asked=st.sampled_from(FOLLOW_UPS), before=st.sampled_from([CHALLENGE, MISSED]))
def test_it_is_masked_in_a_follow_up(
    told: Told, asked: str, before: str, knowledge: Knowledge
) -> None:
    last = reply(before, knowledge)
    answered = reply(asked.format(told.said), knowledge, last)
    assert_masked(told, asked, answered, knowledge.handbook)


@settings(max_examples=25)
@given(told=ANY, asked=st.sampled_from(ASKED), after=st.sampled_from(FOLLOW_UPS))
def test_what_was_told_before_a_follow_up_stays_masked(
    told: Told, asked: str, after: str, knowledge: Knowledge
) -> None:
    last = reply(asked.format(told.said), knowledge)
    answered = reply(after.format("please"), knowledge, last)
    found = [(name, leaks(told, text)) for name, text in surfaces(answered, knowledge.handbook)]
    assert [(name, leaked) for name, leaked in found if leaked] == []
    assert answered.question.personal_data == ()


@settings(max_examples=25)
@given(told=st.one_of(TOLD["email"], TOLD["ni_number"], TOLD["postcode"]))
def test_it_is_masked_beside_a_choice_and_what_is_picked_of_it(
    told: Told, knowledge: Knowledge, unclear: tuple[str, Choice]
) -> None:
    text, choice = unclear
    answered = reply(f"{text} {told.said}", knowledge)
    assert answered.answer == choice
    assert [candidate.intent.title for candidate in choice.offered] == [
        one["title"] for one in to_json(answered, knowledge.handbook)["alternatives"]
    ]
    assert_masked(told, f"{text} {{}}", answered, knowledge.handbook)
    picked = reply("1", knowledge, answered)
    assert isinstance(picked.answer, Guidance)
    assert picked.question.personal_data == ()
    found = [(name, leaks(told, text)) for name, text in surfaces(picked, knowledge.handbook)]
    assert [(name, leaked) for name, leaked in found if leaked] == []


@pytest.fixture(scope="module")
def unclear(knowledge: Knowledge) -> tuple[str, Choice]:
    """A question that is answered by a choice of several, and that choice."""
    return unclear_question(knowledge)


@pytest.mark.parametrize("text", [CHALLENGE, MISSED, "hello"])
def test_what_tells_of_nobody_is_shown_as_it_is(text: str, knowledge: Knowledge) -> None:
    question = reply(text, knowledge).question
    assert (question.text, question.personal_data) == (text, ())


def test_what_is_asked_here_gets_an_answer_of_every_kind(knowledge: Knowledge) -> None:
    answers = [reply(asked.format(MAIL), knowledge) for asked in ASKED]
    assert {to_json(one, knowledge.handbook)["outcome"] for one in answers} == {
        "guidance",
        "choice",
        "not_covered",
        "small_talk",
    }
    assert any(one.also for one in answers)
    assert any(notice.kind == "danger" for one in answers for notice in one.notices)


def test_all_kinds_in_one_message_are_masked(knowledge: Knowledge) -> None:
    assert_masked(ALL, "{}", reply(ALL.said, knowledge), knowledge.handbook)


def test_it_is_told_that_such_details_are_to_be_left_out(knowledge: Knowledge) -> None:
    answered = reply(f"{MISSED}, {SECRETS['phone']} and {MAIL}", knowledge)
    (said,) = (one.text for one in answered.notices if one.kind == "personal_data")
    assert said.startswith("Your message seems to hold a phone number and an e-mail address.")
    assert said in outline(answered, knowledge.handbook).plain()


def test_a_question_on_the_command_line_comes_back_masked(terminal: Terminal) -> None:
    said = terminal.types("ask", ALL.said, "--json")
    told = json.loads(said.out)
    assert leaks(ALL, said.out + said.err) == []
    assert (told["question"], told["personal_data"]) == (ALL.masked, list(ALL.kinds))
    assert said.code == 0


def test_a_conversation_in_the_terminal_comes_back_masked(terminal: Terminal) -> None:
    lines = (ALL.said, "/why", f"and for boards? {ALL.said}", f"{MISSED} {MAIL}", "/why", "hello")
    said = terminal.types("chat", given="\n".join(lines).encode())
    assert leaks(ALL, said.out + said.err) == []
    assert (said.err, said.code) == ("", 0)
    assert said.out.count("Why this?") == 2


def test_a_batch_comes_back_masked(terminal: Terminal) -> None:
    asked = [{"id": number, "chat": "a", "text": ALL.said} for number in (1, 2)]
    given = "\n".join(json.dumps(one) for one in asked)
    said = terminal.types("ask", "--batch", "-", given=given.encode())
    told = [json.loads(line) for line in said.out.splitlines()]
    assert leaks(ALL, said.out + said.err) == []
    assert [(one["id"], one["question"]) for one in told] == [(1, ALL.masked), (2, ALL.masked)]


@pytest.fixture(scope="session")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    return Terminal(tmp_path_factory.mktemp("home"))


@contextmanager
def logged() -> Iterator[StringIO]:
    """All that is logged at the finest level: what the log shows of it, and our own lines raw."""
    out = StringIO()
    shown, raw = logging.StreamHandler(out), logging.StreamHandler(out)
    shown.setFormatter(Discreet())
    levels = {name: logging.getLogger(name).level for name in ("", "telegram", *OWN)}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
        logging.getLogger(name).addHandler(raw if name in OWN else shown)
    try:
        yield out
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
            logging.getLogger(name).removeHandler(raw if name in OWN else shown)


def kept(chat: Chat) -> str:
    """All that the application sends and remembers."""
    application = chat.application
    return repr(
        (
            chat.telegram.requests,
            chat.telegram.messages,
            dict(application.chat_data),
            dict(application.user_data),
        )
    )


@settings(max_examples=25)
@given(
    told=ANY,
    asked=st.sampled_from((*ASKED, *FOLLOW_UPS)),
    before=st.sampled_from([MISSED, "seen by", "hello"]),
)
async def test_it_is_masked_in_a_whole_chat_and_in_its_log(
    told: Told, asked: str, before: str, knowledge: Knowledge
) -> None:
    with logged() as log:
        async with Chat(knowledge) as chat:
            await chat.says(before)
            await chat.says(asked.format(told.said))
            await chat.says("and for boards?")
            await chat.says("1")
            assert leaks(told, kept(chat)) == []
            assert len(chat.heard) >= 4
    assert leaks(told, log.getvalue()) == []


async def test_all_kinds_in_one_message_are_masked_in_a_chat_too(knowledge: Knowledge) -> None:
    async with Chat(knowledge) as chat:
        await chat.says(ALL.said)
        assert leaks(ALL, kept(chat)) == []
        assert "Delete my message" in chat.buttons


async def test_a_failure_is_logged_without_what_a_person_wrote(knowledge: Knowledge) -> None:
    with logged() as log:
        async with Chat(knowledge) as chat:
            chat.telegram.refuse("sendMessage", 400, f"Bad Request: {ALL.said}")
            with pytest.raises(BadRequest):
                await chat.says(ALL.said)
            assert leaks(ALL, kept(chat)) == []
    assert '"error": "BadRequest"' in log.getvalue()
    assert leaks(ALL, log.getvalue()) == []


def test_a_secret_that_came_out_would_be_noticed() -> None:
    for secret in SECRETS.values():
        bare = re.sub(r"\D", "", secret)
        for text in (f"<b>{secret}</b>", secret.lower(), secret.upper()):
            assert secret in leaks(ALL, text)
        if len(bare) > 5:
            assert secret in leaks(ALL, f"it is {bare}.")
    assert leaks(ALL, ALL.masked) == []
    assert leaks(ALL, "In 2019, 12 of 34 reviews: 0.342019, para 3.4; aoc/81.4.") == []
