"""`export` and `import`: the content as a spreadsheet, its questions for other programs."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from bot.cli import Program
from bot.cli.advising import next_steps

if TYPE_CHECKING:
    from knowledge.exchange.changes import Difference
    from knowledge.exchange.folders import Folder
    from knowledge.problems import Problem
    from knowledge.quality.questions import Line

_SHOWN = 12
"""Warnings that are shown; of more it is said how many there are."""
_FILE = click.Path(path_type=Path, dir_okay=False)
_Command = TypeVar("_Command", bound=Callable[..., int])


def _files(command: _Command) -> _Command:
    """Give a command the options for the file that it writes or reads, and for the folder."""
    for option in (
        click.option(
            "--folder",
            type=click.Path(path_type=Path, file_okay=False, exists=True),
            metavar="DIR",
            help="The folder of content.  [default: the last of KNOWLEDGE_DIRS, or the built-in]",
        ),
        click.option("--checks", is_flag=True, help="With --csv or --rasa: checks, not ways."),
        click.option("--rasa", type=_FILE, metavar="FILE", help="Training data of Rasa (nlu.yml)."),
        click.option("--csv", type=_FILE, metavar="FILE", help="A table with text,intent."),
        click.option("--sheet", type=_FILE, metavar="FILE", help="A spreadsheet (.xlsx)."),
    ):
        command = option(command)
    return command


def _one_of(sheet: Path | None, csv: Path | None, rasa: Path | None, checks: bool) -> Path:
    """The one file that is named."""
    files = [file for file in (sheet, csv, rasa) if file]
    if len(files) != 1:
        raise click.UsageError("Name one file: --sheet FILE, --csv FILE or --rasa FILE.")
    if sheet and checks:
        raise click.UsageError(
            "A spreadsheet has checks in a sheet of its own: leave out --checks."
        )
    return files[0]


@click.command("export")
@_files
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_obj
def export_command(
    program: Program,
    sheet: Path | None,
    csv: Path | None,
    rasa: Path | None,
    checks: bool,
    folder: Path | None,
    force: bool,
) -> int:
    """Write the content as a spreadsheet, or its questions as CSV or Rasa training data.

    \b
    python bot.py export --sheet content.xlsx
    python bot.py export --csv ways.csv
    python bot.py export --csv checks.csv --checks
    """
    file = _one_of(sheet, csv, rasa, checks)
    if file.exists() and not force:
        raise click.UsageError(f"{file} is there already: name another, or add --force.")
    from knowledge.exchange import rasa as rasa_files
    from knowledge.exchange import sheets, tables, teaching

    found = _open(program, folder)
    lines = tuple(teaching.lines_of(found, "checks" if checks else "asked"))
    if sheet:
        sheets.export(found, file)
    elif csv:
        tables.write(file, lines)
    else:
        _tell(rasa_files.write(file, lines))
    what = f"{len(lines):,} {'checks' if checks else 'ways of asking'}"
    click.echo(f"Written: {file}\n{_count(len(found.intents), 'intent')}, {what}.")
    return 0


@click.command("import")
@_files
@click.option("--route", metavar="ID", help="Where to turn with questions that are not covered.")
@click.option("--write", is_flag=True, help="Write it, without asking.")
@click.pass_obj
def import_command(
    program: Program,
    sheet: Path | None,
    csv: Path | None,
    rasa: Path | None,
    checks: bool,
    folder: Path | None,
    route: str | None,
    write: bool,
) -> int:
    """Show what a file would change in the content, and write it if you say so.

    A spreadsheet says what the content is to be. CSV and Rasa files add ways of asking (or checks)
    to the intents that they name. Comments and the form of the content's files stay as they are.
    Nothing is written as long as anything is wrong.

    \b
    python bot.py import --sheet content.xlsx
    python bot.py import --csv more.csv --checks --write
    """
    file = _one_of(sheet, csv, rasa, checks)
    if sheet and route:
        raise click.UsageError("A spreadsheet names each route in its row: leave out --route.")
    from knowledge.exchange import rows, teaching
    from knowledge.exchange.changes import changes, differences
    from knowledge.exchange.rewriting import write_all

    found = _open(program, folder)
    if sheet:
        wanted = rows.read(found, file)
    else:
        lines, warnings = _lines(csv, file)
        _tell(warnings)
        wanted = teaching.add(found, file, lines, "checks" if checks else "asked", route)
    _tell(wanted.warnings)
    made = changes(found, wanted)
    if not made:
        click.echo("Nothing would change.")
        return 0
    for change in made:
        click.echo(change.diff)
    click.echo(_summary(differences(found, wanted)))
    if not (write or _says_yes(len(made))):
        click.echo("Nothing is written. To write it, add --write.")
        return 0
    write_all(made)
    click.echo(f"Written: {_count(len(made), 'file')}")
    click.echo(next_steps(found.path, program.settings.content_dirs))
    return 0


def _open(program: Program, folder: Path | None) -> "Folder":
    from knowledge.exchange.folders import open_folder

    folders = program.settings.content_dirs
    return open_folder(folder or folders[-1], folders)


def _lines(csv: Path | None, file: Path) -> "tuple[tuple[Line, ...], tuple[Problem, ...]]":
    if csv:
        from knowledge.quality.questions import read_lines

        return read_lines(file), ()
    from knowledge.exchange.rasa import read

    return read(file)


def _tell(warnings: "Sequence[Problem]") -> None:
    """What was not taken, on standard error."""
    for warning in warnings[:_SHOWN]:
        click.echo(str(warning), err=True)
    if len(warnings) > _SHOWN:
        click.echo(f"… and {len(warnings) - _SHOWN:,} more.", err=True)


def _summary(found: "Sequence[Difference]") -> str:
    """A line for each intent or route."""
    by_entry: dict[str, list[str]] = {}
    for difference in found:
        by_entry.setdefault(difference.entry, []).append(str(difference))
    return "\n".join(f"{entry}: {'; '.join(told)}" for entry, told in by_entry.items())


def _says_yes(files: int) -> bool:
    from bot.cli.opening import is_at_keyboard

    return is_at_keyboard() and click.confirm(f"Change {_count(files, 'file')}?")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
