"""Change a content file where something changes, and leave every other byte as it is."""

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from ruamel.yaml import YAML, MappingNode

from knowledge.exchange.splicing import Lines, spliced, texts_of, value_of
from knowledge.loading.documents import Document
from knowledge.problems import Problem, Unsound, name

_MARK = "\ufeff"
"""What some editors begin a file with; places are counted from after it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file as it is and as it is to be; where there is none yet, `before` is empty."""

    path: Path
    before: str
    after: str

    @property
    def diff(self) -> str:
        """What changes, as a unified diff; empty where nothing does."""
        texts = (self.before.splitlines(), self.after.splitlines())
        lines = unified_diff(*texts, name(self.path), name(self.path), lineterm="")
        return "".join(f"{line}\n" for line in lines)

    def write(self) -> None:
        """Put the new text in the place of the old, whole or not at all. Raises `OSError`."""
        write_all((self,))

    def prepare(self, stack: ExitStack) -> tuple[Path, Path]:
        """The new text in a file beside the old, and the file in whose place it is to be put; with
        the stack it is deleted, if it still stands there. Raises `OSError`.
        """
        path = self.path.resolve()
        path.parent.mkdir(exist_ok=True)
        new = path.with_name(f"{path.name}.new")
        with new.open("w", encoding="utf-8", newline="") as file:
            stack.callback(new.unlink, missing_ok=True)
            file.write(self.after)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            new.chmod(path.stat().st_mode & 0o777)
        return new, path


def write_all(changes: Iterable[Change]) -> None:
    """Write changes that belong together: none takes the place of the old before all are on the
    disk. Raises `OSError`.
    """
    with ExitStack() as stack:
        for new, path in [change.prepare(stack) for change in changes]:
            os.replace(new, path)


def add(path: Path, key: str, texts: Sequence[str], route: str | None = None) -> str:
    """The file's text with texts at the end of the list under a key; `route` and what is raised as
    in `change`.
    """
    there = texts_of(value_of(_entry(path, text_of(path), route), key))
    return change(path, {key: (*there, *texts)}, route)


def change(path: Path, values: Mapping[str, str | Sequence[str]], route: str | None = None) -> str:
    """The file's text with keys set to a text or to a list of texts; an empty value takes the key
    out.

    Of a list, the lines that stay are left as they are, and so are all comments. `route` is the id
    of an entry of `routes` whose keys are meant. Raises `Unsound` where the file cannot be read as
    content or has no such route.
    """
    text = text_of(path)
    mark, body = text[: text.startswith(_MARK)], text.removeprefix(_MARK)
    lines = Lines(body, _entry(path, text, route))
    return mark + spliced(
        body, [new for key, value in values.items() for new in lines.set(key, value)]
    )


def text_of(path: Path) -> str:
    """The text of a content file, its ends of lines as they are. Raises `Unsound`."""
    document = Document(path)
    document.read()
    if document.problems:
        raise Unsound(document.problems)
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _entry(path: Path, text: str, route: str | None) -> MappingNode:
    root = YAML(typ="safe", pure=True).compose(text.removeprefix(_MARK))
    entries = [root] if route is None else getattr(value_of(root, "routes"), "value", [])
    found = [
        e for e in entries if route is None or getattr(value_of(e, "id"), "value", "") == route
    ]
    if not found:
        raise Unsound([Problem(name(path), 0, f"there is no route '{route}'", "correct the id")])
    if found[0].flow_style:
        mend = "write each `key: value` on a line of its own"
        raise Unsound([Problem(name(path), found[0].start_mark.line + 1, "it is in {…}", mend)])
    return found[0]  # type: ignore[no-any-return]
