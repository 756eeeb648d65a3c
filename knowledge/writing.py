"""Write content in the form of its files. Every text comes back from them as it was given, but for
spaces and line breaks, which become one space.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import TypeAlias

import yaml

_WIDTH = 100
_BARE = re.compile(r"[0-9]+(-[0-9]+)*|true|false")


class Prose(str):
    """A text in sentences: folded over several lines."""

    __slots__ = ()


class Bare(str):
    """A number, a day, or true or false: without quotes where it is one."""

    __slots__ = ()


class InARow(tuple[str, ...]):
    """Ids and the like: a list on one line."""

    __slots__ = ()


Content: TypeAlias = "str | Sequence[str] | Mapping[str, str] | Sequence[Mapping[str, Content]]"
"""A text, a list of texts, texts with names, or entries."""


def write_intent(values: Mapping[str, str | Sequence[str]], draft: bool = False) -> str:
    """The text of an intent's file; of what is not named there is nothing."""

    def ids(key: str) -> InARow:
        return InARow(values.get(key, ()))

    return write_document(
        {
            "draft": Bare("true" if draft else ""),
            "title": values["title"],
            "lead": Prose(values["lead"]),
            "cites": ids("cites"),
            "related": ids("related"),
            "theme": values.get("theme", ""),
            "local": ids("local"),
            "asked": values.get("asked", ()),
            "checks": values.get("checks", ()),
        }
    )


def write_document(contents: Mapping[str, Content]) -> str:
    """The text of a file that holds these keys, in this order; what is empty is left out."""
    return "".join(f"{line}\n" for line in _document(contents, indent=0))


def _document(contents: Mapping[str, Content], indent: int) -> Iterator[str]:
    for key, value in contents.items():
        if value:
            yield from _lines(key, value, indent)


def _lines(key: str, value: Content, indent: int) -> Iterator[str]:
    match value:
        case Prose() if value.isprintable():
            yield f"{key}: >-"
            width = _WIDTH - indent - 2
            text = " ".join(value.split())
            folded = wrap(text, width, break_long_words=False, break_on_hyphens=False)
            yield from (f"  {line}" for line in folded)
        case Bare() if _BARE.fullmatch(value):
            yield f"{key}: {value}"
        case str():
            yield f"{key}: {_scalar(value)}"
        case InARow():
            yield f"{key}: [{', '.join(_scalar(id, in_brackets=True) for id in value)}]"
        case Mapping():
            yield f"{key}:"
            yield from (f"  {name}: {_scalar(str(text))}" for name, text in value.items())
        case [str(), *_]:
            yield f"{key}:"
            yield from (f"  - {_scalar(str(text))}" for text in value)
        case _:
            yield from ("", f"{key}:")
            for entry in value:
                assert isinstance(entry, Mapping)
                yield from _entry(entry)


def _entry(entry: Mapping[str, Content]) -> Iterator[str]:
    yield ""
    for number, line in enumerate(_document(entry, indent=4)):
        yield f"{'    ' if number else '  - '}{line}"


def _scalar(text: str, in_brackets: bool = False) -> str:
    """A text on one line, in double quotes where it would else be read as something else."""
    text = " ".join(text.split())
    plain = _dump(text, in_brackets, None)
    return plain if plain[:1] not in ("'", '"') else _dump(text, in_brackets, '"')


def _dump(text: str, in_brackets: bool, style: str | None) -> str:
    dumped: str = yaml.safe_dump(
        [text],
        default_flow_style=in_brackets,
        default_style=style,
        width=float("inf"),
        allow_unicode=True,
    )
    return dumped.strip()[1:-1] if in_brackets else dumped.removeprefix("- ").rstrip("\n")
