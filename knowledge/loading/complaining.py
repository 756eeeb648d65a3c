"""Say what is wrong with a file, in the words of people who don't program."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from knowledge.problems import Problem, name

_TAB = "a tab character"
MENDS = (
    (_TAB, "a tab is used to indent", "use spaces"),
    (
        "mapping values are not allowed",
        "a line containing ': ' needs quotes",
        'put the whole text in "double quotes"',
    ),
    (
        "cannot start any token",
        "a line begins with a sign that means something to YAML",
        'put the whole text in "double quotes"',
    ),
    (
        "node content",
        "a line begins with a sign that means something to YAML",
        'put the whole text in "double quotes"',
    ),
    (
        "escape character",
        'in "double quotes" a backslash has a meaning of its own',
        "use 'single quotes', or write it twice",
    ),
    (
        "quoted scalar",
        "a quotation mark is opened and not closed",
        "close it, or double the marks inside",
    ),
    ("alias", "a text begins with *", 'put it in "double quotes"'),
    ("anchor", "a text begins with &", 'put it in "double quotes"'),
    ("block scalar", "a text begins with > or |", 'put it in "double quotes"'),
    ("directive", "a text begins with %", 'put it in "double quotes"'),
    ("tag", "a text begins with !", 'put it in "double quotes"'),
    ("flow sequence", "a square bracket is opened and not closed", "close it with ]"),
    (
        "flow mapping",
        "a curly bracket is opened and not closed",
        'close it with }, or put the text in "double quotes"',
    ),
    (
        "could not find expected ':'",
        "a line has no ': ' after its key",
        "write `key: text`, or indent the line under the one before",
    ),
    ("characters are not allowed", "there is a control character", "delete it"),
    (
        "while parsing a block",
        "a line is indented differently from its neighbours, or has text after a closing quote",
        'line it up, or put the whole text in "double quotes"',
    ),
)
"""What YAML says, the problem that it means, and the mend."""


@dataclass(slots=True)
class Complaints:
    """The problems found in one file."""

    path: Path
    problems: list[Problem] = field(default_factory=list)
    unreadable: bool = False
    """Nothing more is said of a file that cannot be read: what it lacks is not known."""

    def complain(self, line: int, problem: str, mend: str, severity: str = "error") -> None:
        """Note a problem of this file."""
        if not self.unreadable:
            self.problems.append(Problem(name(self.path), line, problem, mend, severity))


def explain(error: yaml.YAMLError, text: str) -> tuple[int, str, str]:
    """YAML's own message in the words of people who don't program: (line, problem, mend)."""
    if isinstance(error, yaml.reader.ReaderError):
        said, line = str(error), text.encode()[: error.position].count(b"\n") + 1
    else:
        said, line = _read_message(error, text)
    for sign, problem, mend in MENDS:
        if sign in said:
            return line, problem, mend
    return line, "the form is not that of YAML", "compare it with a file that works"


def _read_message(error: yaml.YAMLError, text: str) -> tuple[str, int]:
    """What YAML said and the line to look at: of what is not closed, the one where it began."""
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    mark = getattr(error, "problem_mark", None)
    if mark and [*text.splitlines(), ""][mark.line][mark.column :].startswith("\t"):
        said += f" {_TAB}"
    elif said.startswith(("while scanning", "while parsing a flow")) and _TAB not in said:
        mark = getattr(error, "context_mark", None) or mark
    return said, mark.line + 1 if mark else 0
