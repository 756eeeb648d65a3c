"""A stored index answers as the one that was built; what cannot be trusted is called stale."""

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.matching import storing
from knowledge.matching.building import build
from knowledge.matching.encoding import Encoder
from knowledge.matching.index import NONE, Index, Phrase
from knowledge.matching.ranking import Ranking, rank
from knowledge.matching.reading import Glossary
from knowledge.matching.storing import Keys, Stale

GLOSSARY = Glossary({"health visitor": ("hv",)})
PHRASES = [
    *(Phrase(text, "bruises") for text in ("who saw the bruises", "did teachers notice marks")),
    *(Phrase(text, "boards") for text in ("what should boards ask", "questions for the board")),
    *(Phrase(text, "visits") for text in ("hv not let in", "nobody answers the door")),
    *(Phrase(text, NONE) for text in ("what is the weather", "is it a crime")),
]
QUESTIONS = ("whosaw the bruses?", "Questions, for boards", "the HV at the door", "zz", "")
KEYS = Keys("lexical key", "semantic key")


@dataclass(frozen=True)
class Stored:
    """An index that was built, and the folder in which it is kept."""

    index: Index
    folder: Path

    def load(self, keys: Keys = KEYS) -> Index:
        return storing.load(self.folder, keys, GLOSSARY, self.index.encoder)

    @property
    def lexical(self) -> Path:
        return self.folder / "lexical.npz"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    """Never damaged: tests that damage it work on a copy."""
    folder = tmp_path_factory.mktemp("kept")
    index = build(PHRASES, GLOSSARY, None).made
    storing.save(index, folder, KEYS)
    return Stored(index, folder)


@pytest.fixture(scope="module")
def kept_with_meaning(kept: Stored, model_folder: Path) -> Stored:
    index = build(PHRASES, GLOSSARY, Encoder(model_folder)).made
    storing.save(index, kept.folder, KEYS)
    return Stored(index, kept.folder)


@pytest.fixture
def copy(kept: Stored, tmp_path: Path) -> Stored:
    (tmp_path / "lexical.npz").write_bytes(kept.lexical.read_bytes())
    return Stored(kept.index, tmp_path)


def rankings(index: Index) -> Sequence[Ranking]:
    return [rank(question, index) for question in QUESTIONS]


def test_a_loaded_index_ranks_as_the_one_that_was_built(kept: Stored) -> None:
    assert rankings(kept.load()) == rankings(kept.index)


def test_a_loaded_index_with_an_encoder_ranks_as_the_one_that_was_built(
    kept_with_meaning: Stored,
) -> None:
    assert rankings(kept_with_meaning.load()) == rankings(kept_with_meaning.index)


def test_an_index_with_an_encoder_is_loaded_where_no_other_was_kept(
    kept_with_meaning: Stored, tmp_path: Path
) -> None:
    storing.save(kept_with_meaning.index, tmp_path, KEYS)
    alone = Stored(kept_with_meaning.index, tmp_path)
    assert rankings(alone.load()) == rankings(kept_with_meaning.index)
    with pytest.raises(Stale, match="has no 'weights'"):
        storing.load(tmp_path, KEYS, GLOSSARY, None)


def test_what_was_encoded_is_found_again_by_its_text(kept_with_meaning: Stored) -> None:
    found = storing.vectors(kept_with_meaning.folder)
    assert set(found) == {phrase.text for phrase in PHRASES} - {"hv not let in"} | {
        "health visitor not let in"
    }
    vectors = kept_with_meaning.index.vectors
    assert vectors is not None
    np.testing.assert_array_equal(found["who saw the bruises"], vectors[0])


def test_only_what_is_new_is_encoded(kept_with_meaning: Stored, model_folder: Path) -> None:
    told: set[tuple[str, int]] = set()
    again = build(
        [*PHRASES, Phrase("who told the school", "bruises")],
        GLOSSARY,
        Encoder(model_folder),
        storing.vectors(kept_with_meaning.folder),
        lambda what, done, of: told.add((what, of)),
    ).made
    assert {of for what, of in told if what == "encoding the phrases"} == {1}
    assert again.vectors is not None
    np.testing.assert_array_equal(again.vectors[:8], kept_with_meaning.index.vectors)


def test_an_index_of_other_content_is_stale(kept: Stored) -> None:
    with pytest.raises(Stale, match=r"lexical\.npz is of another state of the content"):
        kept.load(Keys("another key", "semantic key"))


def test_an_index_of_another_model_is_stale(kept_with_meaning: Stored) -> None:
    with pytest.raises(Stale, match=r"semantic\.npz is of another state of the content"):
        kept_with_meaning.load(Keys("lexical key", "another key"))


def test_where_nothing_is_stored_there_is_nothing_to_trust(tmp_path: Path) -> None:
    with pytest.raises(Stale, match=r"lexical\.npz cannot be read: FileNotFoundError"):
        storing.load(tmp_path, KEYS, GLOSSARY, None)
    assert storing.vectors(tmp_path) == {}


def write_array(file: Path) -> None:
    with file.open("wb") as opened:
        np.save(opened, np.zeros(3))


def write_others_arrays(file: Path) -> None:
    np.savez(file, weights=np.zeros(3))


def write_only_the_key(file: Path) -> None:
    np.savez(file, key=np.frombuffer(b'"lexical key"', np.uint8))


def write_objects(file: Path) -> None:
    np.savez(file, key=np.array([{"a": 1}], object))


FOREIGN: Mapping[str, Callable[[Path], object]] = {
    "an empty file": lambda file: file.write_bytes(b""),
    "a text": lambda file: file.write_text("lexical key"),
    "an empty archive": lambda file: file.write_bytes(b"PK\5\6" + bytes(18)),
    "a folder": lambda file: file.mkdir(),
    "one array": write_array,
    "others' arrays": write_others_arrays,
    "nothing but the key": write_only_the_key,
    "objects that would be run": write_objects,
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_foreign_file_is_stale(what: str, tmp_path: Path) -> None:
    for name in ("lexical.npz", "semantic.npz"):
        FOREIGN[what](tmp_path / name)
    with pytest.raises(Stale):
        storing.load(tmp_path, KEYS, GLOSSARY, None)
    assert storing.vectors(tmp_path) == {}


@pytest.mark.parametrize("share", [0.0001, 0.01, 0.5, 0.99, 0.9999])
def test_a_truncated_file_is_stale(share: float, copy: Stored) -> None:
    whole = copy.lexical.read_bytes()
    copy.lexical.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(Stale):
        copy.load()


def headers(archive: bytes) -> list[int]:
    """Where each member's header, its entry in the list and the list's end begin."""
    signs = (b"PK\3\4", b"PK\1\2", b"PK\5\6")
    return [n for n in range(len(archive) - 4) if archive[n : n + 4] in signs]


@pytest.fixture(scope="module")
def vectors_file(kept_with_meaning: Stored) -> bytes:
    return (kept_with_meaning.folder / "semantic.npz").read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(data=st.data(), new=st.integers(1, 255))
def test_a_damaged_file_is_stale_or_answers_as_before(
    data: st.DataObject, new: int, vectors_file: bytes, kept_with_meaning: Stored, tmp_path: Path
) -> None:
    at = data.draw(
        st.sampled_from([n + offset for n in headers(vectors_file) for offset in range(128)])
        | st.integers(0, len(vectors_file) - 1)
    ) % len(vectors_file)
    damaged = bytearray(vectors_file)
    damaged[at] ^= new
    (tmp_path / "semantic.npz").write_bytes(damaged)
    lexical = tmp_path / "lexical.npz"
    if not lexical.exists():
        lexical.symlink_to(kept_with_meaning.lexical)
    whole = storing.vectors(kept_with_meaning.folder)
    found = storing.vectors(tmp_path)
    assert not found or {text: v.tolist() for text, v in found.items()} == {
        text: v.tolist() for text, v in whole.items()
    }
    try:
        loaded = Stored(kept_with_meaning.index, tmp_path).load()
    except Stale:
        return
    assert rank(QUESTIONS[0], loaded) == rank(QUESTIONS[0], kept_with_meaning.index)


def test_a_length_that_cannot_be_is_stale(copy: Stored) -> None:
    whole = bytearray(copy.lexical.read_bytes())
    at = whole.index(b"'shape': (")
    whole[at + 10 : at + 12] = b"-1"
    copy.lexical.write_bytes(whole)
    with pytest.raises(Stale):
        copy.load()


def test_a_packing_that_is_unknown_is_stale(copy: Stored) -> None:
    whole = bytearray(copy.lexical.read_bytes())
    listed = whole.index(b"PK\1\2")
    whole[listed + 10 : listed + 12] = struct.pack("<H", 8)
    copy.lexical.write_bytes(whole)
    with pytest.raises(Stale):
        copy.load()


def test_a_file_is_replaced_whole(copy: Stored) -> None:
    storing.save(copy.index, copy.folder, Keys("newer", ""))
    assert [file.name for file in copy.folder.iterdir()] == ["lexical.npz"]
    assert rankings(copy.load(Keys("newer", ""))) == rankings(copy.index)
