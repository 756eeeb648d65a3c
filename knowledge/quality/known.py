"""The failures that are known: listed, they must fail until they are mended, in each tier."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.loading.documents import Document
from knowledge.loading.mappings import Entry
from knowledge.places import BUILT_IN, CORPORA, KNOWN_FAILURES, files
from knowledge.problems import Problem, Unsound, name
from knowledge.quality.suites.verdicts import Verdict

_HEAD = """\
# What fails as yet, by tier, and there by intent (its checks) or by suite. Written by
# `python bot.py test --update-known`. A line whose failure is mended is taken out: the command,
# and a test, fail while it stands here.
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A failure that is listed."""

    heading: str
    """The intent's id, or the suite."""
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A run beside the list."""

    new: tuple[Verdict, ...]
    """What failed and is not listed."""
    mended: tuple[Known, ...]
    """What is listed and is as it should be, or is asked no more."""


def place(folders: Sequence[Path]) -> Path:
    """The list for content folders: that of the last one, if it has one, else the built-in's."""
    own = folders[-1] / KNOWN_FAILURES
    return own if own.is_file() else _own_place((BUILT_IN,))


def _own_place(folders: Sequence[Path]) -> Path:
    """Where the list of the folders themselves is written."""
    last = folders[-1]
    return (last.parent if last == BUILT_IN else last) / KNOWN_FAILURES


def read(path: Path, tier: str) -> tuple[Known, ...]:
    """The list of a tier; empty where there is no file. Raises `Unsound`."""
    if not path.exists():
        return ()
    document = Document(path)
    entry = document.read()
    found = tuple(_lines(entry.entry(tier))) if tier in entry.values else ()
    if document.problems:
        raise Unsound(document.problems)
    return found


def _lines(section: Entry) -> Iterator[Known]:
    for heading in section.values:
        for text, line in section.lines(heading):
            yield Known(heading, text, line)


def compare(verdicts: Sequence[Verdict], known: Sequence[Known], whole: bool) -> Compared:
    """What is new and what is mended. Unless the run is `whole`, only the headings that were asked
    are compared.
    """
    failed = {_key(one.heading, one.text) for one in verdicts if not one.right}
    asked = {one.heading for one in verdicts}
    listed = {_key(one.heading, one.text) for one in known}
    return Compared(
        tuple(v for v in verdicts if not v.right and _key(v.heading, v.text) not in listed),
        tuple(
            one
            for one in known
            if _key(one.heading, one.text) not in failed and (whole or one.heading in asked)
        ),
    )


def _key(heading: str, text: str) -> tuple[str, str]:
    return heading, " ".join(text.split())


def update(folders: Sequence[Path], tier: str, verdicts: Sequence[Verdict], whole: bool) -> Path:
    """Write what failed into the list of the folders' own, and say where that is; other tiers, and
    unless the run is `whole` the headings that were not asked, stay as they are.
    """
    path, now = _own_place(folders), place(folders)
    asked = {one.heading for one in verdicts}
    sections: dict[str, dict[str, list[str]]] = {}
    for other in ("lexical", "semantic"):
        kept = [
            one for one in read(now, other) if other != tier or not (whole or one.heading in asked)
        ]
        sections[other] = _by_heading([(one.heading, one.text) for one in kept])
    failed = _by_heading([_key(one.heading, one.text) for one in verdicts if not one.right])
    sections[tier] = dict(sorted({**sections[tier], **failed}.items()))
    text = yaml.safe_dump(sections, allow_unicode=True, sort_keys=False, width=10**6)
    path.write_text(_comments(now) + text, encoding="utf-8")
    return path


def _comments(path: Path) -> str:
    """The comments at the top of a list; the usual ones where it has none."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
    head = []
    for line in lines:
        if not line.startswith("#"):
            break
        head.append(line)
    return "".join(head) or _HEAD


def _by_heading(failures: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for heading, text in failures:
        found.setdefault(heading, []).append(text)
    return found


def problems(compared: Compared, path: Path, folders: Sequence[Path]) -> tuple[Problem, ...]:
    """Each new failure at its line of the content folders, each mended one at that of the list."""
    lines = _lines_of_checks(folders) if compared.new else {}
    return (
        *(_new(verdict, lines) for verdict in compared.new),
        *(_mended(one, path) for one in compared.mended),
    )


def _new(verdict: Verdict, lines: Mapping[str, tuple[Path, int]]) -> Problem:
    file, line = lines.get(verdict.text, (CORPORA, 0))
    wrong = f"{verdict.suite}: '{verdict.text}' wants {verdict.wanted} and gets {verdict.got}"
    mend = "mend it, or list it by `python bot.py test --update-known`"
    return Problem(name(file), line, wrong, mend)


def _mended(one: Known, path: Path) -> Problem:
    wrong = f"{one.heading}: '{one.text}' fails no more, or is asked no more"
    return Problem(name(path), one.line, wrong, "take the line out")


def _lines_of_checks(folders: Sequence[Path]) -> dict[str, tuple[Path, int]]:
    """Where the text of each check stands: its file and line."""
    found: dict[str, tuple[Path, int]] = {}
    for path in files(folders):
        entry = Document(path).read()
        if path.parent.name == "intents":
            entries: Iterable[Entry] = (entry,)
        else:
            entries = entry.entries("routes") if path.stem == "not-covered" else ()
        for one in entries:
            found |= {text: (path, line) for text, line in one.lines("checks", needed=False)}
    return found
