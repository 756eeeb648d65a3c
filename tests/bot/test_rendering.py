"""How an answer is told: the same words everywhere, none that mislead, short where it counts."""

import re
from dataclasses import replace
from io import StringIO

import pytest

from bot.rendering.html import LIMIT, to_html, to_replies
from bot.rendering.json import to_json
from bot.rendering.outline import SHORT, Outline, outline
from bot.rendering.terminal import write
from knowledge.answering import show_chosen
from knowledge.handbook import Handbook
from knowledge.model import Answered, Notice, Question
from knowledge.noticing import status_in_words
from knowledge.places import BUILT_IN
from tests.bot.markup import shown
from tests.bot.questions import KINDS

INTENTS = sorted(path.stem for path in (BUILT_IN / "intents").glob("*.yaml"))
of_each_intent = pytest.mark.parametrize("intent", INTENTS)
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Screen(StringIO):
    """A terminal that shows colours."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def answered(handbook: Handbook, intent: str) -> Answered:
    """The answer of an intent, to a question that speaks of no age."""
    return show_chosen(Question("what about it"), intent, handbook)


@pytest.fixture
def words(answered: Answered, handbook: Handbook) -> Outline:
    return outline(answered, handbook)


@of_each_intent
def test_what_is_read_at_a_glance_is_short(words: Outline) -> None:
    at_a_glance = shown(to_html(Outline(words.first)))
    assert len(at_a_glance) <= SHORT


@of_each_intent
def test_an_answer_fits_into_one_message(words: Outline) -> None:
    assert len(shown(to_html(words))) <= LIMIT


@of_each_intent
def test_every_answer_names_its_report_its_place_and_its_status(
    words: Outline, handbook: Handbook, intent: str
) -> None:
    main = handbook.points(handbook.intent(intent))[0]
    source = handbook.source_of(main)
    citation, status = words.first[-2:]
    assert citation.startswith(f"{source.short} ({source.known_as}, {source.year}), ")
    assert main.locator in citation
    assert [via for via in main.via if source.read_in[via] not in citation] == []
    assert status.startswith(status_in_words(main, handbook))


@of_each_intent
def test_every_point_is_told_once_with_its_place(
    words: Outline, handbook: Handbook, intent: str
) -> None:
    text = words.plain()
    for unit in handbook.points(handbook.intent(intent)):
        assert text.count(unit.text) == 1
        assert f"{unit.id}: {unit.locator}" in text


@of_each_intent
def test_what_misleads_alone_is_never_told_alone(words: Outline, handbook: Handbook) -> None:
    for told in (words.plain(), "\n".join(words.first)):
        for unit in handbook.units:
            if unit.text in told:
                alone = [id for id in unit.shown_with if handbook.unit(id).text not in told]
                assert alone == []


@of_each_intent
def test_what_boards_are_asked_stands_apart(
    words: Outline, handbook: Handbook, intent: str
) -> None:
    _, *others = handbook.points(handbook.intent(intent))
    sections = {section.heading: "\n".join(section.lines) for section in words.more}
    for unit in others:
        if unit.text not in "\n".join(words.first):
            heading = "For boards and managers" if unit.for_boards else "More on this"
            assert unit.text in sections[heading]


@of_each_intent
def test_terminal_telegram_and_json_say_the_same(answered: Answered, handbook: Handbook) -> None:
    agree(answered, handbook)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_says_the_same_everywhere(
    of_each_kind: Answered, handbook: Handbook
) -> None:
    agree(of_each_kind, handbook)


def agree(answered: Answered, handbook: Handbook) -> None:
    """Compare the words of every renderer, spaces and lines apart."""
    several = (answered, *answered.also)
    first = to_json(answered, handbook)
    told = [one["text"] for one in (first, *first["also"])]
    replies = [reply for one in several for reply in to_replies(one, handbook)]
    pipe, screen = StringIO(), Screen()
    write(answered, handbook, pipe)
    write(answered, handbook, screen)
    said = " ".join(told).split()
    assert said
    assert " ".join(shown(reply.html) for reply in replies).split() == said
    assert " ".join(reply.plain for reply in replies).split() == said
    assert pipe.getvalue().split() == said
    assert COLOURS.sub("", screen.getvalue()).split() == said


def test_units_that_need_others_are_there_to_be_held_to_it(handbook: Handbook) -> None:
    needy = {unit.id: unit.shown_with for unit in handbook.units if unit.shown_with}
    assert needy == {
        "ba07/m.1": ("ba07/p.0",),
        **{f"ba07/p.{n}": ("ba07/p.0", "ba07/m.1") for n in range(1, 8)},
    }


def test_an_answer_for_another_age_says_whom_it_was_written_about(handbook: Handbook) -> None:
    def status(question: str) -> str:
        answered = show_chosen(Question(question), "challenge-another-agency", handbook)
        return outline(answered, handbook).first[-1]

    said = "Written about young people aged 14 and over."
    assert status("who do I challenge").endswith(said)
    assert status("who do I challenge about this baby").endswith(said)
    assert said not in status("who do I challenge about this teenager")


def test_a_notice_leads_the_answer(answers: dict[str, Answered], handbook: Handbook) -> None:
    guidance = answers["guidance"]
    led = replace(guidance, notices=(Notice("danger", "Call 999."), *guidance.notices))
    assert outline(led, handbook).first[0] == "Call 999."
    assert to_replies(led, handbook)[0].html.startswith("<b>Call 999.</b>")
    assert to_json(led, handbook)["danger"] is True
