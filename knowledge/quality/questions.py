"""Read questions and their intents from a CSV file. Its only input besides the content."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from knowledge.matching.index import NONE, Phrase
from knowledge.problems import Problem, Unsound, name

OUT_OF_SCOPE = "oos"
"""What such files write for a question that no intent covers."""
_COLUMNS = ("text", "intent")
_INCOMPLETE = (
    "a text or its intent is missing",
    f"write both, or {OUT_OF_SCOPE} where no intent covers it",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A question, the intent that stands beside it, and the line on which they end."""

    text: str
    intent: str
    line: int


def read_questions(path: Path) -> tuple[Phrase, ...]:
    """The questions of a `text,intent` file in order, `oos` read as `NONE`. Raises `Unsound`."""
    found = read_lines(path)
    for line in found:
        if not line.intent:
            raise _unsound(path, line.line, *_INCOMPLETE)
    return tuple(
        Phrase(line.text, NONE if line.intent == OUT_OF_SCOPE else line.intent) for line in found
    )


def read_lines(path: Path) -> tuple[Line, ...]:
    """The questions of a `text,intent` file as they stand there; an intent may be empty.

    Raises `Unsound`.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = tuple(_rows(file, path))
    except OSError as error:
        what = "there is no such file" if isinstance(error, FileNotFoundError) else "unreadable"
        raise _unsound(path, 0, what, "name a CSV file with the columns text,intent") from error
    except UnicodeDecodeError as error:
        raise _unsound(path, 0, "it is not UTF-8", "save it as UTF-8") from error
    if not found:
        raise _unsound(path, 0, "it has no question", "give each question a line: text,intent")
    return found


def read_pair(train: Path, test: Path) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """The questions to learn from and those to measure on. Raises `Unsound` where nothing can be
    learnt or measured.
    """
    known, asked = read_questions(train), read_questions(test)
    intents = {phrase.intent for phrase in known} - {NONE}
    if len(intents) < 2:
        counted = "one intent only" if intents else "no intent"
        raise _unsound(train, 0, counted, "a matcher needs two intents to choose between")
    if not any(phrase.intent in intents for phrase in asked):
        raise _unsound(test, 0, f"no intent of {name(train)}", "test on questions of those intents")
    return known, asked


def _rows(file: TextIO, path: Path) -> Iterator[Line]:
    lines = csv.reader(file, strict=True)
    try:
        heads = [head.strip().lower() for head in next(lines, [])]
        missing = [column for column in _COLUMNS if column not in heads]
        if not heads:
            raise _unsound(path, 0, "it is empty", "begin with the line text,intent")
        if missing:
            raise _unsound(path, 1, f"no column '{missing[0]}'", "begin with the line text,intent")
        text, intent = (heads.index(column) for column in _COLUMNS)
        for row in lines:
            if not any(cell.strip() for cell in row):
                continue
            cells = [cell.strip() for cell in row] + [""] * len(heads)
            if not cells[text]:
                raise _unsound(path, lines.line_num, *_INCOMPLETE)
            yield Line(cells[text], cells[intent], lines.line_num)
    except csv.Error as error:
        problem, mend = f"no CSV ({error})", "put quotes around it"
        raise _unsound(path, lines.line_num, problem, mend) from error


def _unsound(path: Path, line: int, problem: str, mend: str) -> Unsound:
    return Unsound([Problem(name(path), line, problem, mend)])
