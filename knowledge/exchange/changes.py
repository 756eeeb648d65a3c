"""What others want the content to be → what changes in its files, tried before it is written."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TypeAlias

from knowledge.exchange.folders import NOT_COVERED, Folder, file_of
from knowledge.exchange.rewriting import Change, change, text_of
from knowledge.guidance import Intent, Route
from knowledge.handbook import Handbook
from knowledge.loading import load
from knowledge.places import placed
from knowledge.problems import Problem, Unsound, name
from knowledge.quality.soundness.check import judge
from knowledge.quality.soundness.lines import Places
from knowledge.writing import write_intent

Values: TypeAlias = Mapping[str, str | tuple[str, ...]]
"""What is to stand under keys; what is not named stays."""
_NAMES = {"asked": "ways of asking", "checks": "checks"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What intents and routes are to hold, by their ids."""

    intents: Mapping[str, Values] = field(default_factory=dict)
    routes: Mapping[str, Values] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    """What was not taken, and why."""
    new: Mapping[str, str] = field(default_factory=dict)
    """Those of the intents that there are not yet, and where each is wanted: `intents!A9`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes under one key of an intent or a route."""

    entry: str
    key: str
    before: str | tuple[str, ...]
    after: str | tuple[str, ...]

    def __str__(self) -> str:
        if self.key not in _NAMES:
            return f"{self.key} {'changed' if self.before else 'added'}"
        done = self._done()
        counts = ", ".join(f"{count} {how}" for how, count in done.items() if count)
        return f"{_NAMES[self.key]}: {counts}"

    def _done(self) -> Counter[str]:
        """How many texts of a list were added, changed or taken out."""
        done: Counter[str] = Counter()
        for what, *places in SequenceMatcher(
            None, self.before, self.after, autojunk=False
        ).get_opcodes():
            if what != "equal":
                old, new = places[1] - places[0], places[3] - places[2]
                done["added"] += max(new - old, 0)
                done["changed"] += min(new, old)
                done["taken out"] += max(old - new, 0)
        return done


def differences(folder: Folder, wanted: Wanted) -> tuple[Difference, ...]:
    """What is wanted otherwise than it is, intents before routes."""
    both = ((intents(folder, wanted.new), wanted.intents), (folder.routes, wanted.routes))
    return tuple(
        found
        for there, asked_for in both
        for id, values in asked_for.items()
        for found in _differing(there[id], values)
    )


def intents(folder: Folder, new: Collection[str]) -> Mapping[str, Intent]:
    """The folder's intents, and new ones with nothing in them yet, by id."""
    return {**folder.intents, **{id: Intent(id, "", "", (), (), (), ()) for id in new}}


def _differing(entry: Intent | Route, values: Values) -> Iterator[Difference]:
    for key, after in values.items():
        before = getattr(entry, key)
        if before != after:
            yield Difference(entry.id, key, before, after)


def changes(folder: Folder, wanted: Wanted) -> tuple[Change, ...]:
    """The files of a folder as they are to be.

    They are made in a copy, and the whole is loaded with it; a new intent is judged besides, as
    `new intent` does. Raises `Unsound` with all that would be wrong; the folder itself is never
    touched.
    """
    if not differences(folder, wanted):
        return ()
    with TemporaryDirectory() as made:
        copy = Path(made)
        for file in folder.files:
            (copy / file).parent.mkdir(exist_ok=True)
            copyfile(folder.path / file, copy / file)
        changed = dict.fromkeys(_change(folder, wanted, copy))
        cells = {name(folder.path / file_of(id)): cell for id, cell in wanted.new.items()}
        try:
            _judge(load((*folder.under, copy)), folder, copy, cells)
        except Unsound as unsound:
            at_home = [_at_home(p, copy, folder.path) for p in unsound.problems]
            raise Unsound(_at_cell(p, cells) for p in at_home) from unsound
        return tuple(
            Change(
                folder.path / file,
                text_of(folder.path / file) if file in folder.files else "",
                text_of(copy / file),
            )
            for file in changed
        )


def _change(folder: Folder, wanted: Wanted, copy: Path) -> Iterator[Path]:
    """Change the copy, and name each file that was changed."""
    for id, values in wanted.intents.items():
        file = file_of(id)
        if id in wanted.new:
            Change(copy / file, "", write_intent(values)).write()
            yield file
        elif any(_differing(folder.intents[id], values)):
            Change(copy / file, "", change(copy / file, values)).write()
            yield file
    for id, values in wanted.routes.items():
        if any(_differing(folder.routes[id], values)):
            file = copy / NOT_COVERED
            Change(file, "", change(file, values, route=id)).write()
            yield NOT_COVERED


def _judge(handbook: Handbook, folder: Folder, copy: Path, files: Collection[str]) -> None:
    """Raises `Unsound` with what `check` would refuse in some files, which are new."""
    if files:
        at_home = {place: folder.path / place for place in placed([copy])}
        places = Places({**placed(folder.under), **at_home}, placed([copy]))
        wrong = [p for p in judge(handbook, places) if p.file in files and p.severity == "error"]
        if wrong:
            raise Unsound(wrong)


def _at_cell(problem: Problem, cells: Mapping[str, str]) -> Problem:
    """A problem of a file that there is not yet, told of the row from which it would be made."""
    if cell := cells.get(problem.file):
        return replace(problem, file=cell, line=0)
    return problem


def _at_home(problem: Problem, copy: Path, home: Path) -> Problem:
    """A problem of the copy, told of the file that was copied."""
    file, mend = (text.replace(name(copy), name(home)) for text in (problem.file, problem.mend))
    return replace(problem, file=file, mend=mend)
