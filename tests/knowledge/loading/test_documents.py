"""A broken file is told in words that help: which line, what is wrong, what to do."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.loading.complaining import MENDS
from knowledge.loading.documents import Document
from knowledge.loading.mappings import Entry

QUOTES = 'put the whole text in "double quotes"'
QUOTE_IT = 'put it in "double quotes"'
COLON = "a line containing ': ' needs quotes"
SIGN = "a line begins with a sign that means something to YAML"
TAB = "a tab is used to indent"
UNCLOSED = "a quotation mark is opened and not closed"
CLOSE = "close it, or double the marks inside"
ESCAPE = 'in "double quotes" a backslash has a meaning of its own'
INDENTED = "a line is indented differently from its neighbours, or has text after a closing quote"
LINE_UP = f"line it up, or {QUOTES}"
NO_COLON = "a line has no ': ' after its key"
ADD_COLON = "write `key: text`, or indent the line under the one before"
BRACKET = "a square bracket is opened and not closed"
CURLY = "a curly bracket is opened and not closed"
CLOSE_CURLY = f"close it with }}, or {QUOTES.replace('whole ', '')}"
CONTROL = "there is a control character"
STRANGE = "the form is not that of YAML"
COMPARE = "compare it with a file that works"

BROKEN = {
    "title: a\nlead: she said: no\n": (2, COLON, QUOTES),
    "title: a\n  lead: b\n": (2, COLON, QUOTES),
    "title: a\nasked:\n  - @bot says\n": (3, SIGN, QUOTES),
    "title: `a`\n": (1, SIGN, QUOTES),
    "title: a\nlead: , and then\n": (2, SIGN, QUOTES),
    "title: a\nasked:\n\t- b\n": (3, TAB, "use spaces"),
    "title: a\nasked:\n  - b\n\t- c\n": (4, TAB, "use spaces"),
    "title:\n  b: c\n\td: e\n": (3, TAB, "use spaces"),
    'title: a\nlead: "b\ncites: [c]\n': (2, UNCLOSED, CLOSE),
    "title: a\nlead: 'tis\n": (2, UNCLOSED, CLOSE),
    'title: "a\\qb"\n': (1, ESCAPE, "use 'single quotes', or write it twice"),
    "title: *a\n": (1, "a text begins with *", QUOTE_IT),
    "asked:\n  - *really* bad\n": (2, "a text begins with *", QUOTE_IT),
    "title: & co\n": (1, "a text begins with &", QUOTE_IT),
    "title: &me too\n": (1, "a text begins with &", QUOTE_IT),
    "related: &a [*a]\n": (1, "a text begins with &", QUOTE_IT),
    "title: > b\n": (1, "a text begins with > or |", QUOTE_IT),
    "title: |b\n": (1, "a text begins with > or |", QUOTE_IT),
    "title: a\n%lead: b\n": (2, "a text begins with %", QUOTE_IT),
    "title: !<b\n": (1, "a text begins with !", QUOTE_IT),
    "asked:\n  - a\n  - !!! help\n": (3, "a text begins with !", QUOTE_IT),
    "asked:\n  - ! help\n": (2, "a text begins with !", QUOTE_IT),
    "cites: [a, b\nrelated: [c]\n": (1, BRACKET, "close it with ]"),
    "title: a\nlead: {b\ncites: [c]\n": (2, CURLY, CLOSE_CURLY),
    "title: a\nlead\ncites: [b]\n": (2, NO_COLON, ADD_COLON),
    "title: a\nlead: caf\u00e9\ncites: b\x01c\n": (3, CONTROL, "delete it"),
    "title: a\x00b\n": (1, CONTROL, "delete it"),
    'title: "a" b\n': (1, INDENTED, LINE_UP),
    "asked:\n  - a\n - b\n": (3, INDENTED, LINE_UP),
    "title:\n    a: b\n  c: d\n": (3, INDENTED, LINE_UP),
    "asked:\n  - {name} asks\n": (2, INDENTED, LINE_UP),
    "title: a\n---\ntitle: b\n": (2, STRANGE, COMPARE),
    "title: a\nlead: b\ntitle: c\n": (3, "the key 'title' stands twice", "join it with line 1"),
    "{a: b}: c\n": (1, "a key is not a word", "write `key: value`"),
    "": (
        1,
        "it does not hold `key: value` lines",
        "see docs/adding-an-intent.md for the form of a file",
    ),
    "- a\n- b\n": (
        1,
        "it does not hold `key: value` lines",
        "see docs/adding-an-intent.md for the form of a file",
    ),
}


def read(folder: Path, text: str | bytes) -> tuple[Entry, list[tuple[int, str, str]]]:
    """What a file of this text holds, and the document's complaints while it is asked."""
    file = folder / "a.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    document = Document(file)
    return document.read(), told(document)


def told(document: Document) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.problem, problem.mend) for problem in document.problems]


@pytest.mark.parametrize(("text", "expected"), BROKEN.items())
def test_a_broken_file_is_told_with_its_line_and_a_mend(
    text: str, expected: tuple[int, str, str], tmp_path: Path
) -> None:
    assert read(tmp_path, text)[1] == [expected]


def test_every_mend_that_is_known_is_told_of_some_broken_file() -> None:
    assert {problem for _, problem, _ in MENDS} <= {problem for _, problem, _ in BROKEN.values()}


def test_a_problem_names_the_file(tmp_path: Path) -> None:
    document = Document(tmp_path / "a.yaml")
    document.path.write_text("- a\n")
    document.read()
    assert str(document.problems[0]) == (
        f"{tmp_path}/a.yaml:1: error: it does not hold `key: value` lines; "
        "see docs/adding-an-intent.md for the form of a file"
    )


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    assert read(tmp_path, b"title: caf\xe9\n")[1] == [
        (0, "byte 10 is not UTF-8", "save the file as UTF-8")
    ]


def test_a_folder_in_a_file_s_place_is_told(tmp_path: Path) -> None:
    document = Document(tmp_path)
    document.read()
    assert told(document) == [(0, "it cannot be read: Is a directory", "make it a readable file")]


def test_an_unreadable_file_is_not_blamed_for_what_it_lacks(tmp_path: Path) -> None:
    entry, before = read(tmp_path, "title: a\nlead: she said: no\n")
    assert entry.text("title") == ""
    assert entry.texts("asked") == ()
    assert told(entry.document) == before


@pytest.mark.parametrize(
    "scalar",
    ["4.10", "no", "on", "~", "null", "2009-2010", "2026-11-22", "1e3", "0x1F", "1_000", "12:30"],
)
def test_every_scalar_stays_the_text_that_was_typed(scalar: str, tmp_path: Path) -> None:
    entry, problems = read(tmp_path, f"one: {scalar}\nmany: [{scalar}]\n")
    assert (entry.text("one"), entry.texts("many"), problems) == (scalar, (scalar,), [])


@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), max_size=60))
def test_whatever_stands_in_double_quotes_is_read_as_it_is(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    entry, problems = read(
        tmp_path_factory.getbasetemp(), f"title: {json.dumps(text, ensure_ascii=False)}\n"
    )
    assert (entry.text("title", ""), problems) == (" ".join(text.split()), [])


@given(
    text=st.text("ab&*[]{}:,-?\n\t #!|>%@`\"'\\", max_size=40)
    | st.binary(max_size=40)
    | st.text(max_size=40)
)
def test_no_file_whatever_is_met_with_a_traceback(
    text: str | bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    typed = text if isinstance(text, bytes) else text.encode(errors="surrogatepass")
    entry, problems = read(tmp_path_factory.getbasetemp(), typed)
    assert entry.values or problems or b"{" in typed
    assert all(problem and mend for _, problem, mend in problems)


ASKED = """\
title: a
lead: [b]
year: ²
day: 31 January
list: c
items:
  - d
  - e: f
  -
empty: []
blank:
asks: g
"""


def test_an_entry_complains_of_everything_that_does_not_fit(tmp_path: Path) -> None:
    entry, _ = read(tmp_path, ASKED)
    entry.only("title", "lead", "year", "day", "list", "items", "empty", "blank", "asked")
    assert entry.text("title", among=("x", "y")) == "a"
    assert entry.text("lead") == ""
    assert entry.number("year") == 0
    assert entry.texts("list") == ()
    assert entry.texts("items", among=("x",)) == ("d",)
    assert entry.texts("empty") == ()
    assert entry.text("blank") == ""
    assert entry.text("missing") == ""
    assert entry.texts("missing") == ()
    assert next(iter(entry.entries("items"))).texts("e", needed=False) == ()
    assert list(entry.named("title")) == []
    assert told(entry.document) == [
        (12, "unknown key 'asks'", "did you mean 'asked'?"),
        (1, "'title' is 'a'", "use one of: x, y"),
        (2, "'lead' is not one text", "write `lead: …` on one line, or after `>-`"),
        (3, "'year' is '²'", "write a whole number"),
        (5, "'list' is not a list", "begin each line under it with `- `"),
        (7, "'items' is 'd'", "use one of: x"),
        (8, "an item of 'items' is not one text", QUOTES),
        (9, "an item of 'items' is empty", "write it or delete the line"),
        (10, "'empty' is an empty list", "add at least one"),
        (11, "'blank' is empty", "write the text after the colon"),
        (1, "'missing' is missing", "add a line `missing: …`"),
        (1, "'missing' is missing", "add `missing:` and a list under it"),
        (7, "an entry of 'items' has no keys", "write `- key: value`"),
        (8, "'e' is not a list", "begin each line under it with `- `"),
        (1, "'title' has no `name: …` lines", "add `title:` and such lines under it"),
    ]


def test_a_strange_key_is_told_the_keys_that_there_are(tmp_path: Path) -> None:
    entry, _ = read(tmp_path, "title: a\ncolour: b\n")
    entry.only("title", "lead")
    assert told(entry.document) == [(2, "unknown key 'colour'", "use one of: title, lead")]
