"""All that is known, held together: each thing found by its id, and what an answer shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from knowledge.cautions import Cautions
from knowledge.guidance import AgeGroup, Intent, Route, SmallTalkReply, Source, Theme, Unit
from knowledge.standing import Standing, Withdrawal
from knowledge.versions import digest


@dataclass(frozen=True)
class Handbook:
    """All that is known: everything that a maintainer edits, loaded."""

    sources: tuple[Source, ...]
    units: tuple[Unit, ...]
    intents: tuple[Intent, ...]
    routes: tuple[Route, ...]
    small_talk: tuple[SmallTalkReply, ...]
    glossary: Mapping[str, tuple[str, ...]]
    age_groups: tuple[AgeGroup, ...]
    follow_ups: Mapping[str, tuple[str, ...]]
    """How people go on from an answer: lists of phrases by what they ask for."""
    cautions: Cautions = field(default_factory=Cautions)
    themes: tuple[Theme, ...] = ()
    drafts: tuple[Intent, ...] = ()
    """What is still being written: checked, and never taught or shown."""
    standing: Standing = field(default_factory=Standing)

    @cached_property
    def _sources(self) -> Mapping[str, Source]:
        return {source.slug: source for source in self.sources}

    @cached_property
    def _units(self) -> Mapping[str, Unit]:
        return {unit.id: unit for unit in self.units}

    @cached_property
    def _intents(self) -> Mapping[str, Intent]:
        return {intent.id: intent for intent in self.intents}

    def source_of(self, unit: Unit) -> Source:
        """The report that a unit is from."""
        return self._sources[unit.source]

    def unit(self, id: str) -> Unit:
        """The unit of an id. Raises `KeyError`."""
        return self._units[id]

    def intent(self, id: str) -> Intent:
        """The intent of an id. Raises `KeyError`."""
        return self._intents[id]

    def has_intent(self, id: str) -> bool:
        """Whether there is an intent of this id."""
        return id in self._intents

    def has_unit(self, id: str) -> bool:
        """Whether there is a unit of this id."""
        return id in self._units

    def showing(self, unit: str) -> tuple[Intent, ...]:
        """The intents whose answers show a unit, unless it is withdrawn."""
        return tuple(
            intent
            for intent in self.intents
            if any(shown.id == unit for shown in self._with_needed(intent.cites))
        )

    def points(self, intent: Intent) -> tuple[Unit, ...]:
        """The units that an answer shows, in order: those cited, each followed by what it must not
        stand without; none that was withdrawn.
        """
        return tuple(u for u in self._with_needed(intent.cites) if not self.withdrawal(u.id))

    def gaps(self, intent: Intent) -> tuple[Unit, ...]:
        """The units that an answer would show, had they not been withdrawn."""
        return tuple(u for u in self._with_needed(intent.cites) if self.withdrawal(u.id))

    def withdrawal(self, unit: str) -> Withdrawal | None:
        """Why a unit is not shown: it was withdrawn, or one that it must not stand without."""
        if not self.standing.withdrawals:
            return None
        needed = {unit.id for unit in self._with_needed((unit,))}
        return next((w for w in self.standing.withdrawals if w.unit in needed), None)

    def _with_needed(self, ids: Sequence[str]) -> tuple[Unit, ...]:
        """The units, each followed by what it must not stand without."""
        order: dict[str, Unit] = {}
        waiting = list(ids)
        while waiting:
            id = waiting.pop(0)
            if id not in order:
                order[id] = self.unit(id)
                waiting = [*order[id].shown_with, *waiting]
        return tuple(order.values())

    def neighbours(self, intent: Intent) -> tuple[Intent, ...]:
        """The intents near one: those it names as related, those that name it, those that cite what
        it cites.
        """
        named = [self.intent(id) for id in intent.related if self.has_intent(id)]
        cited = set(intent.cites)
        others = [i for i in self.intents if intent.id in i.related or cited & set(i.cites)]
        return tuple(i for i in dict.fromkeys((*named, *others)) if i is not intent)

    def version(self, intent: Intent) -> str:
        """Eight hexadecimal digits that change whenever anything of the reports that the answer
        shows does; what is said around it may change by itself.
        """
        if intent.id not in self._versions:
            self._versions[intent.id] = self._version(intent)
        return self._versions[intent.id]

    @cached_property
    def _versions(self) -> dict[str, str]:
        return {}

    def _version(self, intent: Intent) -> str:
        points = self.points(intent)
        sources = {unit.source: self.source_of(unit) for unit in points}
        related = [(id, self.intent(id).title) for id in intent.related if self.has_intent(id)]
        shown = (intent.title, intent.lead, related, points, sorted(sources.items()))
        return digest(*shown)[:8]

    def citing(self, unit: Unit) -> tuple[Intent, ...]:
        """The intents that cite a unit."""
        return tuple(intent for intent in self.intents if unit.id in intent.cites)
