"""The words of an answer, in order and without markup: every renderer writes this outline, so all
say the same.
"""

from dataclasses import dataclass
from functools import partial
from typing import assert_never

from bot.rendering.citing import cited, notes, point, short_citation, sources
from knowledge.handbook import Handbook
from knowledge.model import (
    Answered,
    Choice,
    Guidance,
    Maintenance,
    NotCovered,
    SmallTalk,
    Withdrawn,
)
from knowledge.noticing import in_words, status_in_words

SHORT = 700
"""Characters of an answer's first part at most: what a phone shows at a glance."""

_AT_POINT = ("status", "stale", "ages")
"""Notices that are said beside the main point, where they are not missed."""
_AFTER = ("local", "withdrawn", "then_and_now")
"""Notices that have a section of their own."""
_PRESSING = ("danger", "live_concern", "distress")
ELSE = " If a child is in danger now, call 999. For anything else, ask your safeguarding lead."
REPHRASE = "Try other words, or ask about one thing at a time: who, what age, what worries you."


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines under it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """`first`: read at a glance, the very first line standing out. `more`: for who wants it."""

    first: tuple[str, ...]
    more: tuple[Section, ...] = ()

    def plain(self) -> str:
        """The whole as plain text."""
        sections = ("\n".join((section.heading, *section.lines)) for section in self.more)
        return "\n\n".join(("\n".join(self.first), *sections))


def outline(answered: Answered, handbook: Handbook, works_in: str = "") -> Outline:
    """The outline of one answer, without those in `also`; of its further points those come first
    that concern the agency or role that the asker works in.
    """
    match answered.answer:
        case Guidance() as guidance:
            return _guidance(guidance, answered, handbook, works_in)
        case Choice(offered):
            titles = tuple(
                f"{n}. {candidate.intent.title}" for n, candidate in enumerate(offered, 1)
            )
            opening = "Did you mean one of these?" if len(titles) > 1 else "Did you mean this?"
            return Outline(
                (*_said(answered), opening, *titles, f"If not: {REPHRASE[0].lower()}{REPHRASE[1:]}")
            )
        case NotCovered(route):
            said = (*_said(answered), "I found nothing on this in the five reports.", route.text)
            # who is in danger or worn out is not asked to put it better
            return Outline(said if _is_pressing(answered) else (*said, REPHRASE))
        case SmallTalk(reply):
            return Outline((*_said(answered), reply.says))
        case Withdrawn() as withdrawn:
            return Outline((*_said(answered), *_withdrawn(withdrawn, handbook)))
        case Maintenance(says):
            return Outline(
                (*_said(answered), resting(says, "" if _is_pressing(answered) else ELSE))
            )
        case other:
            assert_never(other)


def resting(says: str, otherwise: str = ELSE) -> str:
    """That the bot rests, and where to turn meanwhile."""
    return f"This bot is resting: {says}{otherwise}"


def _withdrawn(withdrawn: Withdrawn, handbook: Handbook) -> tuple[str, ...]:
    """That an answer was taken out, why, and where to look instead."""
    unit, why = withdrawn.unit, withdrawn.withdrawal
    titles = (f"{n}. {intent.title}" for n, intent in enumerate(withdrawn.instead, 1))
    return (
        f"The answer to “{withdrawn.intent.title}” was withdrawn on {in_words(why.on)}: "
        f"{why.reason}",
        f"It rested on {unit.id} in {short_citation((unit,), handbook)} Until it is back, ask your "
        "safeguarding lead.",
        *(("See instead:", *titles) if withdrawn.instead else ()),
    )


def _said(answered: Answered) -> tuple[str, ...]:
    return tuple(notice.text for notice in answered.notices)


def _is_pressing(answered: Answered) -> bool:
    return any(notice.kind in _PRESSING for notice in answered.notices)


def _of(answered: Answered, kind: str) -> tuple[str, ...]:
    """The lines of the notices of a kind."""
    return tuple(
        text
        for notice in answered.notices
        if notice.kind == kind
        for text in notice.text.split("\n")
    )


def first_part(guidance: Guidance, answered: Answered, handbook: Handbook) -> tuple[str, ...]:
    """What is read at a glance, and what is shared: the lead, the main point with what it needs,
    citation and status.
    """
    main = guidance.points[0]
    together = (main, *(handbook.unit(id) for id in main.shown_with))
    beside = (n.text for n in answered.notices if n.kind in _AT_POINT and n.kind != "status")
    turned = any(notice.kind == "polarity" for notice in answered.notices)
    return (
        # a lead that says yes would say it to the question as it is titled, not as it was put
        *(() if turned else (guidance.intent.lead,)),
        *(point(unit) for unit in together),
        short_citation(together, handbook),
        " ".join((status_in_words(main, handbook), *beside)),
    )


def _guidance(guidance: Guidance, answered: Answered, handbook: Handbook, works_in: str) -> Outline:
    before = tuple(
        notice.text for notice in answered.notices if notice.kind not in (*_AT_POINT, *_AFTER)
    )
    shown = {guidance.points[0].id, *guidance.points[0].shown_with}
    rest = [unit for unit in guidance.points if unit.id not in shown]
    rest.sort(key=lambda unit: works_in not in unit.concerns)  # the others stay in their order
    further = partial(cited, main=guidance.points[0], handbook=handbook)
    related = [
        handbook.intent(id).title for id in guidance.intent.related if handbook.has_intent(id)
    ]
    sections = (
        Section("More on this", tuple(further(unit) for unit in rest if not unit.for_boards)),
        Section(
            "For boards and managers", tuple(further(unit) for unit in rest if unit.for_boards)
        ),
        Section("Withdrawn", _of(answered, "withdrawn")),
        Section("Where you work", _of(answered, "local")),
        Section("Since then", _of(answered, "then_and_now")),
        Section("Sources", sources(guidance.points, handbook)),
        Section("Notes", notes(guidance.points, handbook)),
        Section("Related questions", tuple(related)),
    )
    return Outline(
        (*before, *first_part(guidance, answered, handbook)),
        tuple(section for section in sections if section.lines),
    )
