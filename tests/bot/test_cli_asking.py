"""`ask`: one question on the command line."""

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from bot.rendering.json import to_json
from bot.rendering.outline import outline
from knowledge.answering import answer
from knowledge.opening import Knowledge
from tests.bot.questions import CHALLENGE, MISSED, uncovered_question
from tests.bot.terminals import PATIENCE, ROOT, Said, Terminal, next_line

NOTHING_FOUND = "I found nothing on this in the five reports."


def test_a_question_is_answered(terminal: Terminal, knowledge: Knowledge) -> None:
    expected = outline(answer(CHALLENGE, knowledge), knowledge.handbook).plain()
    assert terminal.types("ask", CHALLENGE) == Said(f"{expected}\n\n", "", 0)


def test_a_question_is_answered_in_json(terminal: Terminal, knowledge: Knowledge) -> None:
    said = terminal.types("ask", CHALLENGE, "--json")
    expected = to_json(answer(CHALLENGE, knowledge), knowledge.handbook)
    assert (json.loads(said.out), said.err, said.code) == (expected, "", 0)


def test_a_question_that_is_not_covered_is_done(terminal: Terminal, knowledge: Knowledge) -> None:
    question, route = uncovered_question(knowledge)
    said = terminal.types("ask", question)
    assert said.out.splitlines()[:2] == [NOTHING_FOUND, route.text]
    assert (said.err, said.code) == ("", 0)


@pytest.mark.parametrize("question", ["", " \t\n"])
def test_an_empty_question_is_told_to_type_one(terminal: Terminal, question: str) -> None:
    told = 'The question is empty: type one in "quotes". Try: python bot.py ask --help\n'
    assert terminal.types("ask", question) == Said("", told, 2)


def test_a_hundred_thousand_characters_are_read_as_far_as_they_go(terminal: Terminal) -> None:
    said = terminal.types("ask", f"{MISSED} " * 3334)
    assert said.out.startswith("Your message was long: I read its first 4,096 characters.\n")
    assert (said.err, said.code) == ("", 0)


@pytest.mark.parametrize("question", ["\x07\x1b\x7f", "\udcff\udcfe"])
def test_what_holds_no_word_is_told_that_nothing_was_found(
    terminal: Terminal, question: str
) -> None:
    said = terminal.types("ask", question)
    assert said.out.startswith(NOTHING_FOUND)
    assert (said.err, said.code) == ("", 0)


def test_control_characters_do_not_stand_in_the_way(
    terminal: Terminal, knowledge: Knowledge
) -> None:
    said = terminal.types("ask", "do\x01missed\x1bappointments\tmatter\x7f", "--json")
    assert json.loads(said.out) == to_json(answer(MISSED, knowledge), knowledge.handbook)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ask", "--bogus"], "No such option '--bogus'."),
        (["ask"], 'Give either a question in "quotes" or --batch FILE.'),
        (["ask", "a question", "--batch", "-"], 'Give either a question in "quotes" or --batch'),
        (["ask", "who", "else"], "Got unexpected extra argument (else)"),
        (["ask", "--batch", "no-such-file"], "Invalid value for '--batch': 'no-such-file'"),
        (["ask", "--batch", "bot"], "Invalid value for '--batch': 'bot': Is a directory"),
        (["nonsense"], "No such command 'nonsense'."),
        (["list"], "Missing argument"),
        (["list", "planets"], "Invalid value for"),
        (["run"], "TELEGRAM_BOT_TOKEN is not set: get a token from @BotFather"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_words_that_are_off_are_told_in_one_line(
    terminal: Terminal, words: list[str], told: str
) -> None:
    said = terminal.types(*words)
    assert said.err.startswith(told)
    assert len(said.err.splitlines()) == 1
    assert (said.out, said.code) == ("", 2)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("KNOWLEDGE_DIRS", "no-such-folder", "KNOWLEDGE_DIRS: there is no folder 'no-such-folder'"),
        ("ALLOWED_USER_IDS", "²", "ALLOWED_USER_IDS: '²' is no id"),
        ("SEMANTIC_MODEL", "no-such-folder", "SEMANTIC_MODEL: no-such-folder has no"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_in_one_line(
    terminal: Terminal, name: str, value: str, told: str
) -> None:
    said = terminal.types("ask", "fathers", environ={name: value})
    assert said.err.startswith(told)
    assert len(said.err.splitlines()) == 1
    assert (said.out, said.code) == ("", 2)


def test_a_checkout_without_its_content_is_told_what_is_missing(tmp_path: Path) -> None:
    leave_out = shutil.ignore_patterns("content", "shipped", "__pycache__")
    for name in ("bot", "knowledge"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=leave_out)
    shutil.copy(ROOT / "bot.py", tmp_path)
    said = Terminal(tmp_path, tmp_path).types("ask", "fathers")
    assert said == Said(
        "",
        "knowledge/content: error: there is no such folder; "
        "correct KNOWLEDGE_DIRS or put the folder back\n",
        1,
    )


def test_a_broken_file_is_told_with_its_line(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    (tmp_path / "intents" / "broken.yaml").write_text("title: what: now\n", encoding="utf-8")
    said = terminal.types("ask", "fathers", environ={"KNOWLEDGE_DIRS": str(tmp_path)})
    assert f"{tmp_path}/intents/broken.yaml:1: error: " in said.err
    assert (said.out, said.code) == ("", 1)


def test_a_terminal_that_knows_few_letters_gets_an_answer(terminal: Terminal) -> None:
    said = terminal.types(
        "ask", "what is the 2005–07 biennial analysis", environ={"PYTHONIOENCODING": "ascii"}
    )
    assert said.out.isascii()
    assert (said.err, said.code) == ("", 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_a_disk_that_is_full_is_told_in_one_line(terminal: Terminal) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            terminal.call("ask", "fathers"),
            cwd=ROOT,
            env=terminal.environ(),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=False,
        )
    assert (done.stderr, done.returncode) == (b"Stopped: No space left on device.\n", 1)


def test_a_reader_that_has_gone_is_no_trouble(terminal: Terminal) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        done = subprocess.run(
            terminal.call("ask", "fathers"),
            cwd=ROOT,
            env=terminal.environ(),
            stdout=gone,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=False,
        )
    assert (done.stderr, done.returncode) == (b"", 1)


def test_an_interrupted_conversation_ends_quietly(terminal: Terminal) -> None:
    with subprocess.Popen(
        terminal.call("chat"),
        cwd=ROOT,
        env=terminal.environ(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as talking:
        assert talking.stdin
        assert talking.stdout
        talking.stdin.write(b"hello\n")
        talking.stdin.flush()
        assert next_line(talking.stdout).startswith(b"Hello")
        talking.send_signal(signal.SIGINT)
        _, err = talking.communicate(timeout=PATIENCE)
    assert (err.strip(), talking.returncode) == (b"", 130)
