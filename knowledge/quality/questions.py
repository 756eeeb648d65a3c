"""Read questions and their intents from a CSV file. Its only input besides the content."""

import csv
from collections.abc import Iterator
from pathlib import Path

from knowledge.matching.index import NONE, Phrase
from knowledge.problems import Problem, Unsound, name

OUT_OF_SCOPE = "oos"
"""What such files write for a question that no intent covers."""
_COLUMNS = ("text", "intent")


def read_questions(path: Path) -> tuple[Phrase, ...]:
    """The questions of a `text,intent` file in order, `oos` read as `NONE`. Raises `Unsound`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = tuple(_rows(csv.reader(file, strict=True), path))
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


def _rows(lines: Iterator[list[str]], path: Path) -> Iterator[Phrase]:
    number = 1
    try:
        heads = [head.strip().lower() for head in next(lines, [])]
        missing = [column for column in _COLUMNS if column not in heads]
        if not heads:
            raise _unsound(path, 0, "it is empty", "begin with the line text,intent")
        if missing:
            raise _unsound(path, 1, f"no column '{missing[0]}'", "begin with the line text,intent")
        text, intent = (heads.index(column) for column in _COLUMNS)
        for number, row in enumerate(lines, 2):
            if not any(cell.strip() for cell in row):
                continue
            if len(row) <= max(text, intent) or not (row[text].strip() and row[intent].strip()):
                mend = f"write both, or {OUT_OF_SCOPE} where no intent covers it"
                raise _unsound(path, number, "a text or its intent is missing", mend)
            wanted = row[intent].strip()
            yield Phrase(row[text].strip(), NONE if wanted == OUT_OF_SCOPE else wanted)
    except csv.Error as error:
        raise _unsound(path, number + 1, f"no CSV ({error})", "put quotes around it") from error


def _unsound(path: Path, line: int, problem: str, mend: str) -> Unsound:
    return Unsound([Problem(name(path), line, problem, mend)])
