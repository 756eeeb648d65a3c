"""Read a YAML file as text with line numbers: every scalar stays as it was typed."""

from dataclasses import dataclass, field

import yaml

from knowledge.loading.complaining import Complaints, explain
from knowledge.loading.mappings import Entry, Value

_LOADER: type[yaml.BaseLoader] | type[yaml.CBaseLoader] = getattr(
    yaml, "CBaseLoader", yaml.BaseLoader
)


@dataclass(slots=True)
class Document(Complaints):
    """One file that is being read, and the problems found in it."""

    _lines: list[str] = field(default_factory=list)

    def read(self) -> Entry:
        """The mapping that the file holds; empty, with problems noted, if unreadable."""
        try:
            text = self.path.read_text(encoding="utf-8").removeprefix("\ufeff")
            node = yaml.compose(text, Loader=_LOADER)
        except UnicodeDecodeError as error:
            return self._give_up(0, f"byte {error.start} is not UTF-8", "save the file as UTF-8")
        except OSError as error:
            return self._give_up(
                0, f"it cannot be read: {error.strerror}", "make it a readable file"
            )
        except yaml.YAMLError as error:
            return self._give_up(*explain(error, text))
        if not isinstance(node, yaml.MappingNode):
            return self._give_up(
                1,
                "it does not hold `key: value` lines",
                "see docs/adding-an-intent.md for the form of a file",
            )
        self._lines = [*text.splitlines(), ""]
        return Entry(self, self._open(node), 1)

    def _give_up(self, line: int, problem: str, mend: str) -> Entry:
        self.complain(line, problem, mend)
        self.unreadable = True
        return Entry(self, {}, 1)

    def _open(self, node: yaml.MappingNode) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self.complain(line, "a key is not a word", "write `key: value`")
            elif key.value in found:
                self.complain(
                    line,
                    f"the key '{key.value}' stands twice",
                    f"join it with line {found[key.value].line}",
                )
            else:
                found[key.value] = self._value(value, line)
        return found

    def _value(self, node: yaml.Node, line: int) -> Value:
        sign = self._lines[node.start_mark.line][node.start_mark.column :][:1]
        if sign and sign in "&!":  # YAML would leave out the first word without a word
            self.complain(
                node.start_mark.line + 1, f"a text begins with {sign}", 'put it in "double quotes"'
            )
            return Value(line, sign)
        if isinstance(node, yaml.MappingNode):
            return Value(line, Entry(self, self._open(node), line))
        if isinstance(node, yaml.SequenceNode):
            return Value(
                line, tuple(self._value(item, item.start_mark.line + 1) for item in node.value)
            )
        return Value(line, str(node.value))
