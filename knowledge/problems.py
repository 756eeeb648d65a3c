"""What is wrong with the content, told so that a maintainer can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, where, and how to mend it."""

    file: str
    line: int
    """From 1; 0 where it is about the whole file."""
    problem: str
    mend: str
    severity: str = "error"
    """`error` or `warning`"""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.severity}: {self.problem}; {self.mend}"


class Unsound(Exception):
    """The content cannot be used: every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


def name(path: Path) -> str:
    """The path as a maintainer would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
