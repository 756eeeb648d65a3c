"""Who keeps questions in CSV or in Rasa's files gives them and gets them."""

from pathlib import Path

import pytest

from knowledge.exchange import rasa, tables, teaching
from knowledge.exchange.changes import Wanted, changes, differences
from knowledge.exchange.folders import open_folder
from knowledge.problems import Unsound
from knowledge.quality.questions import Line, read_lines
from tests.knowledge.exchange.offices import small_folder
from tests.knowledge.small import BOARDS, BRUISES, NOT_COVERED, write

WAYS = (
    ("what should boards ask", "boards"),
    ("questions for the board", "boards"),
    ("who saw the bruises", "bruises"),
    ("did any teacher notice marks", "bruises"),
    ("may I look in her bag", "oos"),
    ("is it a crime", "oos"),
)
NLU = """\
version: "3.1"
intents: [bruises]
nlu:
- intent: bruises
  examples: |
    - who saw [bruises](injury) on [Monday]{"entity": "day", "value": "1"}
    - - why not
    # of the night shift
- intent: out_of_scope
  examples:
    - text: what is the weather
    - "- and tomorrow"
- synonym: bruises
  examples: |
    - marks
- lookup: day
  examples: |
    - Monday
"""


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_ways_of_asking_leave_and_come_back_as_a_table(tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "content")
    tables.write(tmp_path / "ways.csv", teaching.lines_of(folder, "asked"))
    lines = read_lines(tmp_path / "ways.csv")
    assert tuple((line.text, line.intent) for line in lines) == WAYS
    assert lines[0].line == 2


def test_ways_of_asking_leave_and_come_back_as_rasas_examples(tmp_path: Path) -> None:
    ways = (*WAYS, ('- "no": #1, [a] (b), 5.10', "oos"))
    assert rasa.write(tmp_path / "nlu.yml", ways) == ()
    lines, warnings = rasa.read(tmp_path / "nlu.yml")
    assert (tuple((line.text, line.intent) for line in lines), warnings) == (ways, ())
    assert lines[0] == Line("what should boards ask", "boards", 5)


def test_what_rasa_would_read_otherwise_is_left_out_and_said(tmp_path: Path) -> None:
    left = rasa.write(tmp_path / "nlu.yml", [("see [p](q)", "boards"), ("a\x07b", "boards")])
    assert [str(warning) for warning in left] == [
        "boards: warning: 'see [p](q)' is left out; Rasa would read it otherwise",
        "boards: warning: 'a\x07b' is left out; Rasa would read it otherwise",
    ]
    assert rasa.read(tmp_path / "nlu.yml") == ((), ())


def test_of_rasas_file_the_examples_of_intents_are_taken_and_the_rest_is_said(
    tmp_path: Path,
) -> None:
    path = written(tmp_path / "nlu.yml", NLU)
    lines, warnings = rasa.read(path)
    assert lines == (
        Line("who saw bruises on Monday", "bruises", 6),
        Line("- why not", "bruises", 7),
        Line("what is the weather", "oos", 11),
        Line("and tomorrow", "oos", 12),
    )
    assert [str(warning).replace(str(path), "nlu.yml") for warning in warnings] == [
        "nlu.yml:2: warning: 'intents' is not taken; only examples of intents are",
        "nlu.yml:6: warning: labels are taken off; left is 'who saw bruises on Monday'",
        "nlu.yml:8: warning: '# of the night shift' is not taken; begin it with '- '",
        "nlu.yml:13: warning: 'synonym' is not taken; only examples of intents are",
        "nlu.yml:16: warning: 'lookup' is not taken; only examples of intents are",
    ]


def test_an_entry_of_rasas_file_that_holds_nothing_is_passed_over(tmp_path: Path) -> None:
    lines, (warning,) = rasa.read(written(tmp_path / "nlu.yml", "nlu:\n- {}\n"))
    assert lines == ()
    assert str(warning).endswith(
        "nlu.yml:2: warning: '{}' is not taken; only examples of intents are"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stories: []\n", "'nlu' is not a list of entries; add `nlu:` and entries"),
        ("nlu:\n- intent: a\n", "2: error: it has no examples; add `examples: |` and a list"),
        ("nlu: [\n", "a line begins with a sign that means something to YAML"),
    ],
)
def test_a_file_that_is_none_of_rasas_is_told(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Unsound) as told:
        rasa.read(written(tmp_path / "nlu.yml", text))
    assert said in str(told.value)


def test_new_ways_of_asking_are_added_and_those_that_stand_are_skipped(tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "content")
    path = tmp_path / "more.csv"
    lines = (
        Line("who noticed", "bruises", 2),
        Line("Who noticed?", "bruises", 3),
        Line("had school noticed", "boards", 4),
        Line("no", "boards", 5),
        Line("where is my bike", "oos", 6),
        Line("and my car", "", 7),
    )
    wanted = teaching.add(folder, path, lines, "asked", "police")
    assert [str(warning) for warning in wanted.warnings] == [
        f"{path}:3: warning: 'Who noticed?' stands already in bruises; it is skipped",
        f"{path}:4: warning: 'had school noticed' stands already in bruises; it is skipped",
    ]
    assert {change.path.name: change.after for change in changes(folder, wanted)} == {
        "bruises.yaml": BRUISES.replace("checks:", "  - who noticed\nchecks:"),
        "boards.yaml": BOARDS + '  - "no"\n',
        "not-covered.yaml": NOT_COVERED + "      - where is my bike\n      - and my car\n",
    }


def test_checks_are_added_as_checks(tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "content")
    lines = (Line("is the board told", "boards", 2),)
    wanted = teaching.add(folder, tmp_path / "more.csv", lines, "checks", None)
    assert [change.after for change in changes(folder, wanted)] == [
        BOARDS + "checks:\n  - is the board told\n"
    ]


def test_intents_that_there_are_not_are_named_all_at_once(tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "content")
    lines = (Line("a", "bruses", 2), Line("b", "weather", 3), Line("c", "oos", 4))
    with pytest.raises(Unsound) as told:
        teaching.add(folder, tmp_path / "more.csv", lines, "asked", None)
    assert str(told.value).replace(f"{tmp_path}/", "").split("\n") == [
        "more.csv:2: error: unknown intent 'bruses'; did you mean 'bruises'?",
        "more.csv:3: error: unknown intent 'weather'; write one that there is: "
        "`python bot.py list intents` names them",
        "more.csv:4: error: it is not covered; say where to turn with --route: lead, police",
    ]
    with pytest.raises(Unsound, match="unknown route 'polise'; did you mean 'police'"):
        teaching.add(folder, tmp_path / "more.csv", lines[2:], "asked", "polise")


def test_ones_own_folder_is_changed_and_not_the_one_under_it(tmp_path: Path) -> None:
    under = write(tmp_path / "under")
    own = tmp_path / "own"
    (own / "intents").mkdir(parents=True)
    written(own / "intents" / "boards.yaml", BOARDS)
    folder = open_folder(own, [under])
    assert ([*folder.intents], [*folder.routes]) == (["boards"], [])
    wanted = teaching.add(
        folder, tmp_path / "more.csv", [Line("is it told", "boards", 2)], "asked", None
    )
    assert [change.path for change in changes(folder, wanted)] == [own / "intents" / "boards.yaml"]
    with pytest.raises(Unsound, match=r"'bruises' in .*own; name the folder"):
        teaching.add(folder, tmp_path / "more.csv", [Line("a b", "bruises", 2)], "asked", None)
    assert differences(open_folder(under, [under, own]), Wanted()) == ()
    assert open_folder(under, [under, own]).under == ()
