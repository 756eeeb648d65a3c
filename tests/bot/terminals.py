"""A terminal: type a command, read what is said."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from select import select
from typing import IO

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
