"""What the README shows is what happens."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.sessions import Session, is_as_printed, sessions

ROOT = Path(__file__).parents[2]
SHOWN = tuple(sessions((ROOT / "README.md").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A fresh machine's environment, in which `python` is this Python."""
    home = tmp_path_factory.mktemp("home")
    python = home / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return {"PATH": f"{home}:{os.environ['PATH']}", "HOME": str(home)}


@pytest.mark.parametrize("session", SHOWN, ids=[session.command for session in SHOWN])
def test_a_session_runs_as_it_is_printed(session: Session, environ: dict[str, str]) -> None:
    done = subprocess.run(
        session.command,
        shell=True,
        cwd=ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    assert is_as_printed(done.stdout, session.printed), done.stdout


DOCUMENT = """\
```sh
python bot.py ask "not a session"
```
```console
$ cd here
$ python bot.py ask "one"
First line.

…
Last line.

$ echo '{"text": "two"}' | python bot.py ask --batch -
{}
$ python bottle.py
```
"""


def test_a_documents_sessions_are_found() -> None:
    assert tuple(sessions(DOCUMENT)) == (
        Session('python bot.py ask "one"', ("First line.", "", "…", "Last line.")),
        Session("""echo '{"text": "two"}' | python bot.py ask --batch -""", ("{}",)),
    )


@pytest.mark.parametrize(
    ("found", "same"),
    [
        ("First line.\n\nLast line.\n", True),
        ("First line.\n\nAnything\nat all\nLast line.\n\n\n", True),
        ("First line.\nLast line.\n", False),
        ("First line.\n\nLast line.\nMore.\n", False),
        ("First line.\n\nAnything", False),
        ("", False),
    ],
)
def test_a_line_of_three_dots_stands_for_any_lines_and_nothing_else_does(
    found: str, same: bool
) -> None:
    assert is_as_printed(found, ("First line.", "", "…", "Last line.")) == same
