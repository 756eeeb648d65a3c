"""The settings, read from the environment: the only reader of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.places import BUILT_IN

APP = "safeguarding-lessons-bot"
_ID = re.compile(r"-?[0-9]{1,20}")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


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


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decides."""

    token: str = field(default="", repr=False)
    api_base_url: str = ""
    """Another Bot API server, as python-telegram-bot's `base_url`; empty for Telegram's own."""
    allowed_users: Allowed = Allowed()
    allowed_chats: Allowed = Allowed()
    knowledge_dirs: tuple[Path, ...] = ()
    """Content laid over the built-in, in order."""
    cache_dir: Path = Path()
    semantic_model: str = ""
    log_level: str = "INFO"

    @property
    def content_dirs(self) -> tuple[Path, ...]:
        """All folders of content: the built-in one first."""
        return (BUILT_IN, *self.knowledge_dirs)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings. Raises `BadSetting`."""
        home = Path(environ.get("XDG_CACHE_HOME") or Path(environ.get("HOME") or ".") / ".cache")
        level = (environ.get("LOG_LEVEL") or "INFO").upper()
        if level not in _LEVELS:
            raise BadSetting(f"LOG_LEVEL is {level!r}; use one of {', '.join(_LEVELS)}")
        return cls(
            token=_secret(environ, "TELEGRAM_BOT_TOKEN"),
            api_base_url=_address(environ, "TELEGRAM_API_BASE_URL"),
            allowed_users=_ids(environ, "ALLOWED_USER_IDS"),
            allowed_chats=_ids(environ, "ALLOWED_CHAT_IDS"),
            knowledge_dirs=_folders(environ, "KNOWLEDGE_DIRS"),
            cache_dir=Path(environ.get("CACHE_DIR") or home / APP),
            semantic_model=environ.get("SEMANTIC_MODEL", ""),
            log_level=level,
        )


def _secret(environ: Mapping[str, str], name: str) -> str:
    """A secret from the variable, or from the file that `<name>_FILE` names."""
    if file := environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise BadSetting(
                # the name is not told: a token put here by mistake would be
                f"{name}_FILE: the file cannot be read; name a readable text file"
            ) from error
    return environ.get(name, "").strip()


def _address(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "").strip()
    if value and not value.startswith(("http://", "https://")):
        raise BadSetting(f"{name} is {value!r}; begin it with http:// or https://")
    return value


def _ids(environ: Mapping[str, str], name: str) -> Allowed:
    value = environ.get(name, "").strip()
    if value == "*":
        return Allowed(everyone=True)
    parts = [part.strip() for part in value.split(",") if part.strip()]
    for part in parts:
        if not _ID.fullmatch(part):
            raise BadSetting(f"{name}: {part!r} is no id; write numbers with commas between, or *")
    return Allowed(frozenset(map(int, parts)))


def _folders(environ: Mapping[str, str], name: str) -> tuple[Path, ...]:
    folders = tuple(Path(part) for part in environ.get(name, "").split(":") if part)
    for folder in folders:
        if not folder.is_dir():
            raise BadSetting(
                f"{name}: there is no folder {str(folder)!r}; create it or take it out"
            )
    return folders
