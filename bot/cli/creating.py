"""`new intent` and `new source`: a new file of content, asked for, tried and written."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from bot.cli import Program, forms
from bot.cli.advising import next_steps
from bot.cli.inquiring import Field, Given, inquire, knowing
from bot.settings import Settings
from knowledge.handbook import Handbook
from knowledge.places import SHIPPED
from knowledge.problems import name
from knowledge.writing import write_document, write_intent

_FOLDER = click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to put it: if not said, the last of KNOWLEDGE_DIRS, else the built-in content.",
)


def _options(fields: Sequence[Field]) -> Callable[..., Any]:
    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for field in reversed(fields):
            command = field.option()(command)
        return command

    return add


@click.group("new")
def new_command() -> None:
    """Write a new intent or a new report; what is missing is asked for.

    Nothing is written that `check` would refuse.
    """


@new_command.command("intent")
@click.argument("id", required=False)
@_options(forms.INTENT)
@click.option("--draft", is_flag=True, help="Not to be answered yet.")
@_FOLDER
@click.pass_obj
def new_intent(
    program: Program, /, id: str | None, draft: bool, folder: Path | None, **options: Any
) -> None:
    """Write a new intent, and show where its questions go today.

    \b
    python bot.py new intent
    python bot.py new intent grandparents --title "What of grandparents?" --draft …
    """
    from bot.cli.foreseeing import foresee
    from bot.cli.opening import open_from
    from knowledge.quality.closeness import today

    settings, folder = _placed(program.settings, folder)
    given, asked = inquire(_known(_handbook(settings)), {"id": id, **options})
    if asked and not draft:
        draft = click.confirm("Only a draft, not to be answered yet?")
    text = write_intent(given, draft)
    _try("intents", given, text, folder, settings, asked)
    # before it is written: after that the content is another
    found = today((given["title"], *given["asked"]), open_from(settings))
    _write("intents", given, text, folder)
    foresee(found)
    click.echo(next_steps(folder, program.settings.content_dirs, teaches=not draft))


@new_command.command("source")
@click.argument("id", required=False)
@_options((*forms.REPORT, *forms.UNIT))
@_FOLDER
@click.pass_obj
def new_source(program: Program, /, id: str | None, folder: Path | None, **options: Any) -> None:
    """Write a new report with its first unit of guidance; the others are added to its file.

    \b
    python bot.py new source
    python bot.py new source fathers-review --title "A review" --prefix far …
    """
    settings, folder = _placed(program.settings, folder)
    given, asked = inquire((forms.ID, *forms.REPORT, *forms.UNIT), {"id": id, **options})
    text = write_document(forms.report(given))
    _try("sources", given, text, folder, settings, asked)
    _write("sources", given, text, folder)
    click.echo(
        f"Until an intent cites it, `check` asks for one: new intent --cites {given['unit']}"
    )
    click.echo(next_steps(folder, program.settings.content_dirs, teaches=False))


def _placed(settings: Settings, folder: Path | None) -> tuple[Settings, Path]:
    """Where the file is to stand, and settings by which that is read, if there is such a folder."""
    folder = folder or settings.content_dirs[-1]
    is_read = folder.resolve() in [other.resolve() for other in settings.content_dirs]
    if folder.is_dir() and not is_read:
        settings = replace(settings, knowledge_dirs=(*settings.knowledge_dirs, folder))
    return settings, folder


def _handbook(settings: Settings) -> Handbook:
    from knowledge.opening import open_handbook

    return open_handbook(settings.content_dirs, (SHIPPED, settings.cache_dir))[0]


def _known(handbook: Handbook) -> tuple[Field, ...]:
    """What is asked of an intent, with the ids that there are."""
    known = {
        "cites": [unit.id for unit in handbook.units],
        "related": [intent.id for intent in (*handbook.intents, *handbook.drafts)],
        "theme": [theme.id for theme in handbook.themes],
    }
    fields = (knowing(field, known.get(field.name, ())) for field in forms.INTENT)
    return (replace(forms.ID, taken=tuple(known["related"])), *fields)


def _try(kind: str, given: Given, text: str, folder: Path, settings: Settings, asked: bool) -> None:
    """Tell what is wrong with a file before it is written. Raises `click.ClickException`."""
    from knowledge.quality.soundness.trying import try_file

    problems = try_file(kind, given["id"], text, folder, settings.content_dirs)
    own = ("", name(_path(kind, given, folder)))
    for problem in problems:
        told = f"{problem.severity}: {problem.problem}; {problem.mend}"  # there is no line yet
        click.echo(told if problem.file in own else str(problem), err=True)
    if any(problem.severity == "error" for problem in problems):
        if asked:  # what was typed is not lost
            click.echo(text)
        raise click.ClickException("Nothing was written.")


def _path(kind: str, given: Given, folder: Path) -> Path:
    return folder / kind / f"{given['id']}.yaml"


def _write(kind: str, given: Given, text: str, folder: Path) -> None:
    path = _path(kind, given, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    click.echo(f"Written: {name(path)}")
