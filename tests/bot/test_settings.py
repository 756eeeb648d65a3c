"""What the operator may write into the environment, and what is said of what cannot be used."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.environment import Allowed, BadSetting
from bot.settings import Settings
from knowledge.model import Caution
from knowledge.places import BUILT_IN

NAMES = (
    "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_BOT_TOKEN_FILE",
    "TELEGRAM_API_BASE_URL",
    "ALLOWED_USER_IDS",
    "ALLOWED_CHAT_IDS",
    "KNOWLEDGE_DIRS",
    "CACHE_DIR",
    "SEMANTIC_MODEL",
    "CAUTION",
    "LOG_LEVEL",
    "SUPERVISOR_IDS",
    "MAINTAINER_IDS",
    "OPERATOR_IDS",
    "DATABASE_URL",
    "RETENTION_DAYS",
    "KEEP_QUESTION_TEXT",
    "PSEUDONYM_KEY",
    "RATE_LIMIT",
    "WEBHOOK_URL",
    "WEBHOOK_SECRET",
    "WEBHOOK_LISTEN",
    "HEALTH_LISTEN",
)
VALUES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
"""An environment holds no NUL."""


def test_nothing_has_to_be_set() -> None:
    assert Settings.from_env({"HOME": "/home/sam"}) == Settings(
        cache_dir=Path("/home/sam/.cache/safeguarding-lessons-bot"),
        database=Path("/home/sam/.local/share/safeguarding-lessons-bot/records.sqlite"),
    )


def test_what_is_set_to_nothing_is_not_set() -> None:
    empty = dict.fromkeys((*NAMES, "XDG_CACHE_HOME"), "")
    assert Settings.from_env({**empty, "HOME": "here"}) == Settings.from_env({"HOME": "here"})


def test_everything_that_is_set_is_used(tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()
    (tmp_path / "local").mkdir()
    found = Settings.from_env(
        {
            "TELEGRAM_BOT_TOKEN": " 12:token\n",
            "TELEGRAM_API_BASE_URL": "http://127.0.0.1:8081",
            "ALLOWED_USER_IDS": "7, 8,",
            "ALLOWED_CHAT_IDS": "-1001234567890",
            "KNOWLEDGE_DIRS": f"{tmp_path / 'team'}:{tmp_path / 'local'}",
            "CACHE_DIR": "kept",
            "SEMANTIC_MODEL": "off",
            "CAUTION": " Strict",
            "LOG_LEVEL": "debug",
            "SUPERVISOR_IDS": "1",
            "MAINTAINER_IDS": "2,3",
            "OPERATOR_IDS": "4",
            "DATABASE_URL": "sqlite:////var/lib/records.sqlite",
            "RETENTION_DAYS": "14",
            "KEEP_QUESTION_TEXT": "on",
            "PSEUDONYM_KEY": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk",
            "RATE_LIMIT": "off",
            "WEBHOOK_URL": "https://bot.example.org/hook",
            "WEBHOOK_SECRET": "a-secret-of_24-letters00",
            "WEBHOOK_LISTEN": "0.0.0.0:8000",
            "HEALTH_LISTEN": "[::1]:8080",
        }
    )
    assert found == Settings(
        token="12:token",
        api_base_url="http://127.0.0.1:8081",
        allowed_users=Allowed(frozenset({7, 8})),
        allowed_chats=Allowed(frozenset({-1001234567890})),
        knowledge_dirs=(tmp_path / "team", tmp_path / "local"),
        cache_dir=Path("kept"),
        semantic_model="off",
        caution=Caution.STRICT,
        log_level="DEBUG",
        supervisors=frozenset({1}),
        maintainers=frozenset({2, 3}),
        operators=frozenset({4}),
        database=Path("/var/lib/records.sqlite"),
        retention_days=14,
        keep_question_text=True,
        pseudonym_key="k" * 32,
        rate_limit=None,
        webhook_url="https://bot.example.org/hook",
        webhook_secret="a-secret-of_24-letters00",
        webhook_listen=("0.0.0.0", 8000),
        health_listen=("::1", 8080),
    )
    assert found.content_dirs == (BUILT_IN, tmp_path / "team", tmp_path / "local")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ALLOWED_USER_IDS", "7,sam", "ALLOWED_USER_IDS: 'sam' is no id; write numbers"),
        ("ALLOWED_USER_IDS", "²", "ALLOWED_USER_IDS: '²' is no id; write numbers"),
        ("ALLOWED_USER_IDS", "7 8", "ALLOWED_USER_IDS: '7 8' is no id; write numbers"),
        ("ALLOWED_CHAT_IDS", "*,7", "ALLOWED_CHAT_IDS: '*' is no id; write numbers"),
        ("ALLOWED_CHAT_IDS", "9" * 5000, "ALLOWED_CHAT_IDS: '9"),
        ("TELEGRAM_API_BASE_URL", "localhost:8081", "TELEGRAM_API_BASE_URL is 'localhost:8081'; "),
        ("KNOWLEDGE_DIRS", "no-such", "KNOWLEDGE_DIRS: there is no folder 'no-such'; create it"),
        ("CAUTION", "brave", "CAUTION is 'brave'; write usual or strict"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL is 'LOUD'; use one of DEBUG, INFO, WARNING, ERROR"),
        ("TELEGRAM_BOT_TOKEN_FILE", "no-such", "TELEGRAM_BOT_TOKEN_FILE: the file cannot be read"),
        ("WEBHOOK_URL", "bot.example.org", "WEBHOOK_URL is 'bot.example.org'; begin it with http"),
        (
            "WEBHOOK_URL",
            "http://bot.example.org",
            "WEBHOOK_URL: Telegram's own server needs https://",
        ),
        ("WEBHOOK_SECRET_FILE", "no-such", "WEBHOOK_SECRET_FILE: the file cannot be read; name"),
        ("WEBHOOK_LISTEN", "8443", "WEBHOOK_LISTEN is '8443'; write host:port"),
        ("WEBHOOK_LISTEN", ":8443", "WEBHOOK_LISTEN is ':8443'; write host:port"),
        ("HEALTH_LISTEN", "localhost:", "HEALTH_LISTEN is 'localhost:'; write host:port"),
        ("HEALTH_LISTEN", "localhost:65536", "HEALTH_LISTEN is 'localhost:65536'; write host:port"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_mend(
    name: str, value: str, told: str
) -> None:
    with pytest.raises(BadSetting) as caught:
        Settings.from_env({name: value})
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize("name", NAMES)
@given(value=VALUES)
def test_whatever_is_set_is_used_or_refused_in_one_line(name: str, value: str) -> None:
    try:
        Settings.from_env({name: value})
    except BadSetting as error:
        assert len(str(error).splitlines()) == 1
        assert str(error).startswith(name)


@given(ids=st.frozensets(st.integers(-(10**15), 10**15)), other=st.integers())
def test_just_those_on_the_list_are_let_in(ids: frozenset[int], other: int) -> None:
    allowed = Settings.from_env({"ALLOWED_USER_IDS": ",".join(map(str, ids))}).allowed_users
    assert allowed == Allowed(ids)
    assert all(id in allowed for id in ids)
    assert (other in allowed) == (other in ids)
    assert bool(allowed) == bool(ids)


@given(id=st.integers())
def test_a_star_lets_everyone_in(id: int) -> None:
    allowed = Settings.from_env({"ALLOWED_CHAT_IDS": " * "}).allowed_chats
    assert id in allowed
    assert allowed


def test_a_secret_is_read_from_the_file_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("12:from-a-file\n", encoding="utf-8")
    environ = {"TELEGRAM_BOT_TOKEN_FILE": str(tmp_path / "token"), "TELEGRAM_BOT_TOKEN": "12:no"}
    assert Settings.from_env(environ).token == "12:from-a-file"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_secrets_file_that_cannot_be_read_is_told_without_its_name(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "12:a-token-by-mistake"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadSetting) as caught:
        Settings.from_env({"TELEGRAM_BOT_TOKEN_FILE": str(file)})
    assert str(caught.value) == (
        "TELEGRAM_BOT_TOKEN_FILE: the file cannot be read; name a readable text file"
    )


@pytest.mark.parametrize("secret", ["", "with a space in between", "é" * 20, "a" * 257])
def test_a_webhook_without_a_good_secret_is_refused_and_the_secret_not_told(secret: str) -> None:
    with pytest.raises(BadSetting) as caught:
        Settings.from_env({"WEBHOOK_URL": "https://bot.example.org", "WEBHOOK_SECRET": secret})
    assert str(caught.value).startswith("WEBHOOK_SECRET: with WEBHOOK_URL, set 1 to 256 letters")
    assert not secret or secret not in str(caught.value)


def test_no_secret_is_ever_shown() -> None:
    settings = Settings.from_env(
        {"TELEGRAM_BOT_TOKEN": "12:a-secret", "WEBHOOK_SECRET": "a-secret-of-the-webhook"}
    )
    assert (settings.token, settings.webhook_secret) == ("12:a-secret", "a-secret-of-the-webhook")
    assert "a-secret" not in f"{settings} {settings!r}"


def test_a_bot_api_server_of_ones_own_may_send_without_encryption() -> None:
    settings = Settings.from_env(
        {
            "TELEGRAM_API_BASE_URL": "http://127.0.0.1:8081",
            "WEBHOOK_URL": "http://127.0.0.1:8443/hook",
            "WEBHOOK_SECRET": "a-secret",
        }
    )
    assert settings.webhook_url == "http://127.0.0.1:8443/hook"
