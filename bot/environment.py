"""Read single values of the environment, or say what is wrong with one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_ID = re.compile(r"-?[0-9]{1,20}")
_ON, _OFF = ("1", "on", "true", "yes"), ("0", "off", "false", "no")


class BadSetting(Exception):
    """A value that cannot be used: names the variable and the mend, in one line."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Who may use the bot: ids, or everyone. Empty is closed."""

    ids: frozenset[int] = frozenset()
    everyone: bool = False

    def __contains__(self, id: object) -> bool:
        return self.everyone or id in self.ids

    def __bool__(self) -> bool:
        return self.everyone or bool(self.ids)


NOBODY = Allowed()


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables of the environment. What reads one raises `BadSetting`."""

    variables: Mapping[str, str] = field(repr=False)

    def text(self, name: str) -> str:
        """A value without blanks around it; empty where there is none."""
        return self.variables.get(name, "").strip()

    def base(self, name: str, below_home: str) -> Path:
        """A folder of the user's (XDG): that of the variable, else one below their home."""
        home = Path(self.variables.get("HOME") or ".")
        return Path(self.variables.get(name) or home / below_home)

    def secret(self, name: str) -> str:
        """A secret from the variable, or from the file that `<name>_FILE` names."""
        if file := self.variables.get(f"{name}_FILE"):
            try:
                return Path(file).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise BadSetting(
                    # the name is not told: a token put here by mistake would be
                    f"{name}_FILE: the file cannot be read; name a readable text file"
                ) from error
        return self.text(name)

    def address(self, name: str) -> str:
        """An address of the web; empty where there is none."""
        value = self.text(name)
        if value and not value.startswith(("http://", "https://")):
            raise BadSetting(f"{name} is {value!r}; begin it with http:// or https://")
        return value

    def allowed(self, name: str) -> Allowed:
        """The people or chats of ids with commas between, or of `*`; without any, nobody."""
        value = self.text(name)
        if value == "*":
            return Allowed(everyone=True)
        parts = [part.strip() for part in value.split(",") if part.strip()]
        for part in parts:
            if not _ID.fullmatch(part):
                raise BadSetting(
                    f"{name}: {part!r} is no id; write numbers with commas between, or *"
                )
        return Allowed(frozenset(map(int, parts)))

    def named(self, name: str) -> frozenset[int]:
        """The people who have a role: never everyone."""
        allowed = self.allowed(name)
        if allowed.everyone:
            raise BadSetting(
                f"{name}: * would give everyone the role; write the ids of those who have"
            )
        return allowed.ids

    def number(self, name: str, otherwise: int, least: int, most: int, else_: str = "") -> int:
        """A whole number of a range; `else_` says what else could be written."""
        value = self.text(name)
        if not value:
            return otherwise
        if not re.fullmatch(r"[0-9]{1,6}", value) or not least <= int(value) <= most:
            raise BadSetting(f"{name} is {value!r}; write a number from {least} to {most}{else_}")
        return int(value)

    def switch(self, name: str) -> bool:
        """Whether something is switched on."""
        value = self.text(name).lower()
        if value not in ("", *_ON, *_OFF):
            raise BadSetting(f"{name} is {value!r}; write on or off")
        return value in _ON

    def listen(self, name: str) -> tuple[str, int] | None:
        """A host and a port; None where there is none."""
        value = self.text(name)
        if not value:
            return None
        host, _, port = value.rpartition(":")
        if not host or not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > 65535:
            raise BadSetting(f"{name} is {value!r}; write host:port, as 127.0.0.1:8080")
        return host.strip("[]"), int(port)

    def folders(self, name: str) -> tuple[Path, ...]:
        """Folders with colons between, all of them there."""
        folders = tuple(Path(part) for part in self.variables.get(name, "").split(":") if part)
        for folder in folders:
            if not folder.is_dir():
                raise BadSetting(
                    f"{name}: there is no folder {str(folder)!r}; create it or take it out"
                )
        return folders
