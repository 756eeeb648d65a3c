"""Is every text that a person reads easy to read, and in the words of today?"""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from knowledge.handbook import Handbook
from knowledge.loading.singles import ALARM_FILES
from knowledge.matching.wording import has_any, line
from knowledge.problems import Problem
from knowledge.quality.soundness import readability
from knowledge.quality.soundness.lines import Places


def judge_phrasing(handbook: Handbook, places: Places) -> Iterator[Problem]:
    """Every text that is too hard to read, and every own text that uses a body's former name."""
    terms = frozenset(handbook.cautions.terms)
    for place, text, own in _texts(handbook):
        former = handbook.cautions.former if own else ()
        for problem, mend in _faults(text, terms, former):
            yield places.at(f"{place}.yaml", text, problem, mend)


def _faults(text: str, terms: Collection[str], former: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the wording of a text, and the mend."""
    read, said = readability.read(text, terms), line(text)
    if read.words > readability.LONGEST:
        problem = f"a sentence has {read.words} words: '{read.longest}'"
        yield problem, f"{readability.LONGEST} at most: cut it in two"
    if read.average > readability.AVERAGE:
        problem = f"sentences have {read.average} words on average: '{text}'"
        yield problem, f"{readability.AVERAGE} at most: cut them"
    if read.grade > readability.GRADE:
        mend = f"{readability.GRADE:g} at most: use shorter words and sentences"
        yield f"the reading grade is {read.grade}: '{text}'", mend
    if has_any(("must",), said):
        yield f"'must' is kept for law: '{text}'", "write what the report asks: 'should'"
    for body in former:
        if has_any((body,), said):
            yield f"'{body}' is a body of the past", "name who has taken its place, or take it out"


def _texts(handbook: Handbook) -> Iterator[tuple[str, str, bool]]:
    """Every text that a person reads: its file, by name, and whether it is ours and no report's."""
    for unit in handbook.units:
        for text in filter(None, (unit.text, unit.note)):
            yield f"sources/{unit.source}", text, False
    for intent in chain(handbook.intents, handbook.drafts):
        yield f"intents/{intent.id}", intent.lead, False
    for route in handbook.routes:
        yield "not-covered", route.text, True
    for reply in handbook.small_talk:
        yield "small-talk", reply.says, True
    files_of = {id: file for file, id in ALARM_FILES.items()}
    for alarm in handbook.cautions.alarms:
        for text in (alarm.says, alarm.closing, *(added.says for added in alarm.additions)):
            if text:
                yield files_of[alarm.id], text, True
    for nation in handbook.cautions.nations:
        yield "nations", nation.says, True
    if handbook.cautions.names.says:
        yield "personal-data", handbook.cautions.names.says, True
    for change in handbook.cautions.changes:
        yield "then-and-now", change.says, False
