"""The parts of the content are held against each other, and all that is wrong is told at once."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from knowledge.guidance import AgeGroup, Intent, Route, SmallTalkReply, Source, Unit
from knowledge.handbook import Handbook
from knowledge.loading import load
from knowledge.problems import Problem, Unsound
from tests.knowledge.small import (
    BOARDS,
    BRUISES,
    FILES,
    NOT_COVERED,
    SMALL_TALK,
    SOURCE,
    problems_of,
    small_handbook,
    write,
)


def test_the_files_become_a_handbook_with_every_scalar_as_typed(tmp_path: Path) -> None:
    assert small_handbook(tmp_path) == Handbook(
        sources=(
            Source(
                slug="invented",
                title="Invented lessons",
                subtitle="a sample",
                short="Invented lessons",
                publisher="Nobody",
                known_as="Nobody",
                year=2010,
                published="March 2010",
                period="2009-2010",
                nation="England",
                status="historic",
                as_of="2026-01-31",
                checked_by="",
                review_by="2027-01-31",
                read_in={"summary": "the summary"},
                notes=("It was invented.",),
            ),
        ),
        units=(
            Unit(
                id="inv/1.1",
                source="invented",
                locator="paragraph 4.10",
                kind="finding",
                addressed_to=("practitioners",),
                ages=("any",),
                via=("summary",),
                concerns=("education",),
                text="Teachers had seen the bruises.",
                shown_with=("inv/2.1",),
            ),
            Unit(
                id="inv/2.1",
                source="invented",
                locator="page 2",
                kind="statistic",
                addressed_to=("all",),
                ages=("unborn", "under-1"),
                via=("summary",),
                concerns=("education",),
                text="This was so in 7 of 12 cases.",
                note="The page is unnumbered.",
            ),
            Unit(
                id="inv/3.1",
                source="invented",
                locator="page 3",
                kind="recommendation",
                addressed_to=("boards",),
                ages=("14-plus",),
                via=("summary",),
                concerns=("manager",),
                text="Boards should ask how often.",
            ),
        ),
        intents=(
            Intent(
                id="boards",
                title="What should boards ask?",
                lead="They should ask how often.",
                cites=("inv/3.1", "inv/1.1"),
                related=(),
                asked=("what should boards ask", "questions for the board"),
                checks=(),
            ),
            Intent(
                id="bruises",
                title="Who had seen the bruises?",
                lead="The teachers had.",
                cites=("inv/1.1",),
                related=("boards",),
                asked=("who saw the bruises", "did any teacher notice marks"),
                checks=("had school noticed",),
            ),
        ),
        routes=(
            Route(
                "lead",
                "Talk to your safeguarding lead.",
                ("may I look in her bag",),
                ("can we search a pupil",),
            ),
            Route("police", "Ask the police.", ("is it a crime",), ()),
        ),
        small_talk=(SmallTalkReply("hello", "Hello.", ("hello", "good morning")),),
        glossary={"health visitor": ("hv", "health vis")},
        age_groups=(AgeGroup("unborn", "unborn babies", ("bump",)),),
        follow_ups={
            key: (f"{key} then",)
            for key in ("again", "more", "example", "action", "openers", "corrections", "boards")
        },
    )


WRONG: Mapping[str, tuple[Mapping[str, str], Sequence[tuple[str, int, str, str]]]] = {
    "a cited unit that there is not": (
        {"intents/boards.yaml": BOARDS.replace("inv/1.1", "inv/1.2")},
        [("intents/boards.yaml", 3, "there is no unit 'inv/1.2'", "did you mean 'inv/1.1'?")],
    ),
    "a cited unit that is like none": (
        {"intents/boards.yaml": BOARDS.replace("inv/1.1", "everything")},
        [
            (
                "intents/boards.yaml",
                3,
                "there is no unit 'everything'",
                "correct the id: `python bot.py list units` shows them all",
            )
        ],
    ),
    "a draft that is one a little": (
        {"intents/boards.yaml": f"{BOARDS}draft: perhaps\n"},
        [("intents/boards.yaml", 7, "'draft' is 'perhaps'", "use one of: true, false")],
    ),
    "a related intent that there is not": (
        {"intents/bruises.yaml": BRUISES.replace("[boards]", "[broads]")},
        [("intents/bruises.yaml", 4, "there is no intent 'broads'", "did you mean 'boards'?")],
    ),
    "a needed unit that there is not": (
        {"sources/invented.yaml": SOURCE.replace("[inv/2.1]", "[inv/2.2]")},
        [("sources/invented.yaml", 26, "there is no unit 'inv/2.2'", "did you mean 'inv/2.1'?")],
    ),
    "a way of asking in two intents": (
        {
            "intents/bruises.yaml": BRUISES.replace(
                "who saw the bruises", "What SHOULD boards ask?!"
            )
        },
        [
            (
                "intents/bruises.yaml",
                6,
                "the way of asking 'what should boards ask' stands twice",
                "it is also in intents/boards.yaml:5; delete one",
            )
        ],
    ),
    "a way of asking twice in one intent": (
        {"intents/boards.yaml": f"{BOARDS}  - Questions for the board?\n"},
        [
            (
                "intents/boards.yaml",
                7,
                "the way of asking 'questions for the board' stands twice",
                "it is also in intents/boards.yaml:6; delete one",
            )
        ],
    ),
    "a way of asking that is also not covered": (
        {"not-covered.yaml": NOT_COVERED.replace("is it a crime", "questions for the board")},
        [
            (
                "not-covered.yaml",
                11,
                "the way of asking 'questions for the board' stands twice",
                "it is also in intents/boards.yaml:6; delete one",
            )
        ],
    ),
    "a unit's id twice": (
        {"sources/invented.yaml": SOURCE.replace("id: inv/3.1", "id: inv/2.1")},
        [
            (
                "intents/boards.yaml",
                3,
                "there is no unit 'inv/3.1'",
                "did you mean 'inv/2.1' or 'inv/1.1'?",
            ),
            (
                "sources/invented.yaml",
                37,
                "the unit 'inv/2.1' stands twice",
                "it is also in sources/invented.yaml:28; delete one",
            ),
        ],
    ),
    "a route's id twice": (
        {"not-covered.yaml": NOT_COVERED.replace("id: police", "id: lead")},
        [("not-covered.yaml", 8, "the id 'lead' stands twice", "give one of them another id")],
    ),
    "a reply's id twice": (
        {
            "small-talk.yaml": f"{SMALL_TALK}  - id: hello\n    says: Hi.\n    asked: [hi]\n",
        },
        [("small-talk.yaml", 5, "the id 'hello' stands twice", "give one of them another id")],
    ),
    "a unit's id of another report": (
        {"sources/invented.yaml": SOURCE.replace("prefix: inv", "prefix: in")},
        [
            (
                "sources/invented.yaml",
                line,
                f"the id '{id}' has not the form in/locator.number",
                "see the other units",
            )
            for line, id in ((19, "inv/1.1"), (28, "inv/2.1"), (37, "inv/3.1"))
        ],
    ),
    "a kind that there is not": (
        {"sources/invented.yaml": SOURCE.replace("kind: statistic", "kind: number")},
        [
            (
                "sources/invented.yaml",
                30,
                "'kind' is 'number'",
                "use one of: recommendation, finding, case, comment, statistic, indicator, "
                "definition, contact",
            )
        ],
    ),
    "an audience that there is not": (
        {"sources/invented.yaml": SOURCE.replace("[boards]", "[board]")},
        [
            (
                "sources/invented.yaml",
                40,
                "'addressed_to' is 'board'",
                "use one of: practitioners, boards, all",
            )
        ],
    ),
    "an age that there is not": (
        {"sources/invented.yaml": SOURCE.replace("[14-plus]", "[14]")},
        [
            (
                "sources/invented.yaml",
                41,
                "'ages' is '14'",
                "use one of: unborn, under-1, young-parent, 14-plus, any",
            )
        ],
    ),
    "a document that was not read": (
        {"sources/invented.yaml": SOURCE.replace("  summary: the", "  news: the", 1)},
        [
            ("sources/invented.yaml", line, "'via' is 'summary'", "use one of: news")
            for line in (24, 33, 42)
        ],
    ),
    "a status that there is not": (
        {"sources/invented.yaml": SOURCE.replace("historic", "old")},
        [
            (
                "sources/invented.yaml",
                10,
                "'status' is 'old'",
                "use one of: historic, superseded, in_force, draft, enacted_not_confirmed, unknown",
            )
        ],
    ),
    "a year and a day that are none": (
        {"sources/invented.yaml": SOURCE.replace("2010\np", "MMX\np").replace("01-31", "31 Jan")},
        [
            ("sources/invented.yaml", 6, "'year' is 'MMX'", "write a whole number"),
            (
                "sources/invented.yaml",
                11,
                "'as_of' is '2026-31 Jan'",
                "write a day as 2026-11-22",
            ),
            (
                "sources/invented.yaml",
                13,
                "'review_by' is '2027-31 Jan'",
                "write a day as 2026-11-22",
            ),
        ],
    ),
    "an intent without a citation": (
        {"intents/boards.yaml": BOARDS.replace("cites: [inv/3.1, inv/1.1]\n", "")},
        [("intents/boards.yaml", 1, "'cites' is missing", "add `cites:` and a list under it")],
    ),
    "a misspelt key": (
        {"intents/bruises.yaml": BRUISES.replace("checks:", "check:")},
        [("intents/bruises.yaml", 8, "unknown key 'check'", "did you mean 'checks'?")],
    ),
    "a key that stands twice": (
        {"intents/boards.yaml": f"{BOARDS}title: Another\n"},
        [("intents/boards.yaml", 7, "the key 'title' stands twice", "join it with line 1")],
    ),
    "a file that nobody reads": (
        {"smalltalk.yaml": SMALL_TALK},
        [("smalltalk.yaml", 0, "no file of this name is known", "rename it, or delete it")],
    ),
    "a file name that is no id": (
        {"intents/Big_one.yaml": BOARDS.replace("board", "staff")},
        [
            (
                "intents/Big_one.yaml",
                0,
                "the file name 'Big_one' is no id",
                "use a-z, 0-9 and -, 40 at most",
            )
        ],
    ),
    "an intent that YAML cannot read": (
        {"intents/boards.yaml": BOARDS.replace("lead: They", "lead: so: they")},
        [
            (
                "intents/boards.yaml",
                2,
                "a line containing ': ' needs quotes",
                'put the whole text in "double quotes"',
            )
        ],
    ),
    "a report that YAML cannot read": (
        {"sources/invented.yaml": SOURCE.replace("short: Inv", "short: @Inv")},
        [
            (
                "sources/invented.yaml",
                3,
                "a line begins with a sign that means something to YAML",
                'put the whole text in "double quotes"',
            )
        ],
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_with_file_line_and_mend(what: str, tmp_path: Path) -> None:
    changed, expected = WRONG[what]
    found = problems_of(write(tmp_path, changed))
    assert [(p.file, p.line, p.problem, p.mend) for p in found] == expected


def test_a_maintainer_sees_every_problem_at_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "intents/boards.yaml": BOARDS.replace("inv/1.1", "inv/9.9"),
            "intents/bruises.yaml": BRUISES.replace("lead:", "led:"),
            "small-talk.yaml": b"caf\xe9",
            "sources/invented.yaml": SOURCE.replace("[14-plus]", "[old]"),
        },
    )
    assert [(p.file, p.line) for p in problems_of(tmp_path)] == [
        ("intents/boards.yaml", 3),
        ("intents/bruises.yaml", 1),
        ("intents/bruises.yaml", 2),
        ("small-talk.yaml", 0),
        ("sources/invented.yaml", 41),
    ]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unsound) as raised:
        load([write(tmp_path / "here"), tmp_path / "away"])
    assert raised.value.problems == (
        Problem(
            f"{tmp_path}/away",
            0,
            "there is no such folder",
            "correct KNOWLEDGE_DIRS or put the folder back",
        ),
    )


def test_an_empty_folder_is_told_what_it_lacks(tmp_path: Path) -> None:
    assert [(p.line, p.problem) for p in problems_of(tmp_path)] == [
        (0, "there are no intents"),
        (0, "there are no routes for what is not covered"),
        (0, "there are no sources"),
    ]


def test_all_problems_together_read_as_lines_for_a_terminal(tmp_path: Path) -> None:
    write(tmp_path, {"intents/bruises.yaml": BRUISES.replace("lead:", "led:")})
    with pytest.raises(Unsound) as raised:
        load([tmp_path])
    file = tmp_path / "intents" / "bruises.yaml"
    assert str(raised.value) == (
        f"{file}:1: error: 'lead' is missing; add a line `lead: …`\n"
        f"{file}:2: error: unknown key 'led'; did you mean 'lead'?"
    )


def test_a_later_folder_replaces_files_of_the_same_name_and_adds_others(tmp_path: Path) -> None:
    own = tmp_path / "own"
    for path, text in {
        "intents/boards.yaml": BOARDS.replace("They should ask", "Ask"),
        "intents/staff.yaml": BOARDS.replace("board", "staff"),
    }.items():
        (own / path).parent.mkdir(parents=True, exist_ok=True)
        (own / path).write_text(text)
    together = load([write(tmp_path / "built-in"), own])
    assert {intent.id: intent.lead for intent in together.intents} == {
        "boards": "Ask how often.",
        "bruises": "The teachers had.",
        "staff": "They should ask how often.",
    }
    assert together.units == load([tmp_path / "built-in"]).units


def test_an_example_file_is_not_read(tmp_path: Path) -> None:
    plain = small_handbook(tmp_path)
    examples = {"local.example.yaml": "?!", "intents/new.example.yaml": BOARDS, "notes.txt": "?!"}
    assert small_handbook(tmp_path, examples) == plain


def test_the_order_of_the_intents_is_that_of_their_ids_wherever_they_stand(tmp_path: Path) -> None:
    own = tmp_path / "own" / "intents"
    own.mkdir(parents=True)
    (own / "a-first.yaml").write_text(BOARDS.replace("board", "staff"))
    together = load([write(tmp_path / "built-in"), own.parent])
    assert [intent.id for intent in together.intents] == ["a-first", "boards", "bruises"]


def test_content_without_glossary_small_talk_and_follow_ups_loads(tmp_path: Path) -> None:
    needed = {
        path: text for path, text in FILES.items() if "/" in path or path == "not-covered.yaml"
    }
    for path, text in needed.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    loaded = load([tmp_path])
    assert (loaded.small_talk, loaded.glossary, loaded.age_groups) == ((), {}, ())
    assert set(loaded.follow_ups.values()) == {()}
