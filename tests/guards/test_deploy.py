"""What is shipped to run the bot as a service fits the bot."""

import re
import shlex
from pathlib import Path

import click
import pytest

from bot import settings
from bot.cli import commands

ROOT = Path(__file__).parents[2]
UNIT = (ROOT / "deploy" / "safeguarding-lessons-bot.service").read_text(encoding="utf-8")
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
COMMANDS = commands.list_commands(click.Context(commands))
_SECRETS = ("TELEGRAM_BOT_TOKEN", "PSEUDONYM_KEY", "WEBHOOK_SECRET")
VARIABLES = set(re.findall(r'"([A-Z_]+)"', Path(settings.__file__).read_text(encoding="utf-8"))) - {
    "XDG_CACHE_HOME",
    "XDG_DATA_HOME",
    "DEBUG",
    "INFO",
    "WARNING",
    "ERROR",
}
"""What the settings are read from."""
READ = VARIABLES | {f"{name}_FILE" for name in _SECRETS}
PYTHONS_OWN = {"PATH", "PYTHONDONTWRITEBYTECODE"}


def directives(unit: str) -> list[tuple[str, str]]:
    """The settings of a systemd unit, in their order: name and value."""
    lines = [line for line in unit.splitlines() if line and line[0] not in "#;["]
    return [(name, value) for name, _, value in (line.partition("=") for line in lines)]


def instructions(container: str) -> list[tuple[str, str]]:
    """The instructions of a Containerfile, in their order: name and the rest."""
    whole = re.sub(r"^#.*\n", "", container, flags=re.MULTILINE).replace("\\\n", " ")
    parted = (line.split(None, 1) for line in whole.splitlines() if line.strip())
    return [(name, " ".join(rest.split())) for name, rest in parted]


SERVICE = directives(UNIT)
STEPS = instructions(CONTAINER)


def given(name: str) -> list[str]:
    """The values that the unit gives a setting of systemd's."""
    return [value for key, value in SERVICE if key == name]


def done(name: str) -> list[str]:
    """What the Containerfile says with an instruction."""
    return [rest for key, rest in STEPS if key == name]


def test_a_unit_and_a_containerfile_are_read_as_they_are_written() -> None:
    assert directives("[A]\n# x\nB=c=d\n\n;y\nB=\n") == [("B", "c=d"), ("B", "")]
    assert instructions("# x\nRUN a \\\n# y\n  && b\nCOPY c d\n") == [
        ("RUN", "a && b"),
        ("COPY", "c d"),
    ]


def test_every_variable_that_is_set_is_one_that_is_read() -> None:
    in_unit = {value.partition("=")[0] for value in given("Environment")}
    in_container = {word.partition("=")[0] for rest in done("ENV") for word in rest.split()}
    assert in_unit - PYTHONS_OWN <= READ
    assert in_container - PYTHONS_OWN <= READ
    assert {"DATABASE_URL", "CACHE_DIR"} <= in_unit & in_container


@pytest.mark.parametrize("document", [EXAMPLE, OPERATING], ids=[".env.example", "operating.md"])
def test_every_variable_that_is_read_is_told(document: str) -> None:
    assert {name for name in READ if not re.search(rf"\b{name}\b", document)} == set()


def test_every_variable_in_the_table_of_settings_is_one_that_is_read() -> None:
    table = OPERATING.partition("## Settings")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)} == READ


def test_what_is_started_is_a_command_of_the_bot() -> None:
    (start,) = given("ExecStart")
    python, script, command = shlex.split(start)
    assert python == f"{given('WorkingDirectory')[0]}/.venv/bin/python"
    assert (script, command in COMMANDS) == ("bot.py", True)
    assert done("CMD") == [f'["python", "{script}", "{command}"]']


def test_the_service_is_told_to_reload_by_the_signal_that_the_bot_heeds() -> None:
    (reload,) = given("ExecReload")
    assert "-HUP" in reload
    assert "signal.SIGHUP" in (ROOT / "bot" / "services.py").read_text(encoding="utf-8")


def test_the_token_is_given_as_a_file_and_never_written_down() -> None:
    (credential,) = given("LoadCredential")
    name = credential.partition(":")[0]
    assert f"TELEGRAM_BOT_TOKEN_FILE=%d/{name}" in given("Environment")
    assert re.findall(r"\b[0-9]{6,}:[\w-]{20,}", UNIT + CONTAINER + EXAMPLE) == []


def test_what_the_service_writes_lies_in_folders_that_are_its_own() -> None:
    (state,), (cache,) = given("StateDirectory"), given("CacheDirectory")
    assert f"DATABASE_URL=%S/{state}/records.sqlite" in given("Environment")
    assert f"CACHE_DIR=%C/{cache}" in given("Environment")
    assert {name: given(name) for name in ("ProtectSystem", "NoNewPrivileges", "UMask")} == {
        "ProtectSystem": ["strict"],
        "NoNewPrivileges": ["yes"],
        "UMask": ["0077"],
    }


def test_what_is_copied_into_the_container_is_there_and_is_all_that_runs() -> None:
    copied = {
        name for rest in done("COPY") if not rest.startswith("--from") for name in rest.split()[:-1]
    }
    assert {name for name in copied if not (ROOT / name).exists()} == set()
    assert {"bot.py", "bot", "handlers", "knowledge", "requirements.txt"} <= copied


def test_the_container_installs_what_is_pinned_from_no_named_registry() -> None:
    (install,) = (rest for rest in done("RUN") if "pip install" in rest)
    assert {"--no-deps", "--require-hashes"} <= set(install.split())
    assert re.findall(r"\w+://\S+|index-url|find-links|trusted-host", " ".join(done("RUN"))) == []


def test_the_container_does_not_run_as_root_and_keeps_its_records_on_a_volume() -> None:
    (user,), (volume,) = done("USER"), done("VOLUME")
    assert re.fullmatch(r"[1-9][0-9]*:[1-9][0-9]*", user)
    assert f"DATABASE_URL={volume}/records.sqlite" in " ".join(done("ENV"))
    names = [name for name, _ in STEPS]
    assert names.index("USER") > max(at for at, name in enumerate(names) if name == "RUN")
