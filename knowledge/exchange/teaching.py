"""Lines of a file that name an intent each → ways of asking, or checks, that are added to it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge.exchange.changes import Values, Wanted
from knowledge.exchange.folders import Folder
from knowledge.guidance import Intent, Route
from knowledge.matching.normalising import as_read
from knowledge.problems import Problem, Unsound, name
from knowledge.quality.questions import OUT_OF_SCOPE, Line


def lines_of(folder: Folder, key: str) -> Iterator[tuple[str, str]]:
    """The texts under a key of all intents but drafts, each with its intent, and then those of what
    is not covered, each with `oos`.
    """
    for intent in folder.intents.values():
        if folder.handbook.has_intent(intent.id):
            yield from ((text, intent.id) for text in getattr(intent, key))
    for route in folder.routes.values():
        yield from ((text, OUT_OF_SCOPE) for text in getattr(route, key))


def add(folder: Folder, path: Path, lines: Sequence[Line], key: str, route: str | None) -> Wanted:
    """What the folder is to hold with the lines added under a key (`asked` or `checks`).

    Lines with `oos` or without an intent go to a route of what is not covered. A text that stands
    already, in whatever folder, is told and skipped. Raises `Unsound` with every intent that there
    is not, by its line in the file.
    """
    problems: list[Problem] = []
    skipped: list[Problem] = []
    intents: dict[str, list[str]] = {}
    routes: dict[str, list[str]] = {}
    standing = dict(folder.standing)
    for line in lines:
        read, is_covered = as_read(line.text), line.intent not in ("", OUT_OF_SCOPE)
        if is_covered and line.intent not in folder.intents:
            mend = folder.unknown("intent", line.intent)
            problems.append(Problem(name(path), line.line, *mend))
        elif read in standing:
            problem = f"'{line.text}' stands already in {standing[read]}"
            skipped.append(Problem(name(path), line.line, problem, "it is skipped", "warning"))
        elif is_covered:
            intents.setdefault(line.intent, []).append(line.text)
            standing[read] = line.intent
        elif route and route in folder.routes:
            routes.setdefault(route, []).append(line.text)
            standing[read] = route
        else:
            problems.append(Problem(name(path), line.line, *_no_route(folder, route)))
    if problems:
        raise Unsound(problems)
    return Wanted(
        {id: _longer(folder.intents[id], key, texts) for id, texts in intents.items()},
        {id: _longer(folder.routes[id], key, texts) for id, texts in routes.items()},
        tuple(skipped),
    )


def _no_route(folder: Folder, route: str | None) -> tuple[str, str]:
    if route:
        return folder.unknown("route", route)
    return "it is not covered", f"say where to turn with --route: {', '.join(folder.routes)}"


def _longer(entry: Intent | Route, key: str, texts: Sequence[str]) -> Values:
    return {key: (*getattr(entry, key), *texts)}
