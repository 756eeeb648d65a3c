"""`ask --batch`: JSON lines in, JSON lines out."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli import Program, commands
from bot.rendering.json import to_json
from bot.settings import Settings
from knowledge.answering import answer, show_chosen
from knowledge.model import Choice, Question
from knowledge.opening import Knowledge
from tests.bot.promises import KEYS
from tests.bot.questions import MISSED
from tests.bot.terminals import PATIENCE, ROOT, Terminal, next_line

NO_JSON = 'the line is no JSON; write {"text": "…"}'
NO_OBJECT = 'the line is no JSON object; write {"text": "…"}'
NO_TEXT = 'there is no "text" with a text; write {"text": "…"}'


def lines_of(out: str) -> list[str]:
    """The lines of JSON lines: in a text other signs may stand that also end lines elsewhere."""
    return out.split("\n")[:-1]


class Desk:
    """Hands in lines, and reads those that come back; stays in this process."""

    def __init__(self, cache: Path) -> None:
        self._program = Program(Settings(cache_dir=cache, semantic_model="off"), lambda _: None)

    def hands_in(self, *lines: dict[str, Any] | bytes) -> tuple[list[Any], int]:
        """What comes back for the lines, and the exit status."""
        given = b"".join(
            (line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n"
            for line in lines
        )
        done = CliRunner().invoke(
            commands,
            ["ask", "--batch", "-"],
            input=given,
            obj=self._program,
            standalone_mode=False,
            catch_exceptions=False,
        )
        assert done.stderr == ""
        return [json.loads(line) for line in lines_of(done.stdout)], done.return_value


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("cache"))


def test_each_line_comes_back_answered_in_its_place(desk: Desk, knowledge: Knowledge) -> None:
    texts = ["hello", MISSED, "zebra", "", "?!", "🙈" * 50, "\u202e\u200b"]
    expected = [to_json(answer(text, knowledge), knowledge.handbook) for text in texts]
    assert desk.hands_in(*({"text": text} for text in texts)) == (expected, 0)


def test_what_else_stands_in_a_line_comes_back_untouched(desk: Desk) -> None:
    others = {"id": 7, "tags": ["a", {"b": None}], "input": "typed", "error": "mine", "chat": "é"}
    (told,), code = desk.hands_in({"text": "hello", **others})
    assert {key: value for key, value in told.items() if key not in KEYS} == others
    assert code == 0


def test_what_has_the_name_of_an_answers_key_comes_back_under_input(
    desk: Desk, knowledge: Knowledge
) -> None:
    plain = to_json(answer("hello", knowledge), knowledge.handbook)
    given = {"id": 1, "intent": "wanted", "outcome": None, "input": "typed"}
    (told,), code = desk.hands_in({"text": "hello", **given})
    clashing = {"intent": "wanted", "outcome": None, "input": "typed"}
    assert (told, code) == ({"id": 1, "input": clashing, **plain}, 0)


def test_lines_of_one_chat_are_one_conversation(
    desk: Desk, knowledge: Knowledge, unclear: tuple[str, Choice]
) -> None:
    text, choice = unclear
    between = {"text": MISSED, "chat": "another"}
    lines = ({"text": text, "chat": "one"}, between, {"text": "2", "chat": "one"})
    (_, _, told), _ = desk.hands_in(*lines)
    picked = show_chosen(Question("2"), choice.offered[1].intent.id, knowledge.handbook)
    assert told == {"chat": "one", **to_json(picked, knowledge.handbook)}


@pytest.mark.parametrize(
    ("first", "second"),
    [({}, {}), ({"chat": "a"}, {"chat": "b"}), ({"chat": None}, {"chat": None}), ({"chat": 1}, {})],
)
def test_lines_of_no_chat_or_of_two_know_nothing_of_each_other(
    desk: Desk,
    knowledge: Knowledge,
    unclear: tuple[str, Choice],
    first: dict[str, Any],
    second: dict[str, Any],
) -> None:
    alone = to_json(answer("2", knowledge), knowledge.handbook)
    (_, told), _ = desk.hands_in({"text": unclear[0], **first}, {"text": "2", **second})
    assert told == {**second, **alone}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"", {"error": NO_JSON}),
        (b"hello", {"error": NO_JSON}),
        (b'{"text": "hello"', {"error": NO_JSON}),
        (b'{"text": "hello", "n": NaN}', {"error": NO_JSON}),
        (b'{"text": "hello", "n": 1e999}', {"error": NO_JSON}),
        (b'{"text": "\xff\xfe"}', {"error": NO_JSON}),
        (b'{"text": "hello", "deep": ' + b"[" * 5000 + b"]" * 5000 + b"}", {"error": NO_JSON}),
        (b'{"text": "hello", "n": ' + b"1" * 5000 + b"}", {"error": NO_JSON}),
        (b"[]", {"error": NO_OBJECT}),
        (b'"hello"', {"error": NO_OBJECT}),
        (b"null", {"error": NO_OBJECT}),
        (b'{"id": 7}', {"id": 7, "error": NO_TEXT}),
        (b'{"id": 7, "text": 5}', {"id": 7, "text": 5, "error": NO_TEXT}),
        (b'{"text": null, "error": 3}', {"text": None, "input": {"error": 3}, "error": NO_TEXT}),
    ],
    ids=range(14),
)
def test_a_line_that_cannot_be_read_is_told_so_in_its_place_and_the_rest_is_answered(
    desk: Desk, line: bytes, told: dict[str, Any]
) -> None:
    (before, bad, after), code = desk.hands_in({"text": "hello"}, line, {"text": "hello"})
    assert bad == told
    assert before == after
    assert before["outcome"] == "small_talk"
    assert code == 1


def test_signs_that_cannot_be_shown_are_answered_and_given_back(terminal: Terminal) -> None:
    lines = [
        {"text": "do\0missed\x1bappointments\ud83dmatter", "id": "\ud83d"},
        {"text": "\0" * 200_000},
        {"text": "hello", "id": "last"},
    ]
    given = "\n".join(map(json.dumps, lines)).encode()
    said = terminal.types("ask", "--batch", "-", given=given)
    first, second, third = map(json.loads, lines_of(said.out))
    assert (first["intent"], first["id"]) == ("missed-appointments", "\ud83d")
    assert second["outcome"] == "not_covered"
    assert third["id"] == "last"
    assert (said.err, said.code) == ("", 0)


def test_a_file_is_read_as_standard_input_is(
    terminal: Terminal, desk: Desk, tmp_path: Path
) -> None:
    lines = (b'\xef\xbb\xbf{"text": "hello"}\r', b'{"text": "fathers"}', b"5")
    file = tmp_path / "questions.jsonl"
    file.write_bytes(b"\n".join(lines))  # no end of the last line
    said = terminal.types("ask", "--batch", str(file))
    told = [json.loads(line) for line in lines_of(said.out)]
    assert (told, said.code) == desk.hands_in(*lines)
    assert [one.get("outcome") for one in told] == ["small_talk", "guidance", None]


def test_no_line_is_no_answer(desk: Desk) -> None:
    assert desk.hands_in() == ([], 0)


def test_each_answer_comes_before_the_next_question_is_put(terminal: Terminal) -> None:
    with subprocess.Popen(
        terminal.call("ask", "--batch", "-"),
        cwd=ROOT,
        env=terminal.environ(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as batch:
        assert batch.stdin
        assert batch.stdout
        for text in ("hello", "fathers"):
            batch.stdin.write(json.dumps({"text": text}).encode() + b"\n")
            batch.stdin.flush()
            assert json.loads(next_line(batch.stdout))["question"] == text
        batch.communicate(timeout=PATIENCE)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
LINES = st.one_of(
    st.binary(max_size=20).filter(lambda line: b"\n" not in line),
    st.dictionaries(st.sampled_from(["text", "chat", "id", "input", "intent", "error"]), JSON),
)


@settings(max_examples=10)
@given(lines=st.lists(LINES, max_size=12))
def test_as_many_lines_come_back_as_went_in(
    desk: Desk, lines: list[dict[str, Any] | bytes]
) -> None:
    told, code = desk.hands_in(*lines)
    assert len(told) == len(lines)
    unread = [one for one in told if "outcome" not in one or set(KEYS) - set(one)]
    assert all("error" in one for one in unread)
    assert code == int(bool(unread))
