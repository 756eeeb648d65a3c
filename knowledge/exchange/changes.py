"""What others want the content to be → what changes in its files, tried before it is written."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TypeAlias

from knowledge.exchange.folders import NOT_COVERED, Folder, file_of
from knowledge.exchange.rewriting import Change, change, text_of
from knowledge.guidance import Intent, Route
from knowledge.loading import load
from knowledge.problems import Problem, Unsound, name

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


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes under one key of an intent or a route."""

    entry: str
    key: str
    before: str | tuple[str, ...]
    after: str | tuple[str, ...]

    def __str__(self) -> str:
        if self.key not in _NAMES:
            return f"{self.key} changed"
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
    both = ((folder.intents, wanted.intents), (folder.routes, wanted.routes))
    return tuple(
        found
        for there, asked_for in both
        for id, values in asked_for.items()
        for found in _differing(there[id], values)
    )


def _differing(entry: Intent | Route, values: Values) -> Iterator[Difference]:
    for key, after in values.items():
        before = getattr(entry, key)
        if before != after:
            yield Difference(entry.id, key, before, after)


def changes(folder: Folder, wanted: Wanted) -> tuple[Change, ...]:
    """The files of a folder as they are to be.

    They are made in a copy, and the whole is loaded with it. Raises `Unsound` with all that would
    be wrong; the folder itself is never touched.
    """
    if not differences(folder, wanted):
        return ()
    with TemporaryDirectory() as made:
        copy = Path(made)
        for file in folder.files:
            (copy / file).parent.mkdir(exist_ok=True)
            copyfile(folder.path / file, copy / file)
        changed = dict.fromkeys(_change(folder, wanted, copy))
        try:
            load((*folder.under, copy))
        except Unsound as unsound:
            raise Unsound(_at_home(p, copy, folder.path) for p in unsound.problems) from unsound
        return tuple(
            Change(folder.path / file, text_of(folder.path / file), text_of(copy / file))
            for file in changed
        )


def _change(folder: Folder, wanted: Wanted, copy: Path) -> Iterator[Path]:
    """Change the copy, and name each file that was changed."""
    for id, values in wanted.intents.items():
        if any(_differing(folder.intents[id], values)):
            file = file_of(id)
            Change(copy / file, "", change(copy / file, values)).write()
            yield file
    for id, values in wanted.routes.items():
        if any(_differing(folder.routes[id], values)):
            file = copy / NOT_COVERED
            Change(file, "", change(file, values, route=id)).write()
            yield NOT_COVERED


def _at_home(problem: Problem, copy: Path, home: Path) -> Problem:
    """A problem of the copy, told of the file that was copied."""
    file, mend = (text.replace(name(copy), name(home)) for text in (problem.file, problem.mend))
    return replace(problem, file=file, mend=mend)
