"""What is said around an answer: what comes first, how far to rely on it, what changed since."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from knowledge.cautions import Alarm, Cautions, Local
from knowledge.guidance import Unit
from knowledge.handbook import Handbook
from knowledge.matching.normalising import LONGEST
from knowledge.matching.wording import has_any, line, without
from knowledge.model import Guidance, Notice, Question, Screened
from knowledge.screening.items import KINDS

_STREET = re.compile(
    r"(?:\S+ )?\S+ "
    r"(?:road|rd|street|st|lane|avenue|court|house|estate|surgery|clinic|ward|kit|fc)\b"
)
"""A street or a house, by two words before what it is: named after a city, it is not in it."""
NOT_CHECKED = "Wording not yet checked by a safeguarding lead"
STATUS_IN_WORDS = {
    "historic": "Historic report",
    "superseded": "Superseded",
    "in_force": "In force",
    "draft": "Draft",
    "enacted_not_confirmed": "Enacted, not confirmed to be in force",
    "unknown": "Status unknown",
}
NOT_KEPT = (
    "Your message seems to hold {kinds}. I don't keep its text once it is answered. Telegram, and "
    "others in the chat, may still hold it: please leave such details out."
)
NOT_KNOWN = "Whether this answer was withdrawn cannot be looked up just now."
NO_LOCAL = (
    "Your partnership's own steps are not held here. Ask your safeguarding lead for them, or look "
    "on its website."
)


def before(seen: Screened, cautions: Cautions) -> Iterator[Notice]:
    """What is said before whatever follows: danger first."""
    for alarm in cautions.alarms:
        if alarm.id in seen.alarms and alarm.id != "polarity":
            yield Notice(alarm.id, _say(alarm, seen.plain, cautions.local))
    if kinds := seen.question.personal_data:
        named = [KINDS[kind] for kind in kinds]
        listed = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
        yield Notice("personal_data", NOT_KEPT.format(kinds=listed))
    if seen.published:
        yield Notice("published", cautions.names.says)
    said = _STREET.sub(" ", without(cautions.not_nations, line(seen.plain)))
    for nation in cautions.nations:
        if has_any(nation.words, said):
            yield Notice("nation", nation.says)


def turned(seen: Screened, cautions: Cautions) -> Iterator[Notice]:
    """What guidance opens with where the question is put the other way round."""
    for alarm in cautions.alarms:
        if alarm.id == "polarity" and alarm.id in seen.alarms:
            yield Notice(alarm.id, alarm.says)


def _say(alarm: Alarm, text: str, local: Local) -> str:
    said = line(text)
    own: Iterable[str] = ()
    if alarm.id == "danger":
        own = local.emergency
    elif alarm.id == "live_concern":
        own = (f"{contact.name}: {contact.reach}." for contact in local.contacts)
    fitting = (addition.says for addition in alarm.additions if has_any(addition.words, said))
    return " ".join(filter(None, (alarm.says, *own, *fitting, alarm.closing)))


def cut(text: str) -> tuple[Notice, ...]:
    """That a message, as it came, was too long to be read whole."""
    if len(text.rstrip()) <= LONGEST:
        return ()
    return (Notice("cut", f"Your message was long: I read its first {LONGEST:,} characters."),)


def around(question: Question, guidance: Guidance, handbook: Handbook) -> tuple[Notice, ...]:
    """The notices that belong to a guidance."""
    main = guidance.points[0]
    notices = [Notice("status", status_in_words(main, handbook))]
    notices += [Notice("stale", text) for text in stale(guidance.points, handbook)]
    notices += _gaps(guidance, handbook)
    if text := _ages(question, main, handbook):
        notices.append(Notice("ages", text))
    notices += _then_and_now(guidance, handbook)
    if guidance.intent.local:
        notices.append(Notice("local", "\n".join(_local(guidance, handbook.cautions.local))))
    return tuple(notices)


def stale(units: Iterable[Unit], handbook: Handbook) -> Iterator[str]:
    """That it is not known whether units still hold; the reports that nobody has looked at again
    in time.
    """
    if not handbook.standing.is_known:
        yield NOT_KNOWN
    sources = {unit.source: handbook.source_of(unit) for unit in units}.values()
    if past := [source for source in sources if handbook.standing.is_past(source.review_by)]:
        due = "; ".join(f"{source.short}, {in_words(source.review_by)}" for source in past)
        yield f"This was due to be looked at again and has not been: {due}."


def _gaps(guidance: Guidance, handbook: Handbook) -> Iterator[Notice]:
    """What is missing from the answer because it was withdrawn."""
    for unit in handbook.gaps(guidance.intent):
        if withdrawal := handbook.withdrawal(unit.id):
            told = f"{unit.id} ({unit.locator}) was withdrawn on {in_words(withdrawal.on)}"
            yield Notice("withdrawn", f"{told}: {withdrawal.reason}")


def in_words(day: str) -> str:
    """A day as people write it: `22 November 2026`."""
    read = date.fromisoformat(day)
    return f"{read.day} {read:%B %Y}"


def _local(guidance: Guidance, local: Local) -> Iterator[str]:
    """The partnership's own way, as far as it is held; where its steps are asked for and are not,
    that.
    """
    asked = guidance.intent.local
    held = tuple(local.lines(asked))
    if held:
        yield f"{local.partnership}:"
    yield from held
    if not held or ("escalation" in asked and not local.stages):
        yield NO_LOCAL


def _then_and_now(guidance: Guidance, handbook: Handbook) -> Iterator[Notice]:
    """What has changed since, of what the answer names or shows."""
    texts = [guidance.intent.lead, *(unit.text for unit in guidance.points)]
    recommended = [unit for unit in guidance.points if unit.kind == "recommendation"]
    asked = ["boards" for unit in recommended if "boards" in unit.addressed_to]
    said = line(" . ".join([*texts, *asked]))
    shown = {unit.id for unit in guidance.points}
    for change in handbook.cautions.changes:
        if has_any(change.words, said) or shown.intersection(change.beside):
            yield Notice("then_and_now", change.line)


def status_in_words(unit: Unit, handbook: Handbook) -> str:
    """How far a unit can be relied on today, in one line."""
    source = handbook.source_of(unit)
    checked = f"Wording checked by {source.checked_by}" if source.checked_by else NOT_CHECKED
    return f"{STATUS_IN_WORDS[source.status]} ({source.year}), about {source.nation}. {checked}."


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
