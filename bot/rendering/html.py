"""Turn an answer into Telegram messages. The only writer of HTML."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape

from bot.rendering.buttons import Rows, Under, under
from bot.rendering.outline import Outline, Section, outline
from knowledge.handbook import Handbook
from knowledge.model import Answered

LIMIT = 4096
"""Characters of a message, as Telegram counts them: in UTF-16, without the markup."""
LONGEST = 3000
"""Characters, counted likewise, of a line that is left whole: a longer one is cut at a space."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to be sent. `plain`: the same words without markup."""

    html: str
    plain: str
    buttons: Rows = ()


def to_replies(
    answered: Answered, handbook: Handbook, place: Under | None = None
) -> tuple[Reply, ...]:
    """The messages for one answer, the buttons under the last."""
    place = place or Under()
    *before, last = split(outline(answered, handbook, place.works_in))
    return (
        *(Reply(to_html(words), words.plain()) for words in before),
        Reply(to_html(last), last.plain(), under(answered, place)),
    )


def text_reply(text: str, buttons: Rows = ()) -> Reply:
    """A message of plain words, which has to be short enough for one."""
    return Reply(escape(text, quote=False), text, buttons)


def text_replies(text: str) -> tuple[Reply, ...]:
    """Plain words in as many messages as it takes, cut between lines."""
    parts = split(Outline(tuple(text.split("\n"))))
    return tuple(text_reply(words.plain()) for words in parts)


def with_buttons(replies: tuple[Reply, ...], buttons: Rows) -> tuple[Reply, ...]:
    """The messages with buttons under the last."""
    *before, last = replies
    return (*before, replace(last, buttons=buttons))


def split(words: Outline) -> Iterator[Outline]:
    """The outline in parts that one message can hold each, cut between points; a heading is said
    again where what stands under it goes on.
    """
    if _size(words) <= LIMIT:
        yield words
        return
    part = Outline(())
    for heading, line in _pieces(words):
        longer = _add(part, heading, line)
        if part.first + part.more and _size(longer) > LIMIT:
            yield part
            longer = _add(Outline(()), heading, line)
        part = longer
    yield part


def _pieces(words: Outline) -> Iterator[tuple[str, str]]:
    """Each line with the heading that it stands under; none for those at first."""
    for line in words.first:
        yield from (("", part) for part in _cut(line))
    for section in words.more:
        for line in section.lines:
            yield from ((section.heading, part) for part in _cut(line))


def _cut(line: str) -> Iterator[str]:
    while len(line) > LONGEST or _length(line) > LONGEST:
        # half of them, where each may count twice
        end = LONGEST if _length(line[:LONGEST]) <= LONGEST else LONGEST // 2
        at = line.rfind(" ", 1, end)
        at = at if at > 0 else end
        yield line[:at]
        line = line[at:].lstrip()
    yield line


def _add(part: Outline, heading: str, line: str) -> Outline:
    if not heading:
        return Outline((*part.first, line), part.more)
    if part.more and part.more[-1].heading == heading:
        *before, last = part.more
        return Outline(part.first, (*before, Section(heading, (*last.lines, line))))
    return Outline(part.first, (*part.more, Section(heading, (line,))))


def _size(words: Outline) -> int:
    """As the HTML shows it, which parts any two of `first` by an empty line."""
    return _length(words.plain()) + len(words.first)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


def to_html(words: Outline) -> str:
    """The outline as Telegram's HTML, the further parts in an expandable quotation."""
    first = [escape(line, quote=False) for line in words.first]
    more = "\n\n".join(_section(section) for section in words.more)
    opening = [f"<b>{first[0]}</b>", *first[1:]] if first and first[0] else first
    quotation = f"<blockquote expandable>{more}</blockquote>" if more else ""
    return "\n".join(filter(None, ("\n\n".join(opening), quotation)))


def _section(section: Section) -> str:
    lines = "\n".join(escape(line, quote=False) for line in section.lines)
    return f"<b>{escape(section.heading, quote=False)}</b>\n{lines}"
