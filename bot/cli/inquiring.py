"""Ask on the terminal for what a command was not given."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, TypeAlias

import click

from knowledge.loading.entries import ID

Given: TypeAlias = dict[str, Any]
"""What was given, by the field's name: a text of a `Field`, else a tuple of texts."""

_FEW = 12
"""What may be said is listed before it is asked for, if it is no more."""


def nothing(given: Given) -> str:
    """What may be left out."""
    return ""


@dataclass(frozen=True, slots=True)
class Field:
    """A text that a command needs: an option, and a question where it was not given."""

    name: str
    asks: str
    default: Callable[[Given], str] | None = None
    """What it is where nobody says, from what was given before; None where somebody has to say."""
    among: tuple[str, ...] = ()
    """What may be said; empty for anything."""

    @property
    def flag(self) -> str:
        """The option's name."""
        return f"--{self.name.replace('_', '-')}"

    def option(self) -> Callable[..., Any]:
        """The field as an option of a command."""
        return click.option(self.flag, self.name, help=f"{self.asks}.")

    def take(self, said: str) -> Any:
        """What a text means. Raises `click.BadParameter` where it may not be said."""
        return self._among(said.strip())

    def ask(self, given: Given) -> Any:
        """Ask until it is answered."""
        default = self.default(given) if self.default else None
        asks = f"{self.asks} (may be empty)" if default == "" else self.asks
        if 0 < len(self.among) <= _FEW:
            click.echo(f"One of: {', '.join(self.among)}")
        return click.prompt(asks, default=default, show_default=bool(default), value_proc=self.take)

    def _among(self, text: str) -> str:
        if text and self.among and text not in self.among:
            close = get_close_matches(text, self.among, 3, 0.5) or self.among
            raise click.BadParameter(f"'{text}' is none; did you mean {' or '.join(close[:5])}?")
        return text


@dataclass(frozen=True, slots=True)
class Id(Field):
    """The id of what is new: no option, it stands by itself."""

    taken: tuple[str, ...] = ()
    """Those that there are already."""

    @property
    def flag(self) -> str:
        """As it stands in the help."""
        return self.name.upper()

    def take(self, said: str) -> str:
        """The id, where it is one and new. Raises `click.BadParameter`."""
        id = said.strip()
        if not ID.fullmatch(id):
            raise click.BadParameter(f"'{id}' is no id; use a-z, 0-9 and -, 40 at most.")
        if id in self.taken:
            raise click.BadParameter(f"there is '{id}' already; choose another.")
        return id


class Ids(Field):
    """Several ids or words, with commas between."""

    __slots__ = ()

    def option(self) -> Callable[..., Any]:
        """The field as an option that may also be given several times."""
        told = f"{self.asks}, with commas between."
        return click.option(self.flag, self.name, multiple=True, help=told, callback=_parted)

    def take(self, said: str) -> tuple[str, ...]:
        """The ids of a text."""
        return tuple(self._among(id) for id in _part(said))


class Lines(Field):
    """Several texts, each on a line of its own."""

    __slots__ = ()

    def option(self) -> Callable[..., Any]:
        """The field as an option that may be given several times."""
        told = f"{self.asks}; may be repeated."
        return click.option(self.flag, self.name, multiple=True, help=told)

    def take(self, said: str) -> tuple[str, ...]:
        """The text alone."""
        return (said.strip(),) if said.strip() else ()

    def ask(self, given: Given) -> tuple[str, ...]:
        """Ask for one after the other until nothing is said."""
        click.echo(f"{self.asks}, one a line; an empty line ends them.")
        said: list[str] = []
        while True:
            text = click.prompt("", default="", show_default=False, prompt_suffix="  - ").strip()
            if text:
                said.append(text)
            elif said or self.default:
                return tuple(said)
            else:
                click.echo("One is needed at least.")


def inquire(fields: Sequence[Field], options: Mapping[str, Any]) -> tuple[Given, bool]:
    """What was given in options, with what is asked for on a terminal where something is missing
    that has to be said; and whether anything was asked. Elsewhere that raises `click.UsageError`.
    """
    given: Given = {name: said for name, said in options.items() if said not in (None, ())}
    missing = [field for field in fields if field.name not in given and field.default is None]
    asking = bool(missing) and sys.stdin.isatty()
    if missing and not asking:
        named = ", ".join(field.flag for field in missing)
        raise click.UsageError(f"Missing: {named}. Call it on a terminal to be asked.")
    for field in fields:
        if field.name not in given:
            given[field.name] = (
                field.ask(given) if asking else field.take((field.default or nothing)(given))
            )
    return given, asking


def knowing(field: Field, among: Sequence[str]) -> Field:
    """A field of which it is known what may be said."""
    return replace(field, among=tuple(among))


def _part(said: str) -> list[str]:
    return [id for id in (part.strip() for part in said.split(",")) if id]


def _parted(
    context: click.Context, option: click.Parameter, said: Sequence[str]
) -> tuple[str, ...]:
    return tuple(id for text in said for id in _part(text))
