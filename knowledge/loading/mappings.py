"""Ask a mapping of a file for its keys: it complains of what is missing, unknown or amiss."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from knowledge.loading.complaining import Complaints


@dataclass(frozen=True, slots=True)
class Value:
    """What stands under a key or as an item, and on which line."""

    line: int
    content: "str | tuple[Value, ...] | Entry"


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping of a document: asked for its keys, it complains of what is missing, unknown or out
    of range.
    """

    document: Complaints
    values: Mapping[str, Value]
    line: int

    def line_of(self, key: str) -> int:
        """The line of a key, or of the whole entry where there is no such key."""
        return self.values[key].line if key in self.values else self.line

    def only(self, *keys: str) -> None:
        """Complain of keys that are none of these."""
        for key, value in self.values.items():
            if key not in keys:
                close = get_close_matches(key, keys, 1)
                mend = f"did you mean '{close[0]}'?" if close else f"use one of: {', '.join(keys)}"
                self.document.complain(value.line, f"unknown key '{key}'", mend)

    def text(self, key: str, default: str | None = None, among: tuple[str, ...] = ()) -> str:
        """The text under a key; without a default it has to be there and not empty."""
        value = self.values.get(key)
        if value is None:
            if default is None:
                self.document.complain(self.line, f"'{key}' is missing", f"add a line `{key}: …`")
            return default or ""
        if not isinstance(value.content, str):
            self.document.complain(
                value.line,
                f"'{key}' is not one text",
                f"write `{key}: …` on one line, or after `>-`",
            )
            return ""
        text = " ".join(value.content.split())
        if not text and default is None:
            self.document.complain(
                value.line, f"'{key}' is empty", "write the text after the colon"
            )
        self._within(key, text, value.line, among)
        return text

    def new_id(self, taken: Iterable[str]) -> str:
        """The text under `id`, which is to be none of those taken."""
        id = self.text("id")
        if id and id in taken:
            self.document.complain(
                self.line_of("id"), f"the id '{id}' stands twice", "give one of them another id"
            )
        return id

    def number(self, key: str) -> int:
        """The whole number under a key; it has to be there."""
        text = self.text(key)
        if text and not text.isdecimal():
            self.document.complain(
                self.line_of(key), f"'{key}' is '{text}'", "write a whole number"
            )
        return int(text) if text.isdecimal() else 0

    def texts(self, key: str, needed: bool = True, among: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The list of texts under a key."""
        return tuple(text for text, _ in self.lines(key, needed, among))

    def lines(
        self, key: str, needed: bool = True, among: tuple[str, ...] = ()
    ) -> tuple[tuple[str, int], ...]:
        """The list of texts under a key, each with its line."""
        value = self.values.get(key)
        if value is None or value.content == "":
            if needed:
                self.document.complain(
                    self.line_of(key), f"'{key}' is missing", f"add `{key}:` and a list under it"
                )
            return ()
        if not isinstance(value.content, tuple):
            self.document.complain(
                value.line, f"'{key}' is not a list", "begin each line under it with `- `"
            )
            return ()
        if needed and not value.content:
            self.document.complain(value.line, f"'{key}' is an empty list", "add at least one")
        found: list[tuple[str, int]] = []
        for item in value.content:
            if not isinstance(item.content, str):
                self.document.complain(
                    item.line,
                    f"an item of '{key}' is not one text",
                    'put the whole text in "double quotes"',
                )
            elif text := " ".join(item.content.split()):
                self._within(key, text, item.line, among)
                found.append((text, item.line))
            else:
                self.document.complain(
                    item.line, f"an item of '{key}' is empty", "write it or delete the line"
                )
        return tuple(found)

    def entries(self, key: str, needed: bool = True) -> Iterator["Entry"]:
        """The list of mappings under a key."""
        value = self.values.get(key)
        if not needed and (value is None or value.content == ""):
            return
        if value is None or not isinstance(value.content, tuple):
            self.document.complain(
                self.line_of(key),
                f"'{key}' is not a list of entries",
                f"add `{key}:` and entries that begin with `- `",
            )
            return
        for item in value.content:
            if isinstance(item.content, Entry):
                yield Entry(self.document, item.content.values, item.line)
            else:
                self.document.complain(
                    item.line, f"an entry of '{key}' has no keys", "write `- key: value`"
                )

    def named(self, key: str) -> Iterator[tuple[str, Value]]:
        """The keys and values of the mapping under a key."""
        value = self.values.get(key)
        if value is None or not isinstance(value.content, Entry):
            self.document.complain(
                self.line_of(key),
                f"'{key}' has no `name: …` lines",
                f"add `{key}:` and such lines under it",
            )
            return
        yield from value.content.values.items()

    def entry(self, key: str) -> "Entry":
        """The mapping under a key; empty where there is none."""
        return Entry(self.document, dict(self.named(key)), self.line_of(key))

    def _within(self, key: str, text: str, line: int, among: tuple[str, ...]) -> None:
        if among and text and text not in among:
            self.document.complain(line, f"'{key}' is '{text}'", f"use one of: {', '.join(among)}")
