"""A handbook that is kept comes back as it was, or not at all."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.caching import FILE, content_digest, keep_handbook, kept_handbook
from knowledge.cautions import Addition, Cautions, Link, Stage
from knowledge.guidance import Unit
from knowledge.handbook import Handbook
from knowledge.opening import Knowledge
from knowledge.places import BUILT_IN
from tests.knowledge.small import FILES, small_handbook, write

CONTENT = "a digest"


@pytest.fixture
def small(tmp_path: Path) -> Handbook:
    return small_handbook(tmp_path / "content")


@pytest.fixture
def folder(tmp_path: Path, small: Handbook) -> Path:
    """A folder that keeps the small handbook."""
    keep_handbook(small, CONTENT, tmp_path / "kept")
    return tmp_path / "kept"


def test_the_whole_content_comes_back_as_it_was(handbook: Handbook, tmp_path: Path) -> None:
    keep_handbook(handbook, CONTENT, tmp_path)
    back = kept_handbook(tmp_path, CONTENT)
    assert back == handbook
    assert back.cautions == handbook.cautions != Cautions()


def test_what_is_laid_over_it_comes_back_too(local: Knowledge, tmp_path: Path) -> None:
    keep_handbook(local.handbook, CONTENT, tmp_path)
    back = kept_handbook(tmp_path, CONTENT)
    assert back == local.handbook
    assert back.cautions.local == local.handbook.cautions.local


def test_what_comes_back_is_of_the_same_kinds_however_deep_it_stands(
    local: Knowledge, tmp_path: Path
) -> None:
    keep_handbook(local.handbook, CONTENT, tmp_path)
    back = kept_handbook(tmp_path, CONTENT)
    assert back
    cautions, plain = back.cautions, local.handbook
    assert type(back.units[0]) is Unit
    assert type(cautions.alarms[0].additions[0]) is Addition
    assert type(cautions.local.stages[0]) is Stage
    assert type(cautions.local.links[0]) is Link
    assert type(back.glossary["health visitor"]) is tuple
    assert type(cautions.local.emergency) is tuple
    # a list in the place of a tuple could not be one of a set, and would be another digest
    assert len({*back.units, *plain.units}) == len(plain.units)
    assert list(map(back.version, back.intents)) == list(map(plain.version, plain.intents))


def test_a_handbook_without_cautions_comes_back_so(folder: Path, small: Handbook) -> None:
    assert kept_handbook(folder, CONTENT) == small


def test_keeping_again_takes_the_place_of_what_was_kept(
    folder: Path, handbook: Handbook, small: Handbook
) -> None:
    keep_handbook(handbook, "another", folder)
    assert kept_handbook(folder, "another") == handbook
    assert kept_handbook(folder, CONTENT) is None


@pytest.mark.parametrize("content", ["", "a diges", "a digest ", "A DIGEST"])
def test_a_handbook_of_other_content_is_not_used(folder: Path, content: str) -> None:
    assert kept_handbook(folder, content) is None


def test_where_nothing_was_kept_nothing_is_found(tmp_path: Path) -> None:
    assert kept_handbook(tmp_path, CONTENT) is None
    assert kept_handbook(tmp_path / "no such folder", CONTENT) is None
    (tmp_path / FILE).mkdir()
    assert kept_handbook(tmp_path, CONTENT) is None


def test_a_file_that_was_cut_short_is_not_used_wherever_it_was_cut(folder: Path) -> None:
    whole = (folder / FILE).read_bytes()
    for length in range(len(whole)):
        (folder / FILE).write_bytes(whole[:length])
        assert kept_handbook(folder, CONTENT) is None


@settings(max_examples=50)
@given(rubbish=st.binary(max_size=60) | st.text("[]{}:,\"'01 nulltruefas", max_size=40))
def test_rubbish_is_not_used(
    rubbish: str | bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    file = folder / FILE
    file.write_bytes(rubbish if isinstance(rubbish, bytes) else rubbish.encode())
    assert kept_handbook(folder, CONTENT) is None


def _without(what: str) -> Callable[[dict[str, Any]], None]:
    return lambda kept: kept["handbook"].pop(what)


OTHER_SHAPES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "without cautions": _without("cautions"),
    "without units": _without("units"),
    "with a part that there is not": lambda kept: kept["handbook"].update(weather=[]),
    "with a unit that has a key too many": lambda kept: kept["handbook"]["units"][0].update(x=1),
    "with a unit that has no text": lambda kept: kept["handbook"]["units"][0].pop("text"),
    "with units that are none": lambda kept: kept["handbook"].update(units=["a unit"]),
    "with a list in the place of a mapping": lambda kept: kept["handbook"].update(glossary=[]),
    "with nothing in the place of a list": lambda kept: kept["handbook"].update(routes=None),
    "without a handbook": lambda kept: kept.pop("handbook"),
    "without a digest": lambda kept: kept.pop("content"),
}


@pytest.mark.parametrize("shape", OTHER_SHAPES)
def test_a_handbook_of_another_shape_is_not_used(folder: Path, shape: str) -> None:
    kept = json.loads((folder / FILE).read_bytes())
    OTHER_SHAPES[shape](kept)
    (folder / FILE).write_text(json.dumps(kept), encoding="utf-8")
    assert kept_handbook(folder, CONTENT) is None


def test_the_same_files_have_the_same_digest_wherever_they_stand(tmp_path: Path) -> None:
    here, there = write(tmp_path / "here"), write(tmp_path / "there")
    assert content_digest([here]) == content_digest([there])


@pytest.mark.parametrize("path", FILES)
def test_a_change_of_any_file_is_another_digest(tmp_path: Path, path: str) -> None:
    before = content_digest([write(tmp_path)])
    assert content_digest([write(tmp_path, {path: f"{FILES[path]}\n"})]) != before


def test_a_file_laid_over_the_content_is_another_digest(tmp_path: Path) -> None:
    (tmp_path / "local.yaml").write_text("partnership: Invented Vale\n")
    assert content_digest([BUILT_IN, tmp_path]) != content_digest([BUILT_IN])


def test_an_example_file_changes_no_digest(tmp_path: Path) -> None:
    before = content_digest([write(tmp_path)])
    assert content_digest([write(tmp_path, {"local.example.yaml": "?!"})]) == before
