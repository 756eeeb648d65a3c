"""What the operator decides, as the environment says it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.environment import NOBODY, Allowed, BadSetting, Environment
from knowledge.model import Caution
from knowledge.places import BUILT_IN

APP = "safeguarding-lessons-bot"
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
IN_MEMORY = Path(":memory:")
"""In the place of a file: records that are gone when the bot stops."""
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
SHORTEST_KEY = 16
"""Characters of a key for pseudonyms: fewer could be tried out."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decides."""

    token: str = field(default="", repr=False)
    api_base_url: str = ""
    """Another Bot API server, as python-telegram-bot's `base_url`; empty for Telegram's own."""
    allowed_users: Allowed = NOBODY
    allowed_chats: Allowed = NOBODY
    knowledge_dirs: tuple[Path, ...] = ()
    """Content laid over the built-in, in order."""
    cache_dir: Path = Path()
    semantic_model: str = ""
    caution: Caution = Caution.USUAL
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
    stale_calibration: bool = False
    """Whether to run with a calibration of other content: for this start, by an option of `run`."""

    @property
    def content_dirs(self) -> tuple[Path, ...]:
        """All folders of content: the built-in one first."""
        return (BUILT_IN, *self.knowledge_dirs)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings. Raises `BadSetting`."""
        env = Environment(environ)
        level = (environ.get("LOG_LEVEL") or "INFO").upper()
        if level not in _LEVELS:
            raise BadSetting(f"LOG_LEVEL is {level!r}; use one of {', '.join(_LEVELS)}")
        return cls(
            token=env.secret("TELEGRAM_BOT_TOKEN"),
            api_base_url=env.address("TELEGRAM_API_BASE_URL"),
            allowed_users=env.allowed("ALLOWED_USER_IDS"),
            allowed_chats=env.allowed("ALLOWED_CHAT_IDS"),
            knowledge_dirs=env.folders("KNOWLEDGE_DIRS"),
            cache_dir=Path(environ.get("CACHE_DIR") or env.base("XDG_CACHE_HOME", ".cache") / APP),
            semantic_model=environ.get("SEMANTIC_MODEL", ""),
            caution=_caution(env, "CAUTION"),
            log_level=level,
            supervisors=env.named("SUPERVISOR_IDS"),
            maintainers=env.named("MAINTAINER_IDS"),
            operators=env.named("OPERATOR_IDS"),
            database=_database(env),
            retention_days=env.number("RETENTION_DAYS", 30, 1, 3650),
            keep_question_text=env.switch("KEEP_QUESTION_TEXT"),
            pseudonym_key=_key(env),
            **_webhook(env),
            rate_limit=None
            if env.text("RATE_LIMIT").lower() == "off"
            else env.number("RATE_LIMIT", 20, 1, 1000, " or off"),
        )


def _caution(env: Environment, name: str) -> Caution:
    value = env.text(name).lower() or Caution.USUAL
    if value not in tuple(Caution):
        raise BadSetting(f"{name} is {value!r}; write {' or '.join(Caution)}")
    return Caution(value)


def _database(env: Environment) -> Path:
    """The file of an SQLite database, from `sqlite:///…` or a path."""
    value = env.text("DATABASE_URL")
    if not value:
        return env.base("XDG_DATA_HOME", ".local/share") / APP / "records.sqlite"
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


def _key(env: Environment) -> str:
    value = env.secret("PSEUDONYM_KEY")
    if value and any(len(part.strip()) < SHORTEST_KEY for part in value.split(",")):
        raise BadSetting(
            f"PSEUDONYM_KEY is too short; use at least {SHORTEST_KEY} random characters, as from "
            "python -c 'import secrets; print(secrets.token_hex())'"
        )
    return value


def _webhook(env: Environment) -> dict[str, Any]:
    """The settings of the webhook and of what listens."""
    url, secret = env.address("WEBHOOK_URL"), env.secret("WEBHOOK_SECRET")
    if url and not url.startswith("https://") and not env.text("TELEGRAM_API_BASE_URL"):
        raise BadSetting("WEBHOOK_URL: Telegram's own server needs https://")
    if url and not _WEBHOOK_SECRET.fullmatch(secret):
        raise BadSetting(
            "WEBHOOK_SECRET: with WEBHOOK_URL, set 1 to 256 letters, digits, _ or -, as from "
            "python -c 'import secrets; print(secrets.token_hex())'"
        )
    listen = env.listen("WEBHOOK_LISTEN")
    return {
        "webhook_url": url,
        "webhook_secret": secret,
        **({"webhook_listen": listen} if listen else {}),
        "health_listen": env.listen("HEALTH_LISTEN"),
    }
