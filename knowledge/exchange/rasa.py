"""Questions and their intents as training data of Rasa (`nlu.yml`), both ways."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from knowledge.exchange.writing import plain
from knowledge.loading.documents import Document
from knowledge.loading.mappings import Entry
from knowledge.problems import Problem, Unsound
from knowledge.quality.questions import OUT_OF_SCOPE, Line

_ENTITY = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\{[^{}]*\})")
"""A text with its label behind it: `[Leeds](city)`, `[Leeds]{"entity": "city"}`."""
_SAME = {"out_of_scope": OUT_OF_SCOPE}
"""What Rasa's own examples call a question that no intent covers."""
_UNWRITTEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What YAML has no place for in lines of text."""


def write(path: Path, lines: Iterable[tuple[str, str]]) -> tuple[Problem, ...]:
    """Write texts and their intents; warnings of what was left out, as it would not come back.

    Raises `OSError`.
    """
    left: list[Problem] = []
    parts = ['version: "3.1"\nnlu:\n']
    for intent, found in groupby(lines, key=lambda line: line[1]):
        parts.append(f"- intent: {intent}\n  examples: |\n")
        for text, _ in found:
            if _ENTITY.search(text) or _UNWRITTEN.search(text):
                problem, mend = f"'{text}' is left out", "Rasa would read it otherwise"
                left.append(Problem(intent, 0, problem, mend, "warning"))
            else:
                parts.append(f"    - {text}\n")
    path.write_text("".join(parts), encoding="utf-8")
    return tuple(left)


def read(path: Path) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """The examples of intents, labels taken off, and warnings of what was not taken.

    Raises `Unsound` where the file cannot be read.
    """
    document = Document(path)
    entry = document.read()
    for key, value in entry.values.items():
        if key not in ("version", "nlu"):
            _warn(document, value.line, f"'{key}' is not taken")
    lines: list[Line] = []
    for item in entry.entries("nlu"):
        if "intent" in item.values:
            lines += _examples(item)
        else:
            _warn(document, item.line, f"'{next(iter(item.values), '{}')}' is not taken")
    if any(problem.severity == "error" for problem in document.problems):
        raise Unsound(document.problems)
    return tuple(lines), tuple(document.problems)


def _warn(document: Document, line: int, problem: str) -> None:
    document.complain(line, problem, "only examples of intents are", "warning")


def _examples(item: Entry) -> Iterator[Line]:
    intent = _SAME.get(found := item.text("intent"), found)
    for text, number in _texts(item):
        bare = _ENTITY.sub(r"\1", text)
        if bare != text:
            item.document.complain(number, "labels are taken off", f"left is '{bare}'", "warning")
        yield Line(bare, intent, number)


def _texts(item: Entry) -> Iterator[tuple[str, int]]:
    """Each example and its line: they stand one a line after `|`, or as a list."""
    value = item.values.get("examples")
    if value is None or isinstance(value.content, Entry):
        item.document.complain(item.line, "it has no examples", "add `examples: |` and a list")
        return
    if isinstance(value.content, str):
        for number, line in enumerate(value.content.split("\n"), value.line + 1):
            sign, _, text = line.strip().partition(" ")
            if sign == "-" and text:
                yield plain(text), number
            elif line.strip():
                problem = f"'{line.strip()}' is not taken"
                item.document.complain(number, problem, "begin it with '- '", "warning")
        return
    for found in value.content:
        example = found.content.text("text") if isinstance(found.content, Entry) else found.content
        if isinstance(example, str) and plain(example):
            yield plain(example).removeprefix("- "), found.line
