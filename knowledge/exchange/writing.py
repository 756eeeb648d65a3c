"""Write texts as YAML so that they come back as they are."""

from io import StringIO
from textwrap import wrap

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

WIDTH = 100
"""Columns of a line; a way of asking stays on one line, however long."""
_NO_END = 2**20


def plain(text: str) -> str:
    """A text as it is read back: its words with one space between them."""
    return " ".join(text.split())


def written(text: str, in_flow: bool = False) -> str:
    """A text for one line, or for a list in brackets (`in_flow`): bare where no reader of YAML
    takes it for anything else, such as a number, a day or a no; else in "double quotes".
    """
    bare = plain(text)
    if _dumped(bare, in_flow) == bare:
        return bare
    return _dumped(DoubleQuotedScalarString(bare), in_flow)


def folded(text: str, indent: int) -> tuple[str, ...]:
    """A text as `>-` and the lines under it, which are indented by so many spaces."""
    lines = wrap(plain(text), WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return (">-", *(" " * indent + line for line in lines))


def _dumped(text: str, in_flow: bool) -> str:
    yaml = YAML()
    yaml.version = (1, 1)  # the older one takes more for numbers, days and yes or no
    yaml.width = _NO_END
    yaml.default_flow_style = in_flow
    out = StringIO()
    yaml.dump([text], out)
    line = out.getvalue().partition("---")[2].strip()
    return line[1:-1] if in_flow else line.removeprefix("- ")
