"""A terminal: type a command, read what is said."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from select import select
from typing import IO

import pytest
from click.testing import CliRunner

from bot.cli import Program, commands, main
from bot.settings import Settings
from knowledge.places import BUILT_IN

ROOT = Path(__file__).parents[2]
PATIENCE = 120
"""Seconds until a test gives up."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command wrote, and its exit status."""

    out: str
    err: str
    code: int


def next_line(out: IO[bytes]) -> bytes:
    """The next line of a process that goes on; it must come."""
    ready, _, _ = select([out], [], [], PATIENCE)
    assert ready, "no line came"
    return out.readline()


@dataclass(frozen=True, slots=True)
class Alone(Settings):
    """Settings by which content stands by itself, and not over the built-in: all is quicker."""

    @property
    def content_dirs(self) -> tuple[Path, ...]:
        """The folders of the settings."""
        return self.knowledge_dirs


def call(settings: Settings, *words: str) -> Said:
    """Run a command under some settings in this process."""
    program = Program(settings, lambda _: None)
    done = CliRunner().invoke(
        commands, words, obj=program, catch_exceptions=False, standalone_mode=False
    )
    return Said(done.stdout, done.stderr, done.return_value or 0)


@dataclass(frozen=True, slots=True)
class Here:
    """`python bot.py …` in the process of the test: as `Terminal`, and quicker."""

    home: Path
    cache: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    built_in: Path = BUILT_IN
    """The content over which one's own is laid."""

    @property
    def database(self) -> Path:
        """The file of the records."""
        return self.home / "records.sqlite"

    def types(self, *words: str, environ: Mapping[str, str] | None = None) -> Said:
        """Run a command to its end. Nothing may ever be raised but the exit."""
        settings = {"DATABASE_URL": str(self.database), "SEMANTIC_MODEL": "off"}
        settings["CACHE_DIR"] = str(self.cache)
        with self.monkeypatch.context() as changed:
            for name in tuple(os.environ):
                changed.delenv(name)
            for name, value in {"HOME": str(self.home), **settings, **(environ or {})}.items():
                changed.setenv(name, value)
            changed.setattr("bot.settings.BUILT_IN", self.built_in)
            changed.setattr(sys, "argv", ["bot.py", *words])
            with pytest.raises(SystemExit) as ended:
                main(lambda settings: None)
        out, err = self.capsys.readouterr()
        return Said(out, err, int(ended.value.code or 0))


@dataclass(frozen=True, slots=True)
class Terminal:
    """`python bot.py …` in a process of its own, without a token and in the lexical tier."""

    home: Path
    root: Path = ROOT

    def environ(self) -> dict[str, str]:
        """The environment of a command."""
        return {"PATH": os.environ["PATH"], "HOME": str(self.home), "SEMANTIC_MODEL": "off"}

    def call(self, *words: str) -> list[str]:
        """The command line."""
        return [sys.executable, "bot.py", *words]

    def types(
        self, *words: str, given: bytes = b"", environ: Mapping[str, str] | None = None
    ) -> Said:
        """Run a command to its end. Nothing may ever print a traceback."""
        done = subprocess.run(
            self.call(*words),
            cwd=self.root,
            env={**self.environ(), **(environ or {})},
            input=given,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        said = Said(done.stdout.decode(), done.stderr.decode(), done.returncode)
        assert "Traceback" not in said.err, said.err
        return said
