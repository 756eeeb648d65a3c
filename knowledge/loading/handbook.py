"""Load the whole content from its folders, later ones laid over earlier ones, and hold the parts
against each other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from knowledge.cautions import ALARMS, Cautions
from knowledge.guidance import AgeGroup, Route, SmallTalkReply, Theme
from knowledge.handbook import Handbook
from knowledge.loading import cautions as read_cautions
from knowledge.loading import entries
from knowledge.loading.documents import Document
from knowledge.loading.entries import Mention, ReadIntent, ReadSource
from knowledge.matching.normalising import tokenise
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
    read = _Read()
    for kind, paths in by_kind.items():
        for path in paths:
            documents.append(read.take(kind, path))
    problems = [
        Problem(name(folders[0]), 0, f"there are no {what}", "put them back")
        for what, there in (
            ("sources", sources),
            ("intents", intents),
            ("routes for what is not covered", read.routes),
        )
        if not there
    ]
    if all_units_known:  # else every citation of an unreadable report would be blamed
        _hold_together(sources, intents, read)
    problems += [problem for document in documents for problem in document.problems]
    if errors := [problem for problem in set(problems) if problem.severity == "error"]:
        raise Unsound(errors)
    return Handbook(
        sources=tuple(read.source for read in sources),
        units=tuple(unit for read in sources for unit, _ in read.units),
        intents=tuple(sorted((read.intent for read in intents), key=lambda intent: intent.id)),
        routes=tuple(read.routes.values()),
        small_talk=tuple(read.small_talk.values()),
        glossary=read.glossary,
        age_groups=tuple(read.ages.values()),
        follow_ups=read.follow_ups,
        cautions=read.cautions,
        themes=tuple(read.themes.values()),
    )


ALARM_FILES = {
    "emergency": "danger",
    "live-concern": "live_concern",
    "distress": "distress",
    "polarity": "polarity",
}
"""The files of the alarms."""


@dataclass
class _Read:
    """What has been read of the files of which there is one of a kind."""

    routes: dict[str, Route] = field(default_factory=dict)
    uncovered: list[Mention] = field(default_factory=list)
    small_talk: dict[str, SmallTalkReply] = field(default_factory=dict)
    glossary: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ages: dict[str, AgeGroup] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    follow_ups: dict[str, tuple[str, ...]] = field(
        default_factory=lambda: dict.fromkeys(entries.FOLLOW_UPS, ())
    )
    cautions: Cautions = field(default_factory=Cautions)
    alarming: list[Mention] = field(default_factory=list)
    beside: list[Mention] = field(default_factory=list)

    def take(self, kind: str, path: Path) -> Document:
        """Read a file; where its kind is not known, complain."""
        match kind:
            case "not-covered":
                routes, asked, document = entries.read_routes(path)
                self.routes.update((route.id, route) for route in routes)
                self.uncovered += asked
            case "small-talk":
                replies, document = entries.read_small_talk(path)
                self.small_talk.update((reply.id, reply) for reply in replies)
            case "glossary":
                meanings, groups, document = entries.read_glossary(path)
                self.glossary.update(meanings)
                self.ages.update((group.id, group) for group in groups)
            case "themes":
                themes, document = entries.read_themes(path)
                self.themes.update((theme.id, theme) for theme in themes)
            case "follow-ups":
                self.follow_ups, document = entries.read_follow_ups(path)
            case _:
                document = self._take_caution(kind, path)
        return document

    def _take_caution(self, kind: str, path: Path) -> Document:
        match kind:
            case "emergency" | "live-concern" | "distress" | "polarity":
                alarm, taught, document = read_cautions.read_alarm(path, ALARM_FILES[kind])
                self.alarming += taught
                alarms = (*self.cautions.alarms, alarm)
                self._set(alarms=tuple(sorted(alarms, key=lambda alarm: ALARMS.index(alarm.id))))
            case "personal-data":
                names, document = read_cautions.read_common_names(path)
                self._set(names=names)
            case "then-and-now":
                changes, beside, document = read_cautions.read_changes(path)
                self.beside += beside
                self._set(changes=changes)
            case "nations":
                nations, others, document = read_cautions.read_nations(path)
                self._set(nations=nations, not_nations=others)
            case "readability":
                terms, former, document = read_cautions.read_terms(path)
                self._set(terms=terms, former=former)
            case "local":
                local, document = read_cautions.read_local(path)
                self._set(local=local)
            case _:
                document = Document(path)
                document.complain(0, "no file of this name is known", "rename it, or delete it")
        return document

    def _set(self, **parts: Any) -> None:
        self.cautions = replace(self.cautions, **parts)


def _hold_together(
    sources: Iterable[ReadSource], intents: Sequence[ReadIntent], read: _Read
) -> None:
    """Complain, in the documents, of ids that lead nowhere and of what stands twice."""
    units = [mention for source in sources for _, mention in source.units]
    known_units = _each_once(units, "the unit")
    known_intents = {found.intent.id for found in intents}
    cited = [(mention, "no unit", known_units) for found in intents for mention in found.cites]
    needed = [(mention, "no unit", known_units) for source in sources for mention in source.needs]
    needed += [(mention, "no unit", known_units) for mention in read.beside]
    related = [
        (mention, "no intent", known_intents) for found in intents for mention in found.related
    ]
    about = [(mention, "no theme", read.themes) for found in intents for mention in found.theme]
    for mention, what, known in (*cited, *needed, *related, *about):
        if mention.text not in known:
            mention.document.complain(
                mention.line, f"there is {what} '{mention.text}'", "correct the id"
            )
    _each_once(
        _as_read([*(mention for found in intents for mention in found.asked), *read.uncovered]),
        "the way of asking",
    )
    _each_once(_as_read(read.alarming), "the message")


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
