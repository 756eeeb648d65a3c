"""The commands of `python bot.py`, and what all of them share."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

import click

from bot.environment import BadSetting
from bot.settings import Settings
from knowledge.matching.models import NoEncoder
from knowledge.problems import Unsound, name


@dataclass(frozen=True, slots=True)
class Program:
    """What the commands are given: the settings, and how to start on Telegram."""

    settings: Settings
    start_telegram: Callable[[Settings], None]


_MODULES = {
    "ask": "asking",
    "chat": "asking",
    "list": "listing",
    "run": "serving",
    "new": "creating",
    "check": "maintaining",
    "index": "maintaining",
    "calibrate": "calibrating",
    "overmatch": "comparing",
    "diff": "differing",
    "test": "testing",
    "benchmark": "measuring",
    "suggest": "suggesting",
    "export": "exchanging",
    "import": "exchanging",
    "doctor": "doctoring",
    "privacy": "doctoring",
    "stats": "retaining",
    "purge": "retaining",
    "forget": "retaining",
    "backup": "retaining",
    "rotate-key": "retaining",
    "withdraw": "suspending",
    "restore": "suspending",
    "maintenance": "suspending",
    "invite": "admitting",
    "people": "admitting",
    "remove": "admitting",
}
"""Where each command is; its module is imported when it is called, so that `ask` starts quickly."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _MODULES:
            return None
        from importlib import import_module

        module = import_module(f"bot.cli.{_MODULES[cmd_name]}")
        return getattr(module, f"{cmd_name.replace('-', '_')}_command")  # type: ignore[no-any-return]


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.pass_context
def commands(context: click.Context) -> None:
    """Ask what reviews of serious cases have taught about safeguarding children.

    Without a command: on Telegram if TELEGRAM_BOT_TOKEN is set, else a conversation here.
    """
    if context.invoked_subcommand is None:
        token = context.ensure_object(Program).settings.token
        command = commands.get_command(context, "run" if token else "chat")
        assert command
        context.invoke(command)


def main(start_telegram: Callable[[Settings], None]) -> None:
    """Run the command that was called; every fault becomes one line that says what to do."""
    if isinstance(sys.stdout, TextIOWrapper):  # a sign that cannot be written is told, not fatal
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        settings = Settings.from_env(os.environ)
        code = commands.main(
            obj=Program(settings, start_telegram), prog_name="python bot.py", standalone_mode=False
        )
        sys.exit(code if isinstance(code, int) else 0)
    except click.UsageError as error:
        hint = f" Try: {error.ctx.command_path} --help" if error.ctx else ""
        _stop(f"{' '.join(error.format_message().split())}{hint}", 2)
    except click.ClickException as error:
        _stop(error.format_message(), 1)
    except (BadSetting, NoEncoder) as error:
        _stop(str(error), 2)
    except Unsound as error:
        _stop("\n".join(map(str, error.problems)), 1)
    except (click.Abort, KeyboardInterrupt):
        _stop("", 130)
    except OSError as error:
        # what is left to be written goes nowhere, or Python complains of it once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        gone = isinstance(error, BrokenPipeError)  # the reader, as in `… | head`
        what = f"{name(Path(error.filename))}: " if isinstance(error.filename, str) else ""
        _stop("" if gone else f"Stopped: {what}{error.strerror or error}.", 1)


def _stop(line: str, code: int) -> None:
    if line:
        print(line, file=sys.stderr)
    sys.exit(code)
