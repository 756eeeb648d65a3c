"""The settings, read from the environment: the only reader of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.places import BUILT_IN

APP = "safeguarding-lessons-bot"
_ID = re.compile(r"-?[0-9]{1,20}")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_ON, _OFF = ("1", "on", "true", "yes"), ("0", "off", "false", "no")
IN_MEMORY = Path(":memory:")
"""In the place of a file: records that are gone when the bot stops."""
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
SHORTEST_KEY = 16
"""Characters of a key for pseudonyms: fewer could be tried out."""


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
    supervisors: frozenset[int] = frozenset()
    maintainers: frozenset[int] = frozenset()
    operators: frozenset[int] = frozenset()
    database: Path = IN_MEMORY
    """The file of the records."""
    retention_days: int = 30
    keep_question_text: bool = False
    pseudonym_key: str = field(default="", repr=False)
    """Keys with commas between, that in use first; empty for those of the file beside the
    database.
    """
    webhook_url: str = ""
    """Where Telegram is to send updates; empty for asking it."""
    webhook_secret: str = field(default="", repr=False)
    webhook_listen: tuple[str, int] = ("127.0.0.1", 8443)
    health_listen: tuple[str, int] | None = None
    """Where `/healthz` and the like are answered when Telegram is asked."""
    rate_limit: int | None = 20
    """Questions a minute and person; None for any number."""

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
            supervisors=_named(environ, "SUPERVISOR_IDS"),
            maintainers=_named(environ, "MAINTAINER_IDS"),
            operators=_named(environ, "OPERATOR_IDS"),
            database=_database(environ),
            retention_days=_number(environ, "RETENTION_DAYS", 30, 1, 3650),
            keep_question_text=_switch(environ, "KEEP_QUESTION_TEXT"),
            pseudonym_key=_key(environ),
            **_webhook(environ),
            rate_limit=None
            if environ.get("RATE_LIMIT", "").strip().lower() == "off"
            else _number(environ, "RATE_LIMIT", 20, 1, 1000, " or off"),
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


def _named(environ: Mapping[str, str], name: str) -> frozenset[int]:
    """The people who have a role: never everyone."""
    allowed = _ids(environ, name)
    if allowed.everyone:
        raise BadSetting(f"{name}: * would give everyone the role; write the ids of those who have")
    return allowed.ids


def _number(
    environ: Mapping[str, str], name: str, otherwise: int, least: int, most: int, else_: str = ""
) -> int:
    value = environ.get(name, "").strip()
    if not value:
        return otherwise
    if not re.fullmatch(r"[0-9]{1,6}", value) or not least <= int(value) <= most:
        raise BadSetting(f"{name} is {value!r}; write a number from {least} to {most}{else_}")
    return int(value)


def _switch(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").strip().lower()
    if value not in ("", *_ON, *_OFF):
        raise BadSetting(f"{name} is {value!r}; write on or off")
    return value in _ON


def _database(environ: Mapping[str, str]) -> Path:
    """The file of an SQLite database, from `sqlite:///…` or a path."""
    value = environ.get("DATABASE_URL", "").strip()
    if not value:
        data = environ.get("XDG_DATA_HOME") or Path(environ.get("HOME") or ".") / ".local/share"
        return Path(data) / APP / "records.sqlite"
    scheme, parted, path = value.partition("://")
    if not parted:
        return Path(value)
    if scheme != "sqlite" or not path.removeprefix("/"):
        # the rest is not told: it may hold a password
        raise BadSetting(
            f"DATABASE_URL begins with {scheme}://; write sqlite:///records.sqlite, "
            "sqlite:////var/lib/records.sqlite or a path"
        )
    return Path(path.removeprefix("/"))


def _key(environ: Mapping[str, str]) -> str:
    value = _secret(environ, "PSEUDONYM_KEY")
    if value and any(len(part.strip()) < SHORTEST_KEY for part in value.split(",")):
        raise BadSetting(
            f"PSEUDONYM_KEY is too short; use at least {SHORTEST_KEY} random characters, as from "
            "python -c 'import secrets; print(secrets.token_hex())'"
        )
    return value


def _webhook(environ: Mapping[str, str]) -> dict[str, Any]:
    """The settings of the webhook and of what listens."""
    url, secret = _address(environ, "WEBHOOK_URL"), _secret(environ, "WEBHOOK_SECRET")
    if url and not url.startswith("https://") and not environ.get("TELEGRAM_API_BASE_URL"):
        raise BadSetting("WEBHOOK_URL: Telegram's own server needs https://")
    if url and not _WEBHOOK_SECRET.fullmatch(secret):
        raise BadSetting(
            "WEBHOOK_SECRET: with WEBHOOK_URL, set 1 to 256 letters, digits, _ or -, as from "
            "python -c 'import secrets; print(secrets.token_hex())'"
        )
    listen = _listen(environ, "WEBHOOK_LISTEN")
    return {
        "webhook_url": url,
        "webhook_secret": secret,
        **({"webhook_listen": listen} if listen else {}),
        "health_listen": _listen(environ, "HEALTH_LISTEN"),
    }


def _listen(environ: Mapping[str, str], name: str) -> tuple[str, int] | None:
    value = environ.get(name, "").strip()
    if not value:
        return None
    host, _, port = value.rpartition(":")
    if not host or not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > 65535:
        raise BadSetting(f"{name} is {value!r}; write host:port, as 127.0.0.1:8080")
    return host.strip("[]"), int(port)


def _folders(environ: Mapping[str, str], name: str) -> tuple[Path, ...]:
    folders = tuple(Path(part) for part in environ.get(name, "").split(":") if part)
    for folder in folders:
        if not folder.is_dir():
            raise BadSetting(
                f"{name}: there is no folder {str(folder)!r}; create it or take it out"
            )
    return folders
