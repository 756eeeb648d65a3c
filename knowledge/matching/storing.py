"""Keep an index in files and load it again in milliseconds. The only part of matching that touches
files.

`lexical.npz` holds the phrases and their features, `semantic.npz` the vectors and the weights that
go with them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.arrays import Matrix
from knowledge.matching.encoding import Encoder
from knowledge.matching.features import Vocabulary
from knowledge.matching.index import LEXICAL, SEMANTIC, Index, Tier
from knowledge.matching.lexicon import DeleteIndex
from knowledge.matching.postings import Postings
from knowledge.matching.reading import Glossary, read
from knowledge.matching.repairing import Repairer

FORMAT = "3"
"""Part of every key: raise it when the features, the reading or the kernel change, and the index is
built anew.
"""


class Stale(Exception):
    """The stored index is of other content, another model or another program, or it is damaged or
    missing.
    """


@dataclass(frozen=True, slots=True)
class Keys:
    """What a stored index has to match."""

    lexical: str
    semantic: str


def _pack(value: Any) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(value, ensure_ascii=False).encode(), np.uint8)


def _unpack(array: NDArray[np.uint8]) -> Any:
    return json.loads(array.tobytes())


def write(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write all or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]  # its stub takes the arrays for its other option
    part.replace(path)


def _read(path: Path, key: str) -> dict[str, NDArray[Any]]:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            fits = _unpack(stored["key"]) == key
            arrays = {name: stored[name] for name in stored.files} if fits else {}
    except Exception as error:  # of damaged archives a dozen kinds are raised
        raise Stale(f"{path.name} cannot be read: {type(error).__name__}") from error
    if not fits:
        raise Stale(f"{path.name} is of another state of the content")
    return arrays


def _is_fresh(path: Path, key: str) -> bool:
    try:
        _read(path, key)
    except Stale:
        return False
    return True


def save(index: Index, folder: Path, keys: Keys) -> None:
    """Write the index's files.

    The semantic tier needs the features of the lexical one too: where they are not there yet, they
    are written without weights, which only the lexical tier has.
    """
    key = keys.semantic if index.tier is SEMANTIC else keys.lexical
    arrays: dict[str, NDArray[Any]] = {
        "key": _pack(key),
        "weights": index.weights.astype(np.float16),
    }
    if index.tier is LEXICAL:
        write(folder / "lexical.npz", arrays | _lexical_arrays(index))
    else:
        assert index.vectors is not None
        if not _is_fresh(folder / "lexical.npz", keys.lexical):
            write(folder / "lexical.npz", {"key": _pack(keys.lexical), **_lexical_arrays(index)})
        encoded = [read(text, index.glossary).as_encoded(text) for text in index.texts]
        write(
            folder / "semantic.npz",
            arrays | {"encoded": _pack(encoded), "vectors": index.vectors.astype(np.float16)},
        )


def _lexical_arrays(index: Index) -> dict[str, NDArray[Any]]:
    postings, delete = index.postings, index.repairer.index
    common_rows, common_columns = np.nonzero(postings.common)
    common_weights = postings.common[common_rows, common_columns] * postings.step[common_rows]
    frequent = np.flatnonzero(postings.place >= 0)
    rare_columns = np.repeat(np.arange(len(postings.place)), np.diff(postings.starts))
    columns = np.concatenate([frequent[common_rows], rare_columns])
    order = np.argsort(columns, kind="stable")
    small = np.uint16 if postings.phrases <= 2**16 else np.uint32
    return {
        "texts": _pack(index.texts),
        "read_as": _pack(index.read_as),
        "classes": _pack(index.classes),
        "counts": _pack(index.repairer.counts),
        "documents": _pack(index.documents),
        "labels": index.labels,
        "feature_keys": index.vocabulary.keys,
        "feature_idf": index.vocabulary.idf,
        "feature_block": index.vocabulary.block,
        "lengths": np.bincount(columns, minlength=len(postings.place)).astype(np.uint32),
        "rows": np.concatenate([common_columns, postings.rows])[order].astype(small),
        "row_weights": np.concatenate([common_weights, postings.weights])[order].astype(np.float16),
        "delete_hashes": delete.hashes,
        "delete_numbers": delete.numbers,
    }


def load(folder: Path, keys: Keys, glossary: Glossary, encoder: Encoder | None) -> Index:
    """The stored index of the tier that the encoder (or none) makes. Raises `Stale`."""
    lexical = _read(folder / "lexical.npz", keys.lexical)
    tier: Tier = SEMANTIC if encoder else LEXICAL
    semantic = _read(folder / "semantic.npz", keys.semantic) if encoder else {}
    try:
        return _restore(lexical, semantic, tier, glossary, encoder)
    except KeyError as error:
        raise Stale(f"the stored index has no {error}") from error


def _restore(
    lexical: Mapping[str, NDArray[Any]],
    semantic: Mapping[str, NDArray[Any]],
    tier: Tier,
    glossary: Glossary,
    encoder: Encoder | None,
) -> Index:
    return Index(
        tier=tier,
        texts=tuple(_unpack(lexical["texts"])),
        read_as=tuple(_unpack(lexical["read_as"])),
        classes=tuple(_unpack(lexical["classes"])),
        labels=lexical["labels"],
        glossary=glossary,
        repairer=Repairer(
            _unpack(lexical["counts"]),
            DeleteIndex(lexical["delete_hashes"], lexical["delete_numbers"]),
        ),
        documents=_unpack(lexical["documents"]),
        vocabulary=Vocabulary(
            lexical["feature_keys"], lexical["feature_idf"], lexical["feature_block"]
        ),
        postings=_postings(lexical),
        vectors=semantic["vectors"].astype(np.float32) if encoder else None,
        weights=(semantic or lexical)["weights"].astype(np.float32),
        encoder=encoder,
    )


def _postings(stored: Mapping[str, NDArray[Any]]) -> Postings:
    return Postings.restore(
        lengths=stored["lengths"].astype(np.int64),
        rows=stored["rows"],
        weights=stored["row_weights"],
        phrases=len(stored["labels"]),
    )


def vectors(folder: Path) -> dict[str, Matrix]:
    """The vectors of an index stored in a folder, however stale, by the text that was encoded; none
    where unreadable.
    """
    try:
        path = folder / "semantic.npz"
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return dict(
                zip(_unpack(stored["encoded"]), stored["vectors"].astype(np.float32), strict=True)
            )
    except Exception:  # as in `_read`
        return {}
