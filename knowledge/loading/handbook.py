"""Load the whole content from its folders, later ones laid over earlier ones, and hold the parts
against each other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from knowledge.handbook import Handbook
from knowledge.loading import entries
from knowledge.loading.documents import Document
from knowledge.loading.entries import Mention, ReadIntent, ReadSource
from knowledge.loading.singles import Singles
from knowledge.matching.normalising import as_read
from knowledge.places import BUILT_IN, placed
from knowledge.problems import Problem, Unsound, name


def load(folders: Sequence[Path] = (BUILT_IN,)) -> Handbook:
    """The handbook of all folders.

    Raises `Unsound` with every problem at once: a fault in a file, a missing folder, a dangling id,
    an id or a way of asking
    that stands twice.
    """
    return examine(folders)[0]


def examine(folders: Sequence[Path]) -> tuple[Handbook, tuple[Problem, ...]]:
    """The handbook of all folders, and what its files warn of. Raises `Unsound`, as `load`."""
    by_kind = _by_kind(folders)
    documents: list[Document] = []
    sources: list[ReadSource] = []
    for path in by_kind.pop("sources", ()):
        source, document = entries.read_source(path)
        sources.append(source)
        documents.append(document)
    all_units_known = not any(document.unreadable for document in documents)
    intents = [entries.read_intent(path) for path in by_kind.pop("intents", ())]
    documents += [read.document for read in intents]
    read = Singles()
    for kind, paths in by_kind.items():
        for path in paths:
            documents.append(read.take(kind, path))
    problems = list(_nothing_of(sources, intents, read, folders[0]))
    if all_units_known:  # else every citation of an unreadable report would be blamed
        _hold_together(sources, intents, read)
    problems += [problem for document in documents for problem in document.problems]
    if errors := [problem for problem in set(problems) if problem.severity == "error"]:
        raise Unsound(errors)
    return _compose(sources, intents, read), tuple(problems)


def _by_kind(folders: Sequence[Path]) -> dict[str, list[Path]]:
    """The files of the folders by what they hold. Raises `Unsound` where a folder is missing."""
    mend = "correct KNOWLEDGE_DIRS or put the folder back"
    missing = [folder for folder in folders if not folder.is_dir()]
    if missing:
        raise Unsound(Problem(name(f), 0, "there is no such folder", mend) for f in missing)
    by_kind: dict[str, list[Path]] = {}
    for place, path in placed(folders).items():
        by_kind.setdefault(place.rpartition("/")[0] or path.stem, []).append(path)
    return by_kind


def _nothing_of(
    sources: Sequence[ReadSource], intents: Sequence[ReadIntent], read: Singles, folder: Path
) -> Iterator[Problem]:
    """Complaints of what there has to be some of."""
    for what, there in (
        ("sources", sources),
        ("intents", [found for found in intents if not found.is_draft]),
        ("routes for what is not covered", read.routes),
    ):
        if not there:
            yield Problem(name(folder), 0, f"there are no {what}", "put them back")


def _compose(
    sources: Sequence[ReadSource], intents: Sequence[ReadIntent], read: Singles
) -> Handbook:
    drafts = {found.intent.id for found in intents if found.is_draft}
    shown = [
        # who is answered is not led to what is still being written
        replace(intent, related=tuple(id for id in intent.related if id not in drafts))
        for intent in sorted((found.intent for found in intents), key=lambda intent: intent.id)
    ]
    return Handbook(
        sources=tuple(found.source for found in sources),
        units=tuple(unit for found in sources for unit, _ in found.units),
        intents=tuple(intent for intent in shown if intent.id not in drafts),
        drafts=tuple(intent for intent in shown if intent.id in drafts),
        routes=tuple(read.routes.values()),
        small_talk=tuple(read.small_talk.values()),
        glossary=read.glossary,
        age_groups=tuple(read.ages.values()),
        follow_ups=read.follow_ups,
        cautions=read.cautions,
        themes=tuple(read.themes.values()),
    )


def _hold_together(
    sources: Iterable[ReadSource], intents: Sequence[ReadIntent], read: Singles
) -> None:
    """Complain, in the documents, of ids that lead nowhere and of what stands twice."""
    units = [mention for source in sources for _, mention in source.units]
    known_units = _each_once(units, "the unit")
    known_intents = {found.intent.id for found in intents}
    cited = [(mention, "unit", known_units) for found in intents for mention in found.cites]
    needed = [(mention, "unit", known_units) for source in sources for mention in source.needs]
    needed += [(mention, "unit", known_units) for mention in read.beside]
    related = [(mention, "intent", known_intents) for found in intents for mention in found.related]
    about = [(mention, "theme", read.themes) for found in intents for mention in found.theme]
    for mention, what, known in (*cited, *needed, *related, *about):
        if mention.text not in known:
            problem = f"there is no {what} '{mention.text}'"
            mention.document.complain(mention.line, problem, _correct(mention.text, what, known))
    _warn_of_drafts(intents)
    _each_once(
        _as_read([*(mention for found in intents for mention in found.asked), *read.uncovered]),
        "the way of asking",
    )
    _each_once(_as_read(read.alarming), "the message")


_ALL = {
    "unit": "`python bot.py list units` shows them all",
    "intent": "`python bot.py list intents` shows them all",
    "theme": "themes.yaml has them all",
}


def _correct(id: str, what: str, known: Iterable[str]) -> str:
    close = " or ".join(f"'{other}'" for other in get_close_matches(id, known, 3, 0.75))
    return f"did you mean {close}?" if close else f"correct the id: {_ALL[what]}"


def _warn_of_drafts(intents: Sequence[ReadIntent]) -> None:
    drafts = {found.intent.id for found in intents if found.is_draft}
    for found in intents:
        for mention in found.related:
            if mention.text in drafts and not found.is_draft:
                problem = f"'{mention.text}' is a draft and is not shown"
                mend = f"finish {mention.text}.yaml, or take it out of `related`"
                mention.document.complain(mention.line, problem, mend, "warning")


def _as_read(asked: Iterable[Mention]) -> Iterator[Mention]:
    for mention in asked:
        yield Mention(as_read(mention.text), mention.document, mention.line)


def _each_once(mentions: Iterable[Mention], what: str) -> Mapping[str, Mention]:
    seen: dict[str, Mention] = {}
    for mention in mentions:
        if first := seen.get(mention.text):
            where = f"{name(first.document.path)}:{first.line}"
            mention.document.complain(
                mention.line,
                f"{what} '{mention.text}' stands twice",
                f"it is also in {where}; delete one",
            )
        seen.setdefault(mention.text, mention)
    return seen
