"""Would a file that is still to be written be sound where it is to stand?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.loading import examine
from knowledge.loading.entries import ID
from knowledge.places import placed
from knowledge.problems import Problem, Unsound, name
from knowledge.quality.soundness.check import judge
from knowledge.quality.soundness.lines import Places

_NOBODYS = "0"
"""Is tried in the place of an id that is none."""


def try_file(
    kind: str, id: str, text: str, folder: Path, folders: Sequence[Path]
) -> tuple[Problem, ...]:
    """Every problem that a new file would have, `kind` being `intents` or `sources`, if it were
    put into a folder, beside the content of the folders. Nothing is written.
    """
    of_id = tuple(_faults_of_id(kind, id, folders))
    place = f"{kind}/{id if ID.fullmatch(id) else _NOBODYS}.yaml"
    to_be = folder / kind / f"{id}.yaml"
    with TemporaryDirectory() as aside:
        path = Path(aside) / place
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        try:
            handbook, warnings = examine((*folders, Path(aside)))
        except Unsound as unsound:
            return (*of_id, *(_said_of(problem, path, to_be) for problem in unsound.problems))
        places = Places({**placed(folders), place: to_be}, {place: path})
        problems = [*(_said_of(warning, path, to_be) for warning in warnings)]
        problems += judge(handbook, places)
    own = (problem for problem in problems if name(to_be) in str(problem))
    return (*of_id, *sorted(own))


def _faults_of_id(kind: str, id: str, folders: Sequence[Path]) -> Iterator[Problem]:
    if not ID.fullmatch(id):
        yield Problem("", 0, f"'{id}' is no id", "use a-z, 0-9 and -, 40 at most")
    elif there := placed(folders).get(f"{kind}/{id}.yaml"):
        problem = f"there is '{id}' already: {name(there)}"
        yield Problem("", 0, problem, "change that file, or choose another id")


def _said_of(problem: Problem, path: Path, to_be: Path) -> Problem:
    """A problem of a file that was tried, told of the place where it is to stand."""
    file, told, mend = (
        text.replace(name(path), name(to_be))
        for text in (problem.file, problem.problem, problem.mend)
    )
    return replace(problem, file=file, problem=told, mend=mend)
