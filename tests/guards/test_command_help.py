"""Every command says what it is for: in its own help and in the README."""

import re
from pathlib import Path

import click
import pytest

from bot.cli import commands

ROOT = Path(__file__).parents[2]
CONTEXT = click.Context(commands, info_name="python bot.py")
NAMES = commands.list_commands(CONTEXT)
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CALLED = re.compile(r"python bot\.py ([a-z][a-z-]*)")

of_each_command = pytest.mark.parametrize("name", NAMES)


def command_of(name: str) -> click.Command:
    """The command of a name."""
    command = commands.get_command(CONTEXT, name)
    assert command
    return command


@of_each_command
def test_a_command_has_help(name: str) -> None:
    opening = (command_of(name).help or "").partition("\n")[0]
    assert len(opening) > 20
    told = command_of(name).get_help(click.Context(command_of(name), info_name=name))
    assert opening in " ".join(told.split())


@of_each_command
def test_every_option_of_a_command_has_help(name: str) -> None:
    options = [p for p in command_of(name).params if isinstance(p, click.Option)]
    assert [option.name for option in options if not option.help] == []


@of_each_command
def test_a_command_stands_in_the_readme(name: str) -> None:
    assert name in CALLED.findall((ROOT / "README.md").read_text(encoding="utf-8"))


@of_each_command
def test_a_command_stands_in_the_programs_help(name: str) -> None:
    listed = commands.get_help(CONTEXT).partition("Commands:")[2]
    assert re.search(rf"^  {name}  +\S", listed, re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_a_document_names_exists(document: Path) -> None:
    called = CALLED.findall(document.read_text(encoding="utf-8"))
    assert [name for name in called if name not in NAMES] == []
