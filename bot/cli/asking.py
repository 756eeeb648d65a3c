"""`ask` and `chat`: questions from the command line, a file or a pipe."""

import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

import click

from bot.cli import Program
from bot.cli.opening import open_from
from bot.rendering.json import to_json
from bot.rendering.terminal import write, write_why
from knowledge.conversing import reply
from knowledge.model import Answered
from knowledge.opening import Knowledge


@click.command("ask")
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="The whole answer as JSON.")
@click.option("--why", is_flag=True, help="Say after the answer why it was given.")
@click.option(
    "--batch", type=click.File("rb"), help="Questions as JSON lines; - for standard input."
)
@click.pass_obj
def ask_command(
    program: Program, question: str | None, as_json: bool, why: bool, batch: BinaryIO | None
) -> int:
    """Answer one question, or a file of them.

    \b
    python bot.py ask "who should I challenge if concerns aren't addressed?"
    python bot.py ask "do missed appointments matter" --json
    python bot.py ask "hopsital keeps fobbing me off" --why
    python bot.py ask --batch questions.jsonl
    """
    if (question is None) == (batch is None):
        raise click.UsageError('Give either a question in "quotes" or --batch FILE.')
    if why and (as_json or batch is not None):
        raise click.UsageError("--why is for a person: leave out --json and --batch.")
    if question is not None and not question.strip():
        raise click.UsageError('The question is empty: type one in "quotes".')
    knowledge = open_from(program.settings)
    if batch:
        return _answer_all(batch, knowledge)
    answered = reply(question or "", knowledge)
    if as_json:
        click.echo(json.dumps(to_json(answered, knowledge.handbook), ensure_ascii=False, indent=2))
    else:
        write(answered, knowledge.handbook, sys.stdout)
        if why:
            write_why(answered, sys.stdout)
    return 0


def _answer_all(lines: BinaryIO, knowledge: Knowledge) -> int:
    """Answer JSON lines, each flushed as it is done. 1 if any could not be read."""
    failed = False
    for read, output in _answer_lines(lines, knowledge):
        failed |= not read
        print(json.dumps(output), flush=True)  # as ASCII: some readers break lines at U+2028
    return int(failed)


def _answer_lines(lines: BinaryIO, knowledge: Knowledge) -> Iterator[tuple[bool, dict[str, Any]]]:
    """For each line whether it could be read, and what is written for it."""
    last: dict[str, Answered] = {}
    for line in lines:
        given = _read(line)
        if isinstance(given, str):
            yield False, {"error": given}
        elif not isinstance(text := given.get("text"), str):
            wrong = 'there is no "text" with a text; write {"text": "…"}'
            yield False, _join(given, {"error": wrong})
        else:
            chat = json.dumps(given["chat"]) if given.get("chat") is not None else None
            answered = reply(text, knowledge, last.get(chat) if chat else None)
            if chat:
                last[chat] = answered
            yield True, _join(given, to_json(answered, knowledge.handbook))


def _read(line: bytes) -> dict[str, Any] | str:
    """The object on a line, or what is wrong with it."""
    try:
        found = json.loads(line)
        json.dumps(found, allow_nan=False)  # what is no JSON when it comes back was none
    except (ValueError, RecursionError):
        return 'the line is no JSON; write {"text": "…"}'
    return found if isinstance(found, dict) else 'the line is no JSON object; write {"text": "…"}'


def _join(given: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """The input's other keys untouched; where one has the name of an answer's key, it comes back
    under `input`.
    """
    clashing = {key: value for key, value in given.items() if key in answer and key != "text"}
    if clashing and "input" in given:
        clashing["input"] = given["input"]
    others = {key: value for key, value in given.items() if key not in answer}
    return {**others, **({"input": clashing} if clashing else {}), **answer}


@click.command("chat")
@click.pass_obj
def chat_command(program: Program) -> int:
    """A conversation here, or line by line from a pipe.

    A number picks one of the questions that were offered; an empty line or Ctrl-D ends a
    conversation at the keyboard. /why says why the answer before was given.
    """
    knowledge = open_from(program.settings)
    talking = sys.stdin.isatty()
    if talking:
        click.echo(
            "Ask about safeguarding children, in your own words. /why explains; an empty line ends."
        )
    last: Answered | None = None
    while (line := _next_line(talking)) is not None:
        if line.strip().lower() == "/why":
            write_why(last, sys.stdout)
        elif line.strip():
            last = reply(line, knowledge, last)
            write(last, knowledge.handbook, sys.stdout)
    return 0


def _next_line(talking: bool) -> str | None:
    """The next line that was typed or piped; None at the end."""
    if talking:
        import readline  # noqa: F401  # arrows and history at the prompt

        try:
            return input("> ").strip() or None
        except EOFError:
            return None
    line = sys.stdin.buffer.readline()
    return line.decode("utf-8", "replace") if line else None
