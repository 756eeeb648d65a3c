"""The terminal sessions that a document shows, to be run as they are printed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_RUN = re.compile(
    r"\$ (?:(?:.*(?:\||&&) )?(?:[A-Z_]+=\S* )*python bot\.py\b|(?:mkdir|mv|install) )"
)
"""The bot is run, or its files are put somewhere."""
ANY_LINES = "…"
"""A line that stands for any lines."""


@dataclass(frozen=True, slots=True)
class Session:
    """A command and what a document says that it prints."""

    command: str
    printed: tuple[str, ...]


def sessions(document: str) -> Iterator[Session]:
    """Each command in a document's `console` blocks that runs the bot or puts its files somewhere,
    with what follows it.
    """
    for block in _BLOCK.findall(document):
        for part in re.split(r"^(?=\$ )", block, flags=re.MULTILINE):
            command, *printed = part.splitlines() or [""]
            if _RUN.match(command):
                yield Session(command.removeprefix("$ "), _trim(printed))


def is_as_printed(found: str, printed: tuple[str, ...]) -> bool:
    """Whether lines are those printed, which may have gaps."""
    pattern = "".join(
        "(?:.*\n)*?" if line == ANY_LINES else f"{re.escape(line)}\n" for line in printed
    )
    lines = "".join(f"{line}\n" for line in _trim(found.splitlines()))
    return re.fullmatch(pattern, lines) is not None


def _trim(lines: list[str]) -> tuple[str, ...]:
    """The lines without spaces at their ends, and without empty ones at the end."""
    return tuple("\n".join(line.rstrip() for line in lines).rstrip().splitlines())
