"""The words of an answer, in order and without markup: every renderer writes this outline, so all
say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from knowledge.guidance import Unit
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
from knowledge.noticing import in_words, status_in_words, written_about

SHORT = 700
"""Characters of an answer's first part at most: what a phone shows at a glance."""

_KINDS = {
    "recommendation": "Recommendation",
    "finding": "Finding",
    "case": "Case",
    "comment": "Comment",
    "statistic": "Figure",
    "indicator": "Indicator",
    "definition": "Definition",
    "contact": "Contact",
}
_AUDIENCES = {"practitioners": "practitioners", "boards": "boards", "all": "everyone"}
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
            rest = "" if _is_pressing(answered) else ELSE
            return Outline((*_said(answered), f"This bot is resting: {says}{rest}"))
        case other:
            assert_never(other)


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


def label(unit: Unit) -> str:
    """What kind of thing a unit is and for whom: `Recommendation to practitioners`."""
    if unit.kind == "recommendation":
        return f"Recommendation to {' and '.join(_AUDIENCES[who] for who in unit.addressed_to)}"
    return _KINDS[unit.kind]


def short_citation(units: Sequence[Unit], handbook: Handbook) -> str:
    """Report, publisher, year, places and what was read, for units of one report."""
    source = handbook.source_of(units[0])
    first, *others = dict.fromkeys(unit.locator for unit in units)
    document = first.partition(", ")[0] + ", "
    places = "; ".join((first, *(other.removeprefix(document) for other in others)))
    read = " and ".join(dict.fromkeys(source.read_in[via] for unit in units for via in unit.via))
    return f"{source.short} ({source.known_as}, {source.year}), {places}; read in {read}."


def point(unit: Unit) -> str:
    """A unit's words behind its label."""
    return f"{label(unit)}: {unit.text}"


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
    cited = partial(_cited, main=guidance.points[0], handbook=handbook)
    related = [
        handbook.intent(id).title for id in guidance.intent.related if handbook.has_intent(id)
    ]
    sections = (
        Section("More on this", tuple(cited(unit) for unit in rest if not unit.for_boards)),
        Section("For boards and managers", tuple(cited(unit) for unit in rest if unit.for_boards)),
        Section("Withdrawn", _of(answered, "withdrawn")),
        Section("Where you work", _of(answered, "local")),
        Section("Since then", _of(answered, "then_and_now")),
        Section("Sources", _sources(guidance.points, handbook)),
        Section("Notes", _notes(guidance.points, handbook)),
        Section("Related questions", tuple(related)),
    )
    return Outline(
        (*before, *first_part(guidance, answered, handbook)),
        tuple(section for section in sections if section.lines),
    )


def _cited(unit: Unit, main: Unit, handbook: Handbook) -> str:
    """A further point with its place, and its ages where they are not the main point's."""
    words = (point(unit), written_about(unit, handbook) if unit.ages != main.ages else "")
    return f"{' '.join(filter(None, words))} [{unit.id}: {unit.locator}]"


def _sources(units: Sequence[Unit], handbook: Handbook) -> tuple[str, ...]:
    lines: list[str] = []
    for slug in dict.fromkeys(unit.source for unit in units):
        own = [unit for unit in units if unit.source == slug]
        source = handbook.source_of(own[0])
        places = "; ".join(f"{unit.id}: {unit.locator}" for unit in own)
        read = " and ".join(dict.fromkeys(source.read_in[via] for unit in own for via in unit.via))
        lines.append(
            f"{source.full_title}. {source.publisher}, {source.published}; {source.period}. "
            f"{places}. Read in: {read}. "
            f"Status noted on {source.as_of}, to be looked at again by {source.review_by}."
        )
    return tuple(lines)


def _notes(units: Sequence[Unit], handbook: Handbook) -> tuple[str, ...]:
    own = [f"{unit.id}: {unit.note}" for unit in units if unit.note]
    general = [
        note
        for slug in dict.fromkeys(unit.source for unit in units)
        for note in handbook.source_of(next(u for u in units if u.source == slug)).notes
    ]
    return (*own, *general)
