"""What does not fit into one message goes out in several, with no word and no tag lost."""

from dataclasses import replace
from html import escape

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.rendering.buttons import Under, under
from bot.rendering.html import LIMIT, Reply, split, text_replies, to_html, to_replies
from bot.rendering.outline import Outline, Section
from knowledge.answering import show_chosen
from knowledge.handbook import Handbook
from knowledge.model import Notice, Question
from tests.bot.markup import shown

WORDS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Z"]) | st.sampled_from('<>&"😀ش'),
    min_size=1,
    max_size=40,
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=20).map(" ".join)
LINES = st.builds(lambda line, times: " ".join([line] * times), SENTENCES, st.integers(1, 60))
"""Lines up to many messages long, with words of their own."""
SECTIONS = st.builds(Section, SENTENCES, st.lists(LINES, min_size=1, max_size=9).map(tuple))
OUTLINES = st.builds(
    Outline,
    st.lists(LINES, min_size=1, max_size=9).map(tuple),
    st.lists(SECTIONS, max_size=5).map(tuple),
)
FEWER = settings(max_examples=40)
"""An outline of many messages takes a twentieth of a second to draw."""


def length(text: str) -> int:
    """As Telegram counts: units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def said(parts: list[Outline]) -> list[str]:
    """The words of all parts, of headings that are said again the first alone."""
    words: list[str] = []
    before = None
    for part in parts:
        for line in part.first:
            words += line.split()
        for section in part.more:
            words += section.heading.split() if section.heading != before else []
            before = section.heading
            for line in section.lines:
                words += line.split()
    return words


def with_headings_of_their_own(words: Outline) -> Outline:
    """The outline with a number in each heading, so that none is another."""
    sections = (Section(f"{n} {one.heading}", one.lines) for n, one in enumerate(words.more))
    return Outline(words.first, tuple(sections))


@example(Outline(("😀" * 4000,)))
@example(Outline(("a",) * 4096))
@example(Outline(("<" * 4096,), (Section("&", ("<b>" * 2000,)),)))
@example(Outline(("a " * 2000,), (Section("b", ("c " * 1500, "d " * 1500)),)))
@FEWER
@given(words=OUTLINES)
def test_each_part_is_one_that_telegram_takes(words: Outline) -> None:
    for part in split(words):
        assert 0 < length(shown(to_html(part))) <= LIMIT
        assert 0 < length(part.plain()) <= LIMIT


@FEWER
@given(words=OUTLINES)
def test_no_word_is_lost_and_none_is_said_twice(words: Outline) -> None:
    words = with_headings_of_their_own(words)
    assert said(list(split(words))) == said([words])


@FEWER
@given(words=OUTLINES)
def test_a_point_that_fits_into_a_message_is_never_cut(words: Outline) -> None:
    whole = [line for part in split(words) for line in (*part.first, *lines_of(part))]
    short = [line for line in (*words.first, *lines_of(words)) if length(line) <= LIMIT // 2]
    assert [line for line in short if line not in whole] == []


def lines_of(words: Outline) -> list[str]:
    """All lines under headings."""
    return [line for section in words.more for line in section.lines]


@FEWER
@given(words=OUTLINES)
def test_with_and_without_markup_the_same_words_are_read(words: Outline) -> None:
    for part in split(words):
        assert shown(to_html(part)).split() == part.plain().split()


@given(words=SENTENCES)
def test_what_fits_into_one_message_is_one(words: str) -> None:
    assert text_replies(words) == (Reply(escape(words, quote=False), words),)


@given(text=LINES)
def test_plain_words_of_any_length_arrive_whole(text: str) -> None:
    replies = text_replies(text)
    assert [word for reply in replies for word in reply.plain.split()] == text.split()
    assert [reply for reply in replies if length(reply.plain) > LIMIT] == []


def test_the_buttons_stand_under_the_last_part_alone(handbook: Handbook) -> None:
    answered = show_chosen(Question("what about it"), "missed-appointments", handbook)
    long = replace(answered, notices=(Notice("cut", "far " * 3000), *answered.notices))
    *before, last = to_replies(long, handbook, Under(asked_in=1))
    assert len(before) > 1
    assert [reply.buttons for reply in before] == [()] * len(before)
    assert last.buttons == under(long, Under(asked_in=1)) != ()
