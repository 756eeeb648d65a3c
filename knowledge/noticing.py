"""What is said around an answer: how far it can be relied on, for which ages, what was cut."""

from knowledge.matching.normalising import LONGEST
from knowledge.matching.wording import has_any, line
from knowledge.model import Guidance, Handbook, Notice, Question, Unit

NOT_CHECKED = "Wording not yet checked by a safeguarding lead"
_STATUS = {
    "historic": "Historic report",
    "superseded": "Superseded",
    "in_force": "In force",
    "draft": "Draft",
    "enacted_not_confirmed": "Enacted, not confirmed to be in force",
    "unknown": "Status unknown",
}


def cut(text: str) -> tuple[Notice, ...]:
    """That a message, as it came, was too long to be read whole."""
    if len(text.rstrip()) <= LONGEST:
        return ()
    return (Notice("cut", f"Your message was long: I read its first {LONGEST:,} characters."),)


def around(question: Question, guidance: Guidance, handbook: Handbook) -> tuple[Notice, ...]:
    """The notices that belong to a guidance."""
    main = guidance.points[0]
    notices = [Notice("status", status_in_words(main, handbook))]
    if text := _ages(question, main, handbook):
        notices.append(Notice("ages", text))
    return tuple(notices)


def status_in_words(unit: Unit, handbook: Handbook) -> str:
    """How far a unit can be relied on today, in one line."""
    source = handbook.source_of(unit)
    checked = f"Wording checked by {source.checked_by}" if source.checked_by else NOT_CHECKED
    return f"{_STATUS[source.status]} ({source.year}), about {source.nation}. {checked}."


def _ages(question: Question, unit: Unit, handbook: Handbook) -> str:
    """Whom the main point was written about, where the question does not ask about just them."""
    if "any" in unit.ages:
        return ""
    return (
        "" if ages_in(question.text, handbook) & set(unit.ages) else written_about(unit, handbook)
    )


def written_about(unit: Unit, handbook: Handbook) -> str:
    """The age groups of a unit, in words; nothing where it is about any."""
    names = [group.name for group in handbook.age_groups if group.id in unit.ages]
    return f"Written about {' and '.join(names)}." if names else ""


def ages_in(text: str, handbook: Handbook) -> frozenset[str]:
    """The ids of the age groups that a text speaks of, by its words."""
    said = line(text)
    return frozenset(group.id for group in handbook.age_groups if has_any(group.words, said))
