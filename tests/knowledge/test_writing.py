"""What was typed comes back from the file that was written of it, whatever it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.loading.documents import Document
from knowledge.writing import Bare, InARow, Prose, write_document

TRICKY = """\
no null ~ 1.10 2026-11-22 & &a !a *a ' ? %a @a `a` = << \\ # 0x1F 1e3 true |a >a , ] } {a [a -
- a|a: b|a # b|[a, b]|"a" said: b|👶 baby|? a|| a|> a|a:|it's
"""
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.sampled_from(
    [*TRICKY.split("\n")[0].split(), *TRICKY.split("\n")[1].split("|")]
)
SAID = TEXTS.map(lambda text: " ".join(text.split())).filter(bool)


@settings(max_examples=60)
@given(title=SAID, lead=SAID, ids=st.lists(SAID, min_size=1, max_size=3), asked=st.lists(SAID))
def test_every_text_comes_back_as_it_was_typed(
    title: str,
    lead: str,
    ids: list[str],
    asked: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    entry = {"id": title, "text": Prose(lead), "ages": InARow(ids)}
    path = tmp_path_factory.getbasetemp() / "written.yaml"
    written = write_document(
        {
            "title": title,
            "lead": Prose(lead),
            "cites": InARow(ids),
            "year": Bare(title),
            "asked": asked,
            "read_in": {"read": title},
            "units": [entry, entry],
        }
    )
    path.write_text(written, encoding="utf-8")
    document = Document(path)
    read = document.read()
    texts = (read.text("title"), read.text("lead"), read.text("year"))
    lists = (read.texts("cites"), read.texts("asked", needed=False))
    assert (texts, lists) == ((title, lead, title), (tuple(ids), tuple(asked)))
    assert read.entry("read_in").text("read") == title
    units = [
        (unit.text("id"), unit.text("text"), unit.texts("ages")) for unit in read.entries("units")
    ]
    assert units == [(title, lead, tuple(ids))] * 2
    assert document.problems == []


def test_a_file_looks_like_those_that_are_there() -> None:
    assert write_document(
        {
            "draft": Bare("true"),
            "title": "Who: had seen?",
            "lead": Prose("seen " * 25),
            "cites": InARow(("inv/1.1", "inv/2.1")),
            "related": InARow(),
            "theme": "",
            "published": "2010",
            "year": Bare("2010"),
            "asked": ("no", "what of it, then", "- a dash", 'he said: "so what"'),
        }
    ).splitlines() == [
        "draft: true",
        'title: "Who: had seen?"',
        "lead: >-",
        f"  {' '.join(['seen'] * 19)}",
        f"  {' '.join(['seen'] * 6)}",
        "cites: [inv/1.1, inv/2.1]",
        'published: "2010"',
        "year: 2010",
        "asked:",
        '  - "no"',
        "  - what of it, then",
        '  - "- a dash"',
        '  - "he said: \\"so what\\""',
    ]


def test_entries_have_room_around_them() -> None:
    units = [{"id": "inv/1.1", "ages": InARow(("any",)), "text": Prose("It was seen.")}]
    assert write_document({"title": "Seen", "units": units}) == (
        "title: Seen\n\nunits:\n\n  - id: inv/1.1\n    ages: [any]\n    text: >-\n"
        "      It was seen.\n"
    )
