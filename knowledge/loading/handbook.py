"""Load the whole content from its folders, later ones laid over earlier ones, and hold the parts
against each other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from knowledge.loading import entries
from knowledge.loading.documents import Document
from knowledge.loading.entries import Mention, ReadIntent, ReadSource
from knowledge.matching.normalising import tokenise
from knowledge.model import AgeGroup, Handbook, Route, SmallTalkReply
from knowledge.places import BUILT_IN, files
from knowledge.problems import Problem, Unsound, name


def load(folders: Sequence[Path] = (BUILT_IN,)) -> Handbook:
    """The handbook of all folders.

    Raises `Unsound` with every problem at once: a fault in a file, a missing folder, a dangling id,
    an id or a way of asking
    that stands twice.
    """
    missing = [
        Problem(
            name(folder),
            0,
            "there is no such folder",
            "correct KNOWLEDGE_DIRS or put the folder back",
        )
        for folder in folders
        if not folder.is_dir()
    ]
    if missing:
        raise Unsound(missing)
    by_kind: dict[str, list[Path]] = {}
    for path in files(folders):
        kind = path.parent.name if path.parent.name in ("sources", "intents") else path.stem
        by_kind.setdefault(kind, []).append(path)
    documents: list[Document] = []
    sources: list[ReadSource] = []
    for path in by_kind.pop("sources", ()):
        source, document = entries.read_source(path)
        sources.append(source)
        documents.append(document)
    all_units_known = not any(document.unreadable for document in documents)
    intents = [entries.read_intent(path) for path in by_kind.pop("intents", ())]
    documents += [read.document for read in intents]
    routes: dict[str, Route] = {}
    uncovered: list[Mention] = []
    small_talk: dict[str, SmallTalkReply] = {}
    glossary: dict[str, tuple[str, ...]] = {}
    ages: dict[str, AgeGroup] = {}
    follow_ups: dict[str, tuple[str, ...]] = dict.fromkeys(entries.FOLLOW_UPS, ())
    for kind, paths in by_kind.items():
        for path in paths:
            document = Document(path)
            match kind:
                case "not-covered":
                    read_routes, asked, document = entries.read_routes(path)
                    routes.update((route.id, route) for route in read_routes)
                    uncovered += asked
                case "small-talk":
                    replies, document = entries.read_small_talk(path)
                    small_talk.update((reply.id, reply) for reply in replies)
                case "glossary":
                    meanings, groups, document = entries.read_glossary(path)
                    glossary.update(meanings)
                    ages.update((group.id, group) for group in groups)
                case "follow-ups":
                    follow_ups, document = entries.read_follow_ups(path)
                case _:
                    document.complain(0, "no file of this name is known", "rename it, or delete it")
            documents.append(document)
    problems = [
        Problem(name(folders[0]), 0, f"there are no {what}", "put them back")
        for what, there in (
            ("sources", sources),
            ("intents", intents),
            ("routes for what is not covered", routes),
        )
        if not there
    ]
    if all_units_known:  # else every citation of an unreadable report would be blamed
        _hold_together(sources, intents, uncovered)
    problems += [problem for document in documents for problem in document.problems]
    if errors := [problem for problem in set(problems) if problem.severity == "error"]:
        raise Unsound(errors)
    return Handbook(
        sources=tuple(read.source for read in sources),
        units=tuple(unit for read in sources for unit, _ in read.units),
        intents=tuple(sorted((read.intent for read in intents), key=lambda intent: intent.id)),
        routes=tuple(routes.values()),
        small_talk=tuple(small_talk.values()),
        glossary=glossary,
        age_groups=tuple(ages.values()),
        follow_ups=follow_ups,
    )


def _hold_together(
    sources: Iterable[ReadSource], intents: Sequence[ReadIntent], uncovered: Iterable[Mention]
) -> None:
    """Complain, in the documents, of ids that lead nowhere and of what stands twice."""
    units = [mention for read in sources for _, mention in read.units]
    known_units = _each_once(units, "the unit")
    known_intents = {read.intent.id for read in intents}
    cited = [(mention, "no unit", known_units) for read in intents for mention in read.cites]
    needed = [(mention, "no unit", known_units) for read in sources for mention in read.needs]
    related = [
        (mention, "no intent", known_intents) for read in intents for mention in read.related
    ]
    for mention, what, known in (*cited, *needed, *related):
        if mention.text not in known:
            mention.document.complain(
                mention.line, f"there is {what} '{mention.text}'", "correct the id"
            )
    _each_once(
        _as_read([*(mention for read in intents for mention in read.asked), *uncovered]),
        "the way of asking",
    )


def _as_read(asked: Iterable[Mention]) -> Iterator[Mention]:
    for mention in asked:
        yield Mention(" ".join(tokenise(mention.text)), mention.document, mention.line)


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
