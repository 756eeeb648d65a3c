"""Naming people by keyed pseudonyms, and keeping the keys."""

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.records.pseudonyms import (
    LENGTH,
    Key,
    Pseudonyms,
    forget_older,
    from_file,
    from_setting,
    rotate,
)
from bot.records.store import RecordsFailed
from tests.bot.records.programs import run

PERSON = 100_001
SECRET, OLDER = "a" * 32, "b" * 32

WITHOUT_RIGHTS = """
import os, sys
from pathlib import Path
from bot.records.pseudonyms import from_file
from bot.records.store import RecordsFailed
if os.getuid() == 0:
    os.setuid(65534)
try:
    from_file(Path(sys.argv[1]))
except RecordsFailed as failed:
    print(failed)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "records.key"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that somebody without rights can look into and not write in."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_file_of_the_keys_is_its_owners_alone(path: Path) -> None:
    from_file(path)
    assert (rights(path), rights(path.parent)) == (0o600, 0o700)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_person_has_one_pseudonym_from_start_to_start(path: Path) -> None:
    first = from_file(path)
    assert from_file(path) == first
    assert from_file(path).of(PERSON) == first.of(PERSON)


def test_every_file_has_keys_of_its_own(tmp_path: Path) -> None:
    assert from_file(tmp_path / "one").of(PERSON) != from_file(tmp_path / "two").of(PERSON)


@given(one=st.integers(), another=st.integers())
def test_two_people_have_two_pseudonyms(one: int, another: int) -> None:
    pseudonyms = from_setting(SECRET)
    assert (pseudonyms.of(one) == pseudonyms.of(another)) is (one == another)
    assert len(pseudonyms.of(one)) == LENGTH


def test_a_pseudonym_stays_what_it_was_from_version_to_version() -> None:
    pseudonyms = from_setting(SECRET)
    assert pseudonyms.of(PERSON) == "2bbc537af631fcf7"
    assert pseudonyms.seal("welcome") == "9ca1b9d4a7be262c"


def test_nobody_is_named_as_an_invitation_is_sealed() -> None:
    pseudonyms = from_setting(SECRET)
    assert pseudonyms.seal(str(PERSON)) != pseudonyms.of(PERSON)


def test_after_a_rotation_what_was_kept_is_still_found(path: Path) -> None:
    before = from_file(path)
    rotate(path, "2026-03-01")
    after = from_file(path)
    assert after.of(PERSON) != before.of(PERSON)
    assert after.all_of(PERSON) == (after.of(PERSON), before.of(PERSON))
    assert after.all_seals("welcome") == (after.seal("welcome"), before.seal("welcome"))
    assert rights(path) == 0o600


def test_keys_remember_the_day_on_which_they_were_replaced(path: Path) -> None:
    for day in ("2026-01-01", "2026-02-01", "2026-03-01"):
        rotate(path, day)
    assert [key.until for key in from_file(path).keys] == [
        "",
        "2026-03-01",
        "2026-02-01",
        "2026-01-01",
    ]


def test_keys_that_were_replaced_before_a_day_are_forgotten(path: Path) -> None:
    for day in ("2026-01-01", "2026-02-01", "2026-03-01"):
        rotate(path, day)
    kept = from_file(path).keys
    assert forget_older(path, "2026-02-01") == 1
    assert from_file(path) == Pseudonyms(kept[:3])
    assert forget_older(path, "2026-02-01") == 0
    assert rights(path) == 0o600


def test_the_key_in_use_is_never_forgotten(path: Path) -> None:
    in_use = from_file(path)
    rotate(path, "2026-01-01")
    newest = from_file(path).keys[0]
    assert forget_older(path, "9999-12-31") == 1
    assert from_file(path) == Pseudonyms((newest,)) != in_use


def test_a_file_that_others_can_read_is_refused_with_the_mend(path: Path) -> None:
    from_file(path)
    path.chmod(0o640)
    with pytest.raises(RecordsFailed) as refused:
        from_file(path)
    assert str(refused.value) == ("others can read records.key; take their rights away: chmod 600")
    path.chmod(0o600)
    from_file(path)


@pytest.mark.parametrize(
    "held",
    [b"", b"\n\n", b"no key at all\n", b"ab12\n", b"zz" * 32, b"\xff\xfe" * 40, b"\0" * 64],
    ids=["nothing", "blank lines", "words", "too short", "not hexadecimal", "bytes", "zeros"],
)
def test_a_file_without_keys_is_refused_with_the_mend_and_left_as_it_is(
    tmp_path: Path, held: bytes
) -> None:
    path = tmp_path / "records.key"
    path.write_bytes(held)
    path.chmod(0o600)
    for use in (from_file, lambda file: rotate(file, "2026-03-01")):
        with pytest.raises(RecordsFailed) as refused:
            use(path)
        assert str(refused.value) == (
            "records.key holds no keys; put it back from where it is kept"
        )
    assert path.read_bytes() == held


def test_a_file_that_cannot_be_read_is_refused(open_folder: Path) -> None:
    open_folder.chmod(0o755)
    path = open_folder / "records.key"
    from_file(path)
    if os.getuid() != 0:
        path.chmod(0o000)
    said = run(WITHOUT_RIGHTS, path)
    assert said == "records.key cannot be used (Permission denied)\n"


def test_a_folder_that_cannot_be_written_to_is_refused(open_folder: Path) -> None:
    said = run(WITHOUT_RIGHTS, open_folder / "records.key")
    assert said == "records.key cannot be used (Permission denied)\n"


def test_the_first_key_of_the_setting_is_in_use_and_the_others_still_find() -> None:
    pseudonyms = from_setting(f"{SECRET}, {OLDER}")
    new, older = from_setting(SECRET).of(PERSON), from_setting(OLDER).of(PERSON)
    assert (pseudonyms.of(PERSON), pseudonyms.all_of(PERSON)) == (new, (new, older))


def test_no_secret_is_shown(path: Path) -> None:
    rotate(path, "2026-03-01")
    pseudonyms = from_file(path)
    assert repr(pseudonyms) == "Pseudonyms(keys=(Key(until=''), Key(until='2026-03-01')))"
    assert repr(Key(b"secret")) == str(Key(b"secret")) == "Key(until='')"
    assert SECRET not in f"{from_setting(SECRET)!r} {from_setting(SECRET)}"
