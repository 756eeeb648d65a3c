"""`chat`, and what comes of no command at all."""

import pytest
from click.testing import CliRunner

from bot.cli import Program, commands
from bot.rendering.outline import outline
from bot.settings import Settings
from knowledge.answering import answer, show_chosen
from knowledge.model import Choice, Question
from knowledge.opening import Knowledge
from tests.bot.questions import MISSED
from tests.bot.terminals import Said, Terminal


def test_each_line_of_a_pipe_is_answered(terminal: Terminal, knowledge: Knowledge) -> None:
    told = [outline(answer(text, knowledge), knowledge.handbook).plain() for text in ("hi", MISSED)]
    said = terminal.types("chat", given=f"hi\n\n   \n{MISSED}".encode())
    assert said == Said("".join(f"{text}\n\n" for text in told), "", 0)


def test_a_number_picks_what_was_offered(
    terminal: Terminal, knowledge: Knowledge, unclear: tuple[str, Choice]
) -> None:
    text, choice = unclear
    asked = outline(answer(text, knowledge), knowledge.handbook).plain()
    second = show_chosen(Question("2"), choice.offered[1].intent.id, knowledge.handbook)
    told = f"{asked}\n\n{outline(second, knowledge.handbook).plain()}\n\n"
    assert terminal.types("chat", given=f"{text}\n2\n".encode()) == Said(told, "", 0)


def test_an_empty_pipe_is_answered_with_nothing(terminal: Terminal) -> None:
    assert terminal.types("chat", given=b"\n\n") == Said("", "", 0)


def test_no_line_of_a_pipe_is_too_odd(terminal: Terminal) -> None:
    said = terminal.types(
        "chat", given=b"\0\0\n\xff\xfe\n\x1b[2J\r\n" + b"x" * 100_000 + b"\nhello"
    )
    answers = said.out.strip().split("\n\n")
    assert len(answers) == 5
    assert answers[-1].startswith("Hello")
    assert (said.err, said.code) == ("", 0)


def test_without_a_command_and_a_token_it_is_a_conversation(
    terminal: Terminal, knowledge: Knowledge
) -> None:
    told = outline(answer("hello", knowledge), knowledge.handbook).plain()
    assert terminal.types(given=b"hello\nhello") == Said(f"{told}\n\n" * 2, "", 0)


@pytest.mark.parametrize("words", [[], ["run"]])
def test_without_a_command_and_with_a_token_it_is_telegram(words: list[str]) -> None:
    started: list[Settings] = []
    settings = Settings(token="12:token")
    CliRunner().invoke(
        commands, words, obj=Program(settings, started.append), catch_exceptions=False
    )
    assert started == [settings]
