"""A terminal, and an answer of each kind."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.answering import answer, choose, show_chosen
from knowledge.model import Answered, Candidate, Choice, NotCovered, Question, SmallTalk
from knowledge.opening import Knowledge
from tests.bot.questions import CHALLENGE, MISSED, unclear_question
from tests.bot.terminals import Here, Terminal
from tests.knowledge.small import write

THEMES = """\
themes:
  - id: family
    title: Family
"""


@pytest.fixture(scope="session")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    return Terminal(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What commands keep for the next one."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def here(
    tmp_path: Path,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Here:
    return Here(tmp_path, cache, monkeypatch, capsys)


@pytest.fixture(scope="session")
def small_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small content."""
    return write(tmp_path_factory.mktemp("small"), {"themes.yaml": THEMES})


@pytest.fixture
def here_small(here: Here, small_content: Path) -> Here:
    """The same, with a small content in the place of the built-in one: all is quicker."""
    return replace(here, built_in=small_content)


@pytest.fixture(scope="session")
def unclear(knowledge: Knowledge) -> tuple[str, Choice]:
    """A question that is answered by a choice of several, and that choice."""
    return unclear_question(knowledge)


@pytest.fixture(scope="session")
def answers(knowledge: Knowledge) -> dict[str, Answered]:
    """An answer of each of the `KINDS`."""
    handbook = knowledge.handbook
    question = Question("a question")
    offered = tuple(Candidate(intent, 0.2) for intent in handbook.intents[:4])
    return {
        "guidance": answer(CHALLENGE, knowledge),
        "picked": show_chosen(question, "challenge-another-agency", handbook),
        "choice": choose(question, offered),
        "not_covered": Answered(question, NotCovered(handbook.routes[0])),
        "small_talk": Answered(question, SmallTalk(handbook.small_talk[0])),
        "several": answer(f"{CHALLENGE} {MISSED}", knowledge),
    }


@pytest.fixture
def of_each_kind(answers: dict[str, Answered], kind: str) -> Answered:
    return answers[kind]
