"""What people asked reaches a maintainer at a terminal, and from there the content's files."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from bot.cli.writing import write_accepted
from bot.records.deciding import Decision, What, accepted, decide
from bot.records.entries import Act, Decided, Feedback, Unanswered
from bot.records.missed import askings
from bot.records.opening import open_pseudonyms, open_store
from bot.records.records import now, today
from bot.records.sqlite.store import SqliteStore
from bot.records.store import Store
from bot.rendering.suggesting import CONFIDENTIAL, NOTHING
from bot.settings import IN_MEMORY, Settings
from knowledge.opening import Knowledge, open_knowledge
from knowledge.quality.suggesting import suggest
from tests.bot.terminals import Here, Said
from tests.knowledge.small import write

PLACE, PASSES, NAMED = (
    "how do i apply for a school place",
    "do you have bus passes",
    "may John Smith leave early",
)


def kept(here: Here) -> Store:
    settings = Settings(database=here.database)
    open_pseudonyms(settings)
    return open_store(settings)


def sent_in(here: Here, *texts: str) -> dict[str, str]:
    """Wordings that people sent in: the id of each one's group."""
    with closing(kept(here)) as store:
        for number, text in enumerate(texts):
            store.put(Unanswered(str(number), today(), "p", "sent_in", "fathers", text, "c"))
    found = json.loads(here.types("suggest", "--json").out)["suggestions"]
    return {one["wordings"][0]["text"]: one["id"] for one in found}


def decisions(here: Here) -> list[tuple[str, str, str]]:
    with closing(kept(here)) as store:
        return sorted((one.what, one.into, one.text) for one in store.find(Decided))


def acts(here: Here) -> list[tuple[str, str]]:
    with closing(kept(here)) as store:
        return [(act.did, act.about) for act in sorted(store.find(Act), key=lambda act: act.at)]


def test_where_nothing_was_missed_that_is_said(here: Here) -> None:
    assert here.types("suggest") == Said(f"{NOTHING}\n", "", 0)
    found = {"suggestions": [], "not_useful": [], "without_words": None}
    assert json.loads(here.types("suggest", "--json").out) == found


def test_what_people_asked_is_listed_masked_with_what_is_closest(here: Here) -> None:
    ids = sent_in(here, NAMED)
    lines = here.types("suggest").out.splitlines()
    assert lines[:6] == [
        CONFIDENTIAL,
        "",
        f"{ids['may [name] leave early']}: asked once",
        "  “may [name] leave early”",
        "  Personal data was seen in it: that can't be accepted as it is.",
        "  Of no use to who asked: fathers",
    ]
    assert lines[6] == "  Closest:"
    assert [line[:5] for line in lines[7:]] == ["  1. ", "  2. ", "  3. "]
    assert acts(here)[-1] == ("read suggestions", "")


def test_answers_of_no_use_are_told_and_no_number_under_five(here: Here) -> None:
    with closing(kept(here)) as store:
        for who in range(6):
            intent = "warning-signs" if who else "fathers"
            reason = "not right" if who == 1 else ""
            store.put(Feedback(f"p{who}", f"{intent}@1", today(), False, reason))
        for number in range(5):
            store.put(Unanswered(f"{number}", today(), "p", "not_covered", "", "", "c"))
    assert here.types("suggest").out.splitlines()[1:] == [
        "",
        "Answers of no use:",
        "  Which signs, seen together, might warn of serious harm? (5 people: not right)",
        "  fathers (few people)",
        "",
        "Not covered, and the words are not kept: 5",
    ]


def test_a_group_is_accepted_once_and_noted(here: Here) -> None:
    id = sent_in(here, PLACE)[PLACE]
    said = here.types("suggest", "accept", id, "--intent", "warning-signs")
    put = "put to “Which signs, seen together, might warn of serious harm?”"
    assert said == Said(f"{id} is {put}.\n  “{PLACE}”\n", "", 0)
    assert decisions(here) == [("intent", "warning-signs", PLACE)]
    assert acts(here)[-1] == ("accept a wording", f"{id} warning-signs")
    again = here.types("suggest", "skip", id)
    assert again == Said("", f"{id} is decided already: {put}.\n", 1)
    assert here.types("suggest").out == f"{NOTHING}\n"


def test_several_groups_are_decided_together_or_none_is(here: Here) -> None:
    ids = sent_in(here, PLACE, PASSES)
    said = here.types("suggest", "skip", *ids.values(), "00000000", "x")
    assert (said.out, said.code, said.err.splitlines()) == (
        "",
        1,
        [
            f"{id} is no group that waits; `python bot.py suggest` lists those that do."
            for id in ("00000000", "x")
        ],
    )
    assert decisions(here) == []
    here.types("suggest", "not-covered", *ids.values(), "--route", "law")
    assert decisions(here) == [("not_covered", "law", PASSES), ("not_covered", "law", PLACE)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("accept", "--intent", "warning-sins"),
            "There is no intent 'warning-sins'; close to it: ",
        ),
        (("not-covered", "--route", "lex"), "There is no route 'lex'; close to it: "),
        (("accept", "--intent", "warning-signs"), "has personal data in it"),
        (
            ("accept", "--intent", "warning-signs", "--wording", "may John Smith go"),
            "This has a name in it: type it without.",
        ),
    ],
)
def test_what_cannot_be_decided_is_said_in_one_line(
    words: tuple[str, ...], told: str, here: Here
) -> None:
    (id,) = sent_in(here, NAMED).values()
    said = here.types("suggest", words[0], id, *words[1:])
    assert (said.out, said.code, said.err.count("\n")) == ("", 2, 1)
    assert told in said.err
    assert decisions(here) == []


def test_a_mask_is_not_taken_for_a_word(here: Here) -> None:
    (id,) = sent_in(here, NAMED).values()
    typed = ("--wording", "may [name] leave early")
    said = here.types("suggest", "accept", id, "--intent", "warning-signs", *typed)
    assert said.code == 2
    assert said.err.startswith("Something is masked in this: type it without the brackets.")
    assert decisions(here) == []


def test_a_maintainer_types_a_wording_that_names_nobody(here: Here) -> None:
    (id,) = sent_in(here, NAMED).values()
    typed = "may a pupil leave  early"
    here.types("suggest", "accept", id, "--intent", "warning-signs", "--wording", typed)
    assert decisions(here) == [("intent", "warning-signs", "may a pupil leave early")]


class Keyboard(StringIO):
    """What is typed at a terminal."""

    def isatty(self) -> bool:
        return True


class Screen(StringIO):
    """What a terminal shows."""

    def isatty(self) -> bool:
        return True


def test_at_a_keyboard_each_group_is_asked_about(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent_in(here, PLACE, PASSES, NAMED, "what is the capital of France")
    typed = ["nonsense", "n", "6", "", "1", "q", "1", "may a pupil leave early", "s"]
    screen = Screen()
    with monkeypatch.context() as changed:
        changed.setattr(sys, "stdin", Keyboard("".join(f"{line}\n" for line in typed)))
        changed.setattr(sys, "stdout", screen)
        here.types("suggest")
    shown = screen.getvalue()
    assert shown.startswith(CONFIDENTIAL)
    assert "1 of 4" in shown and "4 of 4" in shown
    assert shown.endswith("`python bot.py suggest write` puts what was accepted into the files.\n")
    assert [(what, text) for what, _, text in decisions(here)] == [
        ("intent", "may a pupil leave early"),
        ("not_covered", PASSES),
        ("skipped", ""),
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("content"))


@pytest.fixture(scope="module")
def small(folder: Path) -> Knowledge:
    return open_knowledge([folder], None, None)


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(SqliteStore(IN_MEMORY)) as store:
        yield store


def accept(store: Store, knowledge: Knowledge, text: str, intent: str) -> None:
    store.put(Unanswered(text, today(), "p", "sent_in", "", text, "c"))
    (one,) = suggest(askings(store), knowledge)
    assert decide(store, one, Decision(What.INTENT, intent), {one.ids[0]: text}, "p", now())


def test_what_was_accepted_is_shown_and_not_written_until_it_is_asked_for(
    store: Store,
    small: Knowledge,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    accept(store, small, "who noticed", "bruises")
    accept(store, small, "what should boards ask", "bruises")
    write_accepted(store, (folder, tmp_path), small, writes=False)
    said = capsys.readouterr().out
    assert "+  - who noticed\n" in said
    held = "Held back from bruises: “what should boards ask”: boards has it already.\n"
    assert said.endswith(f"{held}Nothing is written yet: add --write.\n")
    assert list(tmp_path.iterdir()) == []
    assert len(accepted(store)) == 2


def test_what_is_written_is_marked_and_what_is_held_back_waits_again(
    store: Store,
    small: Knowledge,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    accept(store, small, "who noticed", "bruises")
    accept(store, small, "what should boards ask", "bruises")
    assert write_accepted(store, (folder, tmp_path), small, writes=True)
    assert capsys.readouterr().out.endswith("Written: 1. Held back: 1.\n")
    assert "  - who noticed\n" in (tmp_path / "intents/bruises.yaml").read_text()
    assert accepted(store) == ()
    assert [(one.text, one.written) for one in store.find(Decided)] == [("who noticed", today())]
    assert [one.text for one in askings(store)] == ["what should boards ask"]
    noted = [(act.did, act.about) for act in store.find(Act) if act.by == "terminal"]
    assert sorted(noted) == [("hold wordings back", "1"), ("write accepted wordings", "1")]


def test_a_wording_that_stands_for_two_groups_is_written_once(
    store: Store, small: Knowledge, folder: Path, tmp_path: Path
) -> None:
    for id in ("1", "2"):
        store.put(Decided(id, id, today(), "p", "intent", "bruises", "who noticed", ""))
    write_accepted(store, (folder, tmp_path), small, writes=True)
    assert (tmp_path / "intents/bruises.yaml").read_text().count("- who noticed\n") == 1
    assert accepted(store) == ()


def test_where_nothing_is_accepted_nothing_is_tried(here: Here) -> None:
    said = here.types("suggest", "write")
    assert said == Said("Nothing is accepted that is not written yet.\n", "", 0)


def test_a_folder_under_other_content_is_not_written_to(here: Here, tmp_path: Path) -> None:
    over = tmp_path / "over"
    over.mkdir()
    environ = {"KNOWLEDGE_DIRS": str(over)}
    said = here.types("suggest", "write", "--folder", "knowledge/content", environ=environ)
    assert (said.code, said.err) == (
        2,
        "Other content is laid over 'knowledge/content': take it out of KNOWLEDGE_DIRS first. Try: "
        "python bot.py suggest write --help\n",
    )
