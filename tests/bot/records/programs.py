"""Other programs that use the records: each is run in a process of its own."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def command(script: str, *arguments: str | Path) -> list[str]:
    """How a script is started: any warning is an error."""
    return [sys.executable, "-W", "error", "-c", script, *map(str, arguments)]


def run(script: str, *arguments: str | Path) -> str:
    """What a script prints; it has to end well."""
    done = subprocess.run(
        command(script, *arguments), cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
