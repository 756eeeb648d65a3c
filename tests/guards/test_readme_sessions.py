"""What the README and the guides of operators and maintainers show is what happens."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.records.entries import Unanswered
from bot.records.opening import open_pseudonyms, open_store
from bot.records.records import today
from bot.settings import Settings
from tests.guards.sessions import Session, is_as_printed, sessions

ROOT = Path(__file__).parents[2]
MAINTAINING = ROOT / "docs" / "adding-an-intent.md"
DOCUMENTS = (ROOT / "README.md", ROOT / "docs" / "operating.md", MAINTAINING)
CLINIC = "clinic says she has rearranged the baby again"
SHOWN = {path: tuple(sessions(path.read_text(encoding="utf-8"))) for path in DOCUMENTS}


class Reader:
    """Somebody at a fresh machine who types a document's sessions in their order."""

    def __init__(self, document: Path, home: Path) -> None:
        self._sessions = SHOWN[document]
        self._home = home
        self._printed: list[str] = []
        python = home / "python"
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
        python.chmod(0o755)
        # what a session writes lands in the home, not in the project
        (home / "bot.py").symlink_to(ROOT / "bot.py")
        if document == MAINTAINING:
            _send_in(home)

    def sees(self, number: int) -> str:
        """What a session prints, once those before it were typed."""
        while len(self._printed) <= number:
            self._printed.append(self._type(self._sessions[len(self._printed)].command))
        return self._printed[number]

    def _type(self, command: str) -> str:
        return subprocess.run(
            command,
            shell=True,
            cwd=self._home,
            env={"PATH": f"{self._home}:{os.environ['PATH']}", "HOME": str(self._home)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        ).stdout


def _send_in(home: Path) -> None:
    """Let people have sent in, before, what the guide for maintainers shows."""
    settings = Settings.from_env({"HOME": str(home)})
    open_pseudonyms(settings)
    with closing(open_store(settings)) as store:
        for person, text in enumerate((CLINIC, CLINIC, "how do i apply for a school place")):
            store.put(Unanswered(str(person), today(), f"{person}", "sent_in", "", text, ""))


@pytest.fixture(scope="session")
def readers(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Reader]:
    """A reader for each document, in a home of its own."""
    return {path: Reader(path, tmp_path_factory.mktemp(path.stem)) for path in DOCUMENTS}


@pytest.mark.parametrize(
    ("document", "number"),
    [
        pytest.param(path, number, id=f"{path.name}: {session.command}")
        for path, shown in SHOWN.items()
        for number, session in enumerate(shown)
    ],
)
def test_a_session_runs_as_it_is_printed(
    document: Path, number: int, readers: dict[Path, Reader]
) -> None:
    found = readers[document].sees(number)
    assert is_as_printed(found, SHOWN[document][number].printed), found


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
$ mkdir aside
$ python bot.py backup copy && DATABASE_URL=copy python bot.py stats
```
"""


def test_a_documents_sessions_are_found() -> None:
    assert tuple(sessions(DOCUMENT)) == (
        Session('python bot.py ask "one"', ("First line.", "", "…", "Last line.")),
        Session("""echo '{"text": "two"}' | python bot.py ask --batch -""", ("{}",)),
        Session("mkdir aside", ()),
        Session("python bot.py backup copy && DATABASE_URL=copy python bot.py stats", ()),
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
