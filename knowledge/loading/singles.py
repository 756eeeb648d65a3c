"""Read the files of which there is one of a kind, and gather what stands in them."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from knowledge.cautions import ALARMS, Cautions
from knowledge.guidance import AgeGroup, Route, SmallTalkReply, Theme
from knowledge.loading import cautions as read_cautions
from knowledge.loading import entries
from knowledge.loading.documents import Document
from knowledge.loading.entries import Mention

ALARM_FILES = {
    "emergency": "danger",
    "live-concern": "live_concern",
    "distress": "distress",
    "polarity": "polarity",
}
"""The files of the alarms."""


@dataclass(slots=True)
class Singles:
    """What has been read of them."""

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
