"""Find the line on which a text stands in its file."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from knowledge.loading.documents import Document
from knowledge.loading.mappings import Entry, Value
from knowledge.problems import Problem, name


class Places:
    """The content files by their places, such as `intents/fathers.yaml`; each is read when a line
    of it is first asked for.
    """

    def __init__(self, paths: Mapping[str, Path], tried: Mapping[str, Path] | None = None) -> None:
        """`tried` are files that are to stand in these places and stand elsewhere until then."""
        self._paths = paths
        self._read = {**paths, **(tried or {})}
        self._lines: dict[str, Mapping[str, int]] = {}

    def __getitem__(self, place: str) -> Path:
        return self._paths[place]

    def line(self, place: str, text: str) -> int:
        """The last line on which a text stands as a value, or as a key where it ends in a colon; 0
        where it does not.
        """
        if place not in self._lines:
            read = Document(self._read[place]).read()
            self._lines[place] = dict(sorted(_texts(read), key=lambda found: found[1]))
        return self._lines[place].get(" ".join(text.split()), 0)

    def where(self, place: str, text: str) -> str:
        """The file and line of a text, as a maintainer would type it."""
        return f"{name(self[place])}:{self.line(place, text)}"

    def at(
        self, place: str, text: str, problem: str, mend: str, severity: str = "error"
    ) -> Problem:
        """A problem with a text, where it stands."""
        return Problem(name(self[place]), self.line(place, text), problem, mend, severity)


def _texts(entry: Entry) -> Iterator[tuple[str, int]]:
    for key, value in entry.values.items():
        yield f"{key}:", value.line
        yield from _texts_of(value)


def _texts_of(value: Value) -> Iterator[tuple[str, int]]:
    match value.content:
        case str(text):
            yield " ".join(text.split()), value.line
        case Entry() as entry:
            yield from _texts(entry)
        case items:
            for item in items:
                yield from _texts_of(item)
