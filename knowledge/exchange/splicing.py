"""Where in a YAML text a key or an item stands, and what to put in its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ruamel.yaml import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from knowledge.exchange import writing

_ORDER = tuple("id title text lead cites related theme local asked checks".split())
"""A key that is new to an entry comes after those before it here."""
_IN_BRACKETS = ("cites", "related", "local")
"""The lists that begin on one line."""
_INDENT = 2


@dataclass(frozen=True, slots=True)
class Splice:
    """A stretch of a text, from one character to before another, and what is to stand there."""

    start: int
    end: int
    new: str


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """The text with each stretch replaced; of those that begin at one place, in their order."""
    parts, at = [], 0
    for splice in sorted(splices, key=lambda splice: splice.start):
        parts += [text[at : splice.start], splice.new]
        at = splice.end
    return "".join((*parts, text[at:]))


def value_of(entry: Node | None, key: str) -> Node | None:
    """What stands under a key; None where there is no such key."""
    pairs = entry.value if isinstance(entry, MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def texts_of(found: Node | None) -> tuple[str, ...]:
    """The texts of a list; none where there is no list."""
    items = found.value if isinstance(found, SequenceNode) else ()
    return tuple(writing.plain(str(item.value)) for item in items)


@dataclass(frozen=True, slots=True)
class Lines:
    """The `key: value` lines of a file or of one entry in it, and the text in which they stand."""

    text: str
    entry: MappingNode

    def set(self, key: str, value: str | Sequence[str]) -> Iterator[Splice]:
        """What has to be spliced so that a key has a value; an empty value takes the key out."""
        there = value_of(self.entry, key)
        new = writing.plain(value) if isinstance(value, str) else tuple(map(writing.plain, value))
        if there is not None and bool(there.value) != bool(new):
            yield self._without(key)
        if new and (there is None or not there.value):
            yield self._with(key, new)
        elif new and there is not None:
            yield from self._changed(there, new)

    def _changed(self, there: Node, new: str | Sequence[str]) -> Iterator[Splice]:
        if isinstance(new, str):
            if new != writing.plain(str(there.value)):
                yield Splice(there.start_mark.index, self._end(there), self._scalar(new, there))
        elif not isinstance(there, SequenceNode) or there.flow_style:
            if tuple(new) != texts_of(there):
                yield Splice(there.start_mark.index, self._end(there), self._list(new, there))
        else:
            yield from self._items(there, new)

    def _items(self, there: SequenceNode, new: Sequence[str]) -> Iterator[Splice]:
        """Lines taken out of a list and put into it; those that stay are not touched."""
        old, spans = texts_of(there), [self._line(item) for item in there.value]
        dash = " " * there.start_mark.column + "- "
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for what, first, last, start, end in matcher.get_opcodes():
            if what == "equal":
                continue
            # beside the line before, above what comments on the next
            at = spans[first - 1][1] if first == last and first else spans[first][0]
            yield self._lines_at(at, [dash + writing.written(text) for text in new[start:end]])
            yield from (Splice(*span, "") for span in spans[first:last])

    def _scalar(self, text: str, there: Node) -> str:
        if isinstance(there, ScalarNode) and there.style in (">", "|") and text.isprintable():
            return self._folded(text)
        return writing.written(text)

    def _list(self, texts: Sequence[str], there: Node) -> str:
        """A list in brackets, its items quoted as they were."""
        as_they_are = {
            text: self.text[item.start_mark.index : item.end_mark.index]
            for text, item in zip(texts_of(there), there.value, strict=True)
        }
        items = (as_they_are.get(text) or writing.written(text, in_flow=True) for text in texts)
        return f"[{', '.join(items)}]"

    def _folded(self, text: str) -> str:
        lines = writing.folded(text, self.entry.start_mark.column + _INDENT)
        return self._newline.join(lines)

    def _with(self, key: str, value: str | Sequence[str]) -> Splice:
        """A new key, after those that come before it."""
        before = _ORDER[: _ORDER.index(key)] if key in _ORDER else ()
        keys = [name for name, _ in self.entry.value]
        last = max((n for n, name in enumerate(keys) if name.value in before), default=-1)
        _, end = self._line(self.entry.value[last][1], self.entry.value[last][0])
        margin = " " * self.entry.start_mark.column
        if isinstance(value, str):
            is_long = value.isprintable() and len(f"{margin}{key}: {value}") > writing.WIDTH
            shown = self._folded(value) if is_long else writing.written(value)
            return self._lines_at(end, [f"{margin}{key}: {shown}"])
        if key in _IN_BRACKETS:
            shown = ", ".join(writing.written(text, in_flow=True) for text in value)
            return self._lines_at(end, [f"{margin}{key}: [{shown}]"])
        items = [f"{margin}{' ' * _INDENT}- {writing.written(text)}" for text in value]
        return self._lines_at(end, [f"{margin}{key}:", *items])

    def _without(self, key: str) -> Splice:
        name, value = next((k, v) for k, v in self.entry.value if k.value == key)
        return Splice(*self._line(value, name), "")

    def _lines_at(self, at: int, lines: Sequence[str]) -> Splice:
        new = "".join(line + self._newline for line in lines)
        if at == len(self.text) and not self.text.endswith("\n"):
            new = self._newline + new.removesuffix(self._newline)
        return Splice(at, at, new if lines else "")

    def _line(self, node: Node, key: Node | None = None) -> tuple[int, int]:
        """Where the lines of an item, or of a key and its value, begin and end."""
        is_empty = node.start_mark.index == node.end_mark.index  # its mark is at what comes next
        end = self.text.find("\n", key.end_mark.index if key and is_empty else self._end(node))
        start = self.text.rfind("\n", 0, (key or node).start_mark.index) + 1
        return start, end + 1 if end >= 0 else len(self.text)

    def _end(self, node: Node) -> int:
        """Where a value ends, without the comments and the empty lines after it."""
        if isinstance(node, CollectionNode) and node.value and not node.flow_style:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        start: int = node.start_mark.index
        return start + len(self.text[start : node.end_mark.index].rstrip())

    @property
    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"
