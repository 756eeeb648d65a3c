"""Say what can be browsed: topics, reports and units of guidance, in pages of buttons."""

import re
from collections.abc import Callable, Mapping
from functools import cache

from bot import actions
from bot.actions import encode
from bot.rendering.buttons import Button, Rows, capital, shorten
from bot.rendering.citing import point, short_citation
from bot.rendering.html import Reply, text_reply
from bot.rendering.outline import resting
from knowledge.guidance import CONCERNS, Intent, Source, Unit
from knowledge.handbook import Handbook
from knowledge.noticing import STATUS_IN_WORDS, in_words, stale, status_in_words, written_about

PAGE = 8
"""Buttons of a page: what a phone shows without scrolling."""
LABEL = 60
"""Characters of a button's label."""


UNITS_OF = {"theme-units": "theme", "age-units": "age", "agency-units": "agency"}
"""Lists of units, by those of the questions that rest on them."""


@cache
def agencies() -> Mapping[str, str]:
    """The agencies and roles, by what stands for each in a button."""
    return {slug(concern): concern for concern in CONCERNS}


def slug(name: str) -> str:
    """A name as a button carries it."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def topics(handbook: Handbook) -> Reply:
    """The ways to browse, the themes first."""
    themes = [_list(theme.title, "theme", theme.id) for theme in handbook.themes]
    ways = (_list("By age group", "ages", ""), _list("By agency or role", "agencies", ""))
    reports = (_list("By report", "reports", ""),)
    return text_reply("What is it about?", (*_in_pairs(themes), ways, reports))


def page_of(by: str, key: str, page: int, handbook: Handbook) -> Reply | None:
    """A page of a list; None where there is none (any more)."""
    if by == "topics":
        return topics(handbook)
    found = _entries(by, key, handbook)
    if found is None:
        return None
    title, buttons = found
    pages = max((len(buttons) + PAGE - 1) // PAGE, 1)
    if page >= pages:
        return None
    shown = buttons[page * PAGE : (page + 1) * PAGE]
    turning = (
        *((_list("Previous", by, key, page - 1),) if page else ()),
        *((_list("Next", by, key, page + 1),) if page + 1 < pages else ()),
        _list("All topics", "topics", ""),
    )
    where = f" ({page + 1} of {pages})" if pages > 1 else ""
    beside = _beside(by, key, handbook)
    rows = (*((button,) for button in shown), *((beside,) if beside else ()), turning)
    return text_reply(f"{title}{where}", rows)


def _beside(by: str, key: str, handbook: Handbook) -> tuple[Button, ...]:
    """From questions to the units of guidance that they rest on, and back."""
    if by in UNITS_OF:
        return (_list("Their questions", UNITS_OF[by], key),)
    for units, questions in UNITS_OF.items():
        if by == questions:
            return (_list("Units of guidance", units, key),)
    return ()


def _entries(by: str, key: str, handbook: Handbook) -> tuple[str, tuple[Button, ...]] | None:
    """What a list is called, and all its buttons."""
    if by == "ages":
        groups = [_list(g.name.capitalize(), "age", g.id) for g in handbook.age_groups]
        return "Which age group?", tuple(groups)
    if by == "agencies":
        return "Which agency or role?", tuple(
            _list(capital(name), "agency", short)
            for short, name in agencies().items()
            if _about(name, handbook)
        )
    if by == "age":
        for group in handbook.age_groups:
            if group.id == key:
                about = [i for i in handbook.intents if key in _main(i, handbook).ages]
                return f"About {group.name}", _titles(about)
    if by == "agency" and key in agencies():
        return f"For {agencies()[key]}", _titles(_about(agencies()[key], handbook))
    if by == "theme":
        for theme in handbook.themes:
            if theme.id == key:
                return theme.title, _titles([i for i in handbook.intents if i.theme == key])
    if by in UNITS_OF and (found := _entries(UNITS_OF[by], key, handbook)):
        return f"{found[0]}: units of guidance", _units(UNITS_OF[by], key, handbook)
    if by == "reports":
        return "Which report?", _reports(handbook)
    if by == "source":
        for source in handbook.sources:
            if source.slug == key:
                own = [unit for unit in handbook.units if unit.source == key]
                return f"{source.short}: units of guidance", tuple(
                    _unit(unit, handbook) for unit in own
                )
    return None


def _units(by: str, key: str, handbook: Handbook) -> tuple[Button, ...]:
    """A button for each unit of a theme, an age group or an agency."""
    themed = {id for intent in handbook.intents if intent.theme == key for id in intent.cites}
    fits: Mapping[str, Callable[[Unit], bool]] = {
        "theme": lambda unit: unit.id in themed,
        "age": lambda unit: key in unit.ages,
        "agency": lambda unit: agencies()[key] in unit.concerns,
    }
    return tuple(_unit(unit, handbook) for unit in handbook.units if fits[by](unit))


def _reports(handbook: Handbook) -> tuple[Button, ...]:
    return tuple(_list(source.short, "source", source.slug) for source in handbook.sources)


def _about(concern: str, handbook: Handbook) -> list[Intent]:
    return [i for i in handbook.intents if concern in _main(i, handbook).concerns]


def _main(intent: Intent, handbook: Handbook) -> Unit:
    return handbook.unit(intent.main)


def sources_in_words(handbook: Handbook) -> Reply:
    """The reports with their status, and a button each."""
    lines = [
        f"{source.full_title}. {source.publisher}, {source.published}: {_status(source)}. "
        f"More: /source {source.slug}"
        for source in handbook.sources
    ]
    rows = tuple((_list(source.short, "source", source.slug),) for source in handbook.sources)
    return text_reply("\n\n".join(lines), rows)


def _status(source: Source) -> str:
    """How far a report can be relied on, and since when that is known."""
    word = STATUS_IN_WORDS[source.status].lower().removesuffix(" report")
    return f"{word}, noted on {in_words(source.as_of)}"


def source_in_words(slug_: str, handbook: Handbook) -> Reply:
    """A report, and a button for its units."""
    source = next(source for source in handbook.sources if source.slug == slug_)
    units = sum(unit.source == slug_ for unit in handbook.units)
    read = " and ".join(source.read_in.values())
    checked = f"checked by {source.checked_by}" if source.checked_by else "not yet checked"
    lines = (
        f"{source.full_title}. {source.publisher}, {source.published}; {source.period}.",
        f"Read in: {read}. About {source.nation}.",
        f"Status: {_status(source)}, to be looked at again by {in_words(source.review_by)}. "
        f"Wording {checked}.",
        *source.notes,
    )
    return text_reply("\n\n".join(lines), ((_list(f"{units} units", "source", slug_),),))


def unit_in_words(id: str, handbook: Handbook) -> Reply:
    """A unit of guidance with its place and status, and the questions that it answers."""
    if says := handbook.standing.maintenance:
        return text_reply(resting(says))
    unit = handbook.unit(id)
    answers = _in_rows([intent for intent in handbook.citing(unit)][:PAGE])
    if withdrawal := handbook.withdrawal(id):
        said = f"{id} was withdrawn on {in_words(withdrawal.on)}: {withdrawal.reason}"
        return text_reply(said, answers)
    together = (unit, *(handbook.unit(other) for other in unit.shown_with))
    status = (
        status_in_words(unit, handbook),
        *stale(together, handbook),
        written_about(unit, handbook),
    )
    lines = (
        *(point(one) for one in together),
        f"{id}. {short_citation(together, handbook)}",
        " ".join(filter(None, status)),
        *((unit.note,) if unit.note else ()),
    )
    return text_reply("\n\n".join(lines), answers)


def roles() -> Reply:
    """Where somebody may work, a button each."""
    buttons = [
        Button(capital(name), encode(actions.SetRole(short)))
        for short, name in agencies().items()
        if name != "all agencies"  # what concerns all is no place to work in
    ]
    none = Button("None of these", encode(actions.SetRole("")))
    return text_reply(
        "Where do you work? Points that concern it come first then; which answer you get does not "
        "change.",
        (*_in_pairs(buttons), (none,)),
    )


def _titles(intents: list[Intent]) -> tuple[Button, ...]:
    return tuple(
        Button(shorten(intent.title, LABEL), encode(actions.ShowIntent(intent.id)))
        for intent in intents
    )


def _in_rows(intents: list[Intent]) -> Rows:
    return tuple((button,) for button in _titles(intents))


def _unit(unit: Unit, handbook: Handbook) -> Button:
    words = "withdrawn" if handbook.withdrawal(unit.id) else unit.text
    return Button(shorten(f"{unit.id}: {words}", LABEL), encode(actions.ShowUnit(unit.id)))


def _list(label: str, by: str, key: str, page: int = 0) -> Button:
    return Button(shorten(label, LABEL), encode(actions.Browse(by, key, page)))


def _in_pairs(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
