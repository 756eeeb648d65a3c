"""One folder of content that is exchanged, and what stands in its own files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from knowledge.guidance import Intent, Route
from knowledge.handbook import Handbook
from knowledge.loading import load
from knowledge.loading.entries import read_intent
from knowledge.matching.normalising import as_read
from knowledge.places import files
from knowledge.problems import name

NOT_COVERED = Path("not-covered.yaml")


@dataclass(frozen=True)
class Folder:
    """A folder, those over which it is laid, and the handbook of them all."""

    path: Path
    under: tuple[Path, ...]
    handbook: Handbook

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The folder's own files, by their places in it."""
        return tuple(path.relative_to(self.path) for path in files([self.path]))

    @cached_property
    def intents(self) -> Mapping[str, Intent]:
        """The intents and the drafts of its own files, as they stand there, by id."""
        found = [file for file in self.files if file == file_of(file.stem)]
        # those of the handbook are without the drafts to which they are related
        return {file.stem: read_intent(self.path / file).intent for file in sorted(found)}

    @cached_property
    def routes(self) -> Mapping[str, Route]:
        """The routes of its own file of what is not covered, by id."""
        routes = self.handbook.routes if NOT_COVERED in self.files else ()
        return {route.id: route for route in routes}

    @cached_property
    def standing(self) -> Mapping[str, str]:
        """Where a text stands already, in any folder: its words → the intent or route."""
        book = self.handbook
        entries: tuple[Intent | Route, ...] = (*book.intents, *book.drafts, *book.routes)
        return {
            as_read(text): entry.id for entry in entries for text in (*entry.checks, *entry.asked)
        }

    def is_elsewhere(self, what: str, id: str) -> bool:
        """Whether an `intent` or a `route` stands in another folder alone."""
        book = self.handbook
        there = (*book.intents, *book.drafts) if what == "intent" else book.routes
        here = self.intents if what == "intent" else self.routes
        return id not in here and id in {entry.id for entry in there}

    def unknown(self, what: str, id: str) -> tuple[str, str]:
        """Why an `intent` or a `route` cannot be changed here: the problem and the mend."""
        here = self.intents if what == "intent" else self.routes
        problem = f"unknown {what} '{id}'"
        if self.is_elsewhere(what, id):
            return f"{problem} in {name(self.path)}", "name the folder of its file with --folder"
        close = get_close_matches(id.lower(), here, 1)
        if close:
            return problem, f"did you mean '{close[0]}'?"
        named = "`python bot.py list intents` names them" if what == "intent" else ", ".join(here)
        return problem, f"write one that there is: {named}"


def open_folder(path: Path, folders: Sequence[Path]) -> Folder:
    """A folder with those of `folders` that are before it; with all, where it is none of them.

    Raises `Unsound`.
    """
    places = [folder.resolve() for folder in folders]
    count = places.index(path.resolve()) if path.resolve() in places else len(places)
    under = tuple(folders[:count])
    return Folder(path, under, load((*under, path)))


def file_of(intent: str) -> Path:
    """The place of an intent's file in its folder."""
    return Path("intents", f"{intent}.yaml")
