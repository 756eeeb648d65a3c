"""Whoever has a file changed finds the rest of it as they wrote it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.exchange.rewriting import Change, add, change, text_of, write_all
from knowledge.exchange.writing import plain
from knowledge.loading.documents import Document
from knowledge.places import BUILT_IN, files
from knowledge.problems import Unsound
from tests.knowledge.small import NOT_COVERED

KEPT = """\
# what it is about
title: "No: not today"  # short
lead: >-
  They had seen
  the bruises.

# the reports
cites: [inv/1.1, "5.10"]  # the main one first
asked:
  - who saw the bruises
  # of the night shift
  - 'no'  # only that
  - 5.10
# for judging
checks:
  - had school noticed

"""
TRICKY = (
    *("no", "5.10", "2026-11-22", "~", "=1+1", "@home", "-", "- a", "#1", "a: b", "a #b", "why:"),
    *('she said "no"', "'tis", "[a]", "{a}", "a, b", "&a", "*a", "!a", "|", ">", "%", "`", "? a"),
    *("...", "--- a", "\U0001f600 ok", "\\n", "null", "12:30", "a\u2028b", "\u200dx", "\ufeffx"),
)
TEXTS = st.sampled_from(TRICKY) | st.text(min_size=1, max_size=40).filter(lambda t: plain(t) != "")


def write(path: Path, text: str) -> Path:
    """A file with just these bytes."""
    path.write_bytes(text.encode())
    return path


def texts(path: Path, key: str) -> tuple[str, ...]:
    """The list under a key, as content is read."""
    document = Document(path)
    found = document.read().texts(key, needed=False)
    assert document.problems == []
    return found


@pytest.mark.parametrize("path", files([BUILT_IN]), ids=lambda path: path.name)
def test_a_file_in_which_nothing_changes_stays_byte_for_byte(path: Path) -> None:
    document = Document(path)
    entry = document.read()
    same: dict[str, str | tuple[str, ...]] = {}
    for key, value in entry.values.items():
        if isinstance(value.content, str):
            same[key] = value.content
        elif isinstance(value.content, tuple):
            items = [item.content for item in value.content]
            if all(isinstance(item, str) for item in items):
                same[key] = tuple(map(str, items))
    assert change(path, same).encode() == path.read_bytes()


@settings(deadline=None, max_examples=25)
@given(text=TEXTS)
def test_a_text_that_is_added_is_one_line_more_and_is_read_as_it_was_typed(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = write(tmp_path_factory.mktemp("a") / "kept.yaml", KEPT)
    after = add(path, "asked", [text])
    lines = after.split("\n")
    added = lines.pop(KEPT.split("\n").index("# for judging"))
    assert "\n".join(lines) == KEPT
    assert added.startswith("  - ")
    assert texts(write(path, after), "asked") == ("who saw the bruises", "no", "5.10", plain(text))


@settings(deadline=None, max_examples=25)
@given(text=TEXTS)
def test_a_text_is_read_as_it_was_typed_wherever_it_is_put(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = write(tmp_path_factory.mktemp("a") / "kept.yaml", KEPT)
    after = change(path, {"title": text, "lead": text, "cites": [text], "related": [text, text]})
    write(path, after)
    found = Document(path).read()
    assert (found.text("title"), found.text("lead")) == (plain(text), plain(text))
    assert (found.texts("cites"), found.texts("related")) == ((plain(text),), (plain(text),) * 2)
    assert "# the main one first\n" in after


def test_who_takes_a_line_out_keeps_the_comments_around_it(tmp_path: Path) -> None:
    path = write(tmp_path / "kept.yaml", KEPT)
    after = change(path, {"asked": ["at first", "who saw the bruises", "5.10", "at last"]})
    assert after == KEPT.replace(
        "  - who saw the bruises\n  # of the night shift\n  - 'no'  # only that\n  - 5.10\n",
        "  - at first\n  - who saw the bruises\n  # of the night shift\n  - 5.10\n  - at last\n",
    )


def test_who_sets_single_keys_changes_their_lines_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "kept.yaml", KEPT)
    after = change(
        path,
        {
            "title": "Who saw?",
            "lead": "The teachers.",
            "cites": ["5.10"],
            "theme": "no",
            "checks": (),
        },
    )
    assert (
        after
        == """\
# what it is about
title: Who saw?  # short
lead: >-
  The teachers.

# the reports
cites: ["5.10"]  # the main one first
theme: "no"
asked:
  - who saw the bruises
  # of the night shift
  - 'no'  # only that
  - 5.10
# for judging

"""
    )


def test_a_long_lead_is_folded(tmp_path: Path) -> None:
    path = write(tmp_path / "short.yaml", "title: Who?\n")
    after = change(path, {"lead": "one two three " * 12, "asked": ["who"]})
    assert max(map(len, after.split("\n"))) <= 100
    assert after.startswith("title: Who?\nlead: >-\n  one two")
    assert after.endswith("three\nasked:\n  - who\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("asked:\n- one", "asked:\n- one\n- two"),
        ("asked:\r\n    - one\r\n", "asked:\r\n    - one\r\n    - two\r\n"),
        ("\ufeffasked:\n  - one\n", "\ufeffasked:\n  - one\n  - two\n"),
        ("asked: [one,'x']  # some\n", "asked: [one, 'x', two]  # some\n"),
        ("asked: []\nlead: a\n", "lead: a\nasked:\n  - two\n"),
        ("asked:\n# c\nlead: a\n", "# c\nlead: a\nasked:\n  - two\n"),
        (
            "asked:\n  - >-\n    one\n    more\n# c\n",
            "asked:\n  - >-\n    one\n    more\n  - two\n# c\n",
        ),
    ],
)
def test_a_file_keeps_the_form_that_its_writer_gave_it(
    tmp_path: Path, before: str, after: str
) -> None:
    assert add(write(tmp_path / "a.yaml", before), "asked", ["two"]) == after


def test_a_text_is_added_to_the_route_that_is_meant(tmp_path: Path) -> None:
    path = write(tmp_path / "not-covered.yaml", NOT_COVERED)
    assert add(path, "checks", ["who robbed me"], route="police") == (
        NOT_COVERED + "    checks:\n      - who robbed me\n"
    )
    assert add(path, "asked", ["may I look"], route="lead") == NOT_COVERED.replace(
        "in her bag\n", "in her bag\n      - may I look\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("routes: []\n", "there is no route 'hr'; correct the id"),
        ("routes: [{id: hr}]\n", "it is in {…}; write each `key: value` on a line of its own"),
        ("routes: 'a\n", "is opened and not closed; close it, or double the marks inside"),
    ],
)
def test_a_file_that_cannot_be_changed_is_told_with_the_mend(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(Unsound) as told:
        add(write(tmp_path / "not-covered.yaml", text), "asked", ["a"], route="hr")
    assert str(told.value).endswith(said)


def test_a_change_is_shown_and_then_written_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "a.yaml", "asked:\r\n  - one\r\n")
    path.chmod(0o640)
    made = Change(path, text_of(path), add(path, "asked", ["two"]))
    assert made.diff == f"--- {path}\n+++ {path}\n@@ -1,2 +1,3 @@\n asked:\n   - one\n+  - two\n"
    made.write()
    assert path.read_bytes() == b"asked:\r\n  - one\r\n  - two\r\n"
    assert (path.stat().st_mode & 0o777, list(tmp_path.iterdir())) == (0o640, [path])


def test_where_nothing_changes_there_is_nothing_to_show(tmp_path: Path) -> None:
    assert Change(tmp_path / "a.yaml", "a: b\n", "a: b\n").diff == ""


def test_where_one_file_cannot_be_written_none_is_changed(tmp_path: Path) -> None:
    paths = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for path in paths:
        path.write_text("old", encoding="utf-8")
    (tmp_path / "b.yaml.new").mkdir()
    with pytest.raises(OSError, match=r"b\.yaml\.new"):
        write_all(Change(path, "old", "new") for path in paths)
    assert [path.read_text(encoding="utf-8") for path in paths] == ["old", "old"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "b.yaml", "b.yaml.new"]
