"""Say a unit of guidance in words, and where it stands."""

from collections.abc import Sequence

from knowledge.guidance import Unit
from knowledge.handbook import Handbook
from knowledge.noticing import written_about

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


def cited(unit: Unit, main: Unit, handbook: Handbook) -> str:
    """A further point with its place, and its ages where they are not the main point's."""
    words = (point(unit), written_about(unit, handbook) if unit.ages != main.ages else "")
    return f"{' '.join(filter(None, words))} [{unit.id}: {unit.locator}]"


def sources(units: Sequence[Unit], handbook: Handbook) -> tuple[str, ...]:
    """A line a report: what it is, the places that units are from, how far it can be relied on."""
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


def notes(units: Sequence[Unit], handbook: Handbook) -> tuple[str, ...]:
    """What there is to be noted about units, and about their reports."""
    own = [f"{unit.id}: {unit.note}" for unit in units if unit.note]
    general = [
        note
        for slug in dict.fromkeys(unit.source for unit in units)
        for note in handbook.source_of(next(u for u in units if u.source == slug)).notes
    ]
    return (*own, *general)
