"""What somebody is offered who types behind the bot's name in any chat, and what is kept of it."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.context import installed
from bot.records.entries import Shared, Withdrawn
from bot.records.records import today
from bot.rendering.citing import short_citation
from bot.rendering.inline import card_of
from handlers.commands import WELCOME
from handlers.inline import DANGER, LONG, LONGEST, MORE, NAMES, NOTHING, OUTSIDE, RESTING
from knowledge.answering import answer
from knowledge.handbook import Handbook
from knowledge.model import Guidance
from knowledge.noticing import status_in_words
from knowledge.opening import Knowledge
from knowledge.standing import Standing, Withdrawal
from tests.bot.markup import shown
from tests.bot.questions import MISSED, unclear_question, uncovered_question
from tests.handlers.gathering import LENA, OPERATOR, SAM, STRANGER, TEAM, Typing, team_settings

INTENT = "missed-appointments"
PRIVATE = "Wilhelmina missed her appointments"
ARTICLE_ID, LONGEST_TEXT, MOST = 64, 4096, 50
"""Telegram's limits: bytes of a result's id, characters of a message, results."""


@pytest.fixture
async def sam(knowledge: Knowledge, tmp_path: Path) -> AsyncIterator[Typing]:
    async with Typing(knowledge, SAM, settings=team_settings(tmp_path)) as sam:
        yield sam


@pytest.fixture
async def stranger(knowledge: Knowledge, tmp_path: Path) -> AsyncIterator[Typing]:
    async with Typing(knowledge, STRANGER, settings=team_settings(tmp_path)) as stranger:
        yield stranger


def withdrawn(intent: str, handbook: Handbook) -> Withdrawn:
    """That the main point of an intent was withdrawn."""
    return Withdrawn(handbook.intent(intent).cites[0], "Under review.", "2026-01-05")


async def test_what_is_offered_first_is_what_would_be_answered(
    sam: Typing, knowledge: Knowledge
) -> None:
    offered = await sam.types(MISSED)
    answered = answer(MISSED, knowledge)
    assert isinstance(answered.answer, Guidance)
    others = [candidate.intent for candidate in answered.alternatives]
    ranked = [answered.answer.intent, *others]
    version = knowledge.handbook.version
    assert offered.ids == tuple(f"{intent.id}@{version(intent)}" for intent in ranked)
    assert offered.label == MORE


async def test_an_unclear_question_is_offered_all_that_it_may_mean(
    sam: Typing, knowledge: Knowledge
) -> None:
    text, choice = unclear_question(knowledge)
    offered = await sam.types(text)
    titles = [result["title"] for result in offered.results]
    assert titles == [candidate.intent.title for candidate in choice.offered]


async def test_a_result_is_posted_with_its_lead_main_point_citation_and_status(
    sam: Typing, handbook: Handbook
) -> None:
    (first, *_) = (await sam.types("=challenge-another-agency")).results
    intent, main = handbook.intent("challenge-another-agency"), handbook.unit("aoc/81.4")
    content = first["input_message_content"]
    title, lead, point, citation, status = shown(content["message_text"]).split("\n\n")
    assert (title, lead) == (intent.title, intent.lead)
    assert point == f"Recommendation to practitioners: {main.text}"
    assert citation == short_citation((main,), handbook)
    assert status.startswith(status_in_words(main, handbook))
    assert content["parse_mode"] == "HTML"
    assert content["link_preview_options"] == {"is_disabled": True}


async def test_a_result_says_what_it_is_and_leads_back_to_the_bot(
    sam: Typing, handbook: Handbook
) -> None:
    (first,) = (await sam.types(f"={INTENT}")).results
    (((button,),),) = (first["reply_markup"]["inline_keyboard"],)
    intent = handbook.intent(INTENT)
    assert (first["type"], first["title"]) == ("article", intent.title)
    assert intent.lead.startswith(first["description"].removesuffix("…"))
    assert button["text"] == "Read all of it"
    assert button["url"].startswith(f"https://t.me/lessons_bot?start=s_{INTENT}_")


@pytest.mark.parametrize("query", ["", "  "])
async def test_who_types_nothing_yet_is_offered_the_main_topics(
    sam: Typing, handbook: Handbook, query: str
) -> None:
    offered = await sam.types(query)
    themes = [handbook.intent(id.partition("@")[0]).theme for id in offered.ids]
    assert themes == [theme.id for theme in handbook.themes]
    assert offered.label == MORE


async def test_a_topic_whose_first_answer_is_withdrawn_is_offered_by_another(
    sam: Typing, handbook: Handbook
) -> None:
    before = await sam.types("")
    gone = before.ids[0].partition("@")[0]
    await sam.keep(withdrawn(gone, handbook))
    installed(sam.application).live.look_again()
    after = await sam.types("")
    assert len(after.ids) == len(before.ids)
    assert gone not in [id.partition("@")[0] for id in after.ids]


@pytest.mark.parametrize("query", [f"={INTENT}", f"={INTENT} "])
async def test_who_shares_an_answer_is_offered_just_that(
    sam: Typing, handbook: Handbook, query: str
) -> None:
    offered = await sam.types(query)
    assert offered.ids == (f"{INTENT}@{handbook.version(handbook.intent(INTENT))}",)


async def test_results_are_for_one_person_and_for_a_few_seconds(sam: Typing) -> None:
    for query in ("", MISSED, f"={INTENT}"):
        offered = await sam.types(query)
        assert (offered.is_personal, 0 <= offered.seconds <= 5) == (True, True)


async def test_the_same_words_bring_the_same_ids_to_everyone(
    sam: Typing, knowledge: Knowledge, tmp_path: Path
) -> None:
    folder = tmp_path / "another"
    folder.mkdir()
    async with Typing(knowledge, SAM, settings=team_settings(folder)) as another:
        assert (await another.types(MISSED)).ids == (await sam.types(MISSED)).ids


async def test_where_nothing_sensible_is_found_the_way_leads_into_a_private_chat(
    sam: Typing, knowledge: Knowledge
) -> None:
    question, _ = uncovered_question(knowledge)
    offered = await sam.types(question)
    assert (offered.ids, offered.label, offered.starts) == ((), NOTHING, "ask")
    await sam.says(f"/start {offered.starts}")
    assert sam.heard == (WELCOME,)


@pytest.mark.parametrize("words", [f"{MISSED} ", "la "])
async def test_who_types_more_than_telegram_passes_on_is_told_that_it_was_cut(
    sam: Typing, words: str
) -> None:
    offered = await sam.types((words * LONGEST)[:LONGEST])
    assert offered.label == LONG


async def test_danger_is_heard_before_all_else(sam: Typing) -> None:
    offered = await sam.types("he is hitting Wilhelmina right now")
    assert offered.label == DANGER


async def test_whoever_names_somebody_is_told_and_the_name_is_in_no_result(sam: Typing) -> None:
    offered = await sam.types(PRIVATE)
    assert offered.label == NAMES
    assert offered.results
    assert "Wilhelmina" not in json.dumps(offered.results)


async def test_nothing_that_is_typed_is_kept(
    sam: Typing, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    await sam.types("")
    live = installed(sam.application).live.knowledge
    remembered = len(live.recent), len(live.screened)
    for end in range(6, len(PRIVATE), 6):
        await sam.types(PRIVATE[:end])
    kept = repr(await sam.all_kept())
    files = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert [place for place in (kept, caplog.text) if "Wilhel" in place] == []
    assert b"Wilhel" not in files
    assert installed(sam.application).live.knowledge is live
    assert (len(live.recent), len(live.screened)) == remembered


@pytest.mark.parametrize("query", ["", MISSED, f"={INTENT}", PRIVATE])
async def test_a_stranger_is_offered_nothing_but_whom_to_ask(stranger: Typing, query: str) -> None:
    offered = await stranger.types(query)
    assert (offered.ids, offered.label) == ((), OUTSIDE)
    assert (offered.is_personal, offered.seconds <= 5) == (True, True)


async def test_who_is_in_an_allowed_group_may_ask_in_any_chat(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    async with Typing(knowledge, LENA, settings=team_settings(tmp_path)) as lena:
        lena.telegram.members[TEAM, LENA] = {"status": "member"}
        assert (await lena.types(f"={INTENT}")).label == MORE
        (asked,) = lena.telegram.asked("getChatMember")
        assert (asked["chat_id"], asked["user_id"]) == (TEAM, LENA)


async def test_somebody_put_off_the_list_is_offered_nothing_any_more(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    known = team_settings(tmp_path)
    for listed, label in ((known, MORE), (replace(known, operators=frozenset()), OUTSIDE)):
        async with Typing(knowledge, OPERATOR, settings=listed) as operator:
            assert (await operator.types(f"={INTENT}")).label == label


@pytest.mark.parametrize("query", [MISSED, f"={INTENT}"])
async def test_a_withdrawn_answer_is_not_offered(
    sam: Typing, handbook: Handbook, query: str
) -> None:
    await sam.keep(withdrawn(INTENT, handbook))
    offered = await sam.types(query)
    assert INTENT not in [id.partition("@")[0] for id in offered.ids]


@pytest.mark.parametrize("query", ["", MISSED, f"={INTENT}"])
async def test_while_the_bot_rests_nothing_is_offered(
    knowledge: Knowledge, tmp_path: Path, query: str
) -> None:
    async with Typing(knowledge, OPERATOR, settings=team_settings(tmp_path)) as operator:
        await operator.says("/maintenance on back at 5")
        offered = await operator.types(query)
        assert (offered.ids, offered.label) == ((), RESTING)


async def test_a_post_whose_id_is_told_is_kept_with_its_answer_and_version(sam: Typing) -> None:
    await sam.picks(f"{INTENT}@0a1b2c3d", "post-1", query=PRIVATE)
    assert await sam.kept(Shared) == (
        Shared("inline:post-1", 0, "post-1", INTENT, "0a1b2c3d", today()),
    )
    assert "Wilhelmina" not in repr(await sam.all_kept())


@pytest.mark.parametrize(
    ("result", "post"),
    [(f"{INTENT}@0a1b2c3d", None), ("an-intent-that-is-gone@0a1b2c3d", "post-1"), ("", "post-1")],
)
async def test_a_post_that_cannot_be_edited_later_is_not_kept(
    sam: Typing, result: str, post: str | None
) -> None:
    await sam.picks(result, post)
    assert await sam.kept(Shared) == ()


async def test_what_a_stranger_posts_is_not_kept(stranger: Typing) -> None:
    await stranger.picks(f"{INTENT}@0a1b2c3d", "post-1")
    assert await stranger.all_kept() == ()


async def test_an_offer_that_comes_too_late_is_no_fault(sam: Typing) -> None:
    sam.telegram.refuse(
        "answerInlineQuery", 400, "Bad Request: query is too old and response timeout expired"
    )
    await sam.types(MISSED)
    assert (await sam.types(MISSED)).ids


@settings(max_examples=25, deadline=None)
@given(query=st.text(max_size=LONGEST) | st.sampled_from(["=", "=<b>", "@", "\0", "=é"]))
async def test_whatever_is_typed_is_answered_within_telegrams_limits(
    knowledge: Knowledge, query: str
) -> None:
    async with Typing(knowledge, SAM) as sam:
        offered = await sam.types(query)
        assert len(offered.ids) == len(set(offered.ids)) <= MOST
        assert 1 <= len(offered.label) <= 64


def test_every_answer_can_be_posted_as_telegram_takes_it(handbook: Handbook) -> None:
    for intent in handbook.intents:
        card = card_of(intent, handbook)
        assert card, intent.id
        text = shown(card.html)
        assert card.id == f"{intent.id}@{handbook.version(intent)}"
        assert len(card.id.encode()) <= ARTICLE_ID
        assert 1 <= len(card.title) <= 120, card.title
        assert 1 <= len(card.description) <= 120, card.description
        assert len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT
        assert text.split() == card.plain.split()
        assert "\n" not in card.title + card.description


def test_every_answer_that_is_posted_says_where_it_stands(handbook: Handbook) -> None:
    for intent in handbook.intents:
        card = card_of(intent, handbook)
        main = handbook.unit(intent.cites[0])
        assert card
        wanted = (intent.lead, main.text, main.locator, status_in_words(main, handbook))
        assert [words for words in wanted if words not in card.plain] == [], intent.id


def test_no_answer_can_be_posted_while_its_main_point_is_withdrawn(handbook: Handbook) -> None:
    taken_out = tuple(Withdrawal(unit.id, "Under review.", "2026-01-05") for unit in handbook.units)
    empty = replace(handbook, standing=Standing(taken_out))
    assert [intent.id for intent in empty.intents if card_of(intent, empty)] == []
