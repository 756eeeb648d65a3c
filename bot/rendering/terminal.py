"""Write an answer to a terminal, with colours where it has them, as plain text elsewhere."""

import sys
from typing import TextIO

from bot.rendering.explaining import explain
from bot.rendering.outline import Outline, outline
from knowledge.handbook import Handbook
from knowledge.model import Answered


def write(answered: Answered, handbook: Handbook, out: TextIO) -> None:
    """Write an answer and those in `also`."""
    for one in (answered, *answered.also):
        words = outline(one, handbook)
        if out.isatty():
            _write_styled(words, out)
        else:
            print(words.plain(), file=out, end="\n\n", flush=True)


def write_why(answered: Answered | None, out: TextIO) -> None:
    """Write why an answer and those in `also` were given."""
    explained = [explain(one) for one in (answered, *answered.also)] if answered else []
    for lines in explained or [("Ask something first: there is no answer yet.",)]:
        print("Why this?", *lines, sep="\n", file=out, end="\n\n", flush=True)


def _write_styled(words: Outline, out: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(file=out, highlight=False, width=min(100, Console(file=out).width))
    first, *rest = words.first
    console.print(Text(first, "bold"))
    for line in rest:
        console.print(Text(line))
    for section in words.more:
        console.print()
        console.print(Text(section.heading, "bold dim"))
        for line in section.lines:
            console.print(Text(line, "dim"))
    console.print()


def say(text: str) -> None:
    """A line to standard error: problems and progress never mix with answers."""
    print(text, file=sys.stderr, flush=True)
