"""The file of the records: who may read it, and what is said when it cannot be used."""

import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.records.entries import Asked, Seen, Waiting
from bot.records.sqlite.migrations import migrations
from bot.records.sqlite.store import SqliteStore
from bot.records.store import RecordsFailed, Unusable
from tests.bot.records.programs import run

KEPT = tuple(Seen(number, f"2026-03-{number:02}") for number in range(1, 29))
NOBODY = 65534

NEWER = """
import sys
from contextlib import closing
from pathlib import Path
from bot.records.sqlite.migrations import migrations
from bot.records.sqlite.store import SqliteStore

@migrations()
def a_later_table(db):
    if sys.argv[2] == "fails":
        raise LookupError
    db.table("later").create({"id": str})

try:
    with closing(SqliteStore(Path(sys.argv[1]))):
        print("opened")
except LookupError:
    print("failed")
"""

WITHOUT_RIGHTS = """
import os, sys
from pathlib import Path
from bot.records.sqlite.store import IN_MEMORY, SqliteStore
from bot.records.store import RecordsFailed
SqliteStore(IN_MEMORY).close()  # nothing can be imported any more without the rights
if os.getuid() == 0:
    os.setuid(int(sys.argv[2]))
try:
    SqliteStore(Path(sys.argv[1]))
except RecordsFailed as failed:
    print(failed)
"""

ON_A_SMALL_DISK = """
import resource, sys
from pathlib import Path
from bot.records.entries import Waiting
from bot.records.sqlite.store import SqliteStore
from bot.records.store import RecordsFailed
store = SqliteStore(Path(sys.argv[1]))
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, most))
number = 0
try:
    while True:
        with store.transaction():
            store.add(Waiting(2 * number, 1, "x" * 3000, 0, ""))
            store.add(Waiting(2 * number + 1, 1, "x" * 3000, 0, ""))
        number += 1
except RecordsFailed as failed:
    print(number, failed, sep=":")
assert store.count(Waiting) == 2 * number
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
store.add(Waiting(-1, 1, "there is space again", 0, ""))
store.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite"


@pytest.fixture
def kept(path: Path) -> Path:
    """A file with `KEPT` in it."""
    with closing(SqliteStore(path)) as store, store.transaction():
        for entry in KEPT:
            store.add(entry)
    return path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that somebody without rights can look into."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def files_of(path: Path) -> dict[str, bytes]:
    """What stands beside the records and in them."""
    return {found.name: found.read_bytes() for found in path.parent.iterdir()}


def test_a_new_file_and_its_folder_are_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "records.sqlite"
    with closing(SqliteStore(path)) as store:
        store.add(KEPT[0])
        found = {file.name: rights(file) for file in path.parent.iterdir()}
        store.back_up(path.with_name("copy.sqlite"))
    private = {path.name: 0o600, f"{path.name}-wal": 0o600, f"{path.name}-shm": 0o600}
    assert (rights(path.parent), found) == (0o700, private)
    assert rights(path.with_name("copy.sqlite")) == 0o600


def test_readers_never_wait_for_writers(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as reader:
        assert reader.execute("pragma journal_mode").fetchone() == ("wal",)


def test_a_file_is_opened_again_as_it_was_left(kept: Path) -> None:
    before = files_of(kept)
    with closing(SqliteStore(kept)) as store:
        assert store.find(Seen) == KEPT
    assert files_of(kept) == before == {kept.name: before[kept.name]}


def test_a_file_from_a_newer_program_is_refused_by_name_and_left_as_it_is(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as newer, newer:
        newer.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values (?, ?, ?)",
            (migrations.name, "something_later", "2027-01-01"),
        )
    before = files_of(kept)
    with pytest.raises(Unusable, match=r"newer program \(something_later\)"):
        SqliteStore(kept)
    assert files_of(kept) == before


def test_another_programs_database_is_refused_and_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("create table places (name)")
    before = files_of(path)
    with pytest.raises(Unusable, match="another program's"):
        SqliteStore(path)
    assert files_of(path) == before


def test_an_older_file_is_copied_before_it_is_brought_up_to_date(kept: Path) -> None:
    with closing(SqliteStore(kept)) as store:
        store.add(Waiting(1, 1, "what a person wrote", 0, ""))
    assert run(NEWER, kept, "goes well") == "opened\n"
    copy = kept.with_name(f"{kept.name}.before-a_later_table")
    with closing(SqliteStore(copy)) as older:
        assert (older.find(Seen), older.find(Waiting)) == (KEPT, ())
    with pytest.raises(Unusable, match="a_later_table"):
        SqliteStore(kept)


def test_an_upgrade_that_failed_leaves_the_file_and_is_tried_again(kept: Path) -> None:
    assert run(NEWER, kept, "fails") == "failed\n"
    with closing(SqliteStore(kept)) as store:
        assert store.find(Seen) == KEPT
    assert run(NEWER, kept, "goes well") == "opened\n"


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(garbage=st.binary(min_size=2, max_size=5000))
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(
    path: Path, garbage: bytes
) -> None:
    path.write_bytes(garbage)
    with pytest.raises(Unusable, match="no database"):
        SqliteStore(path)
    assert files_of(path) == {path.name: garbage}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(page=st.integers(1, 12), seed=st.integers(0))
def test_a_file_with_damaged_pages_is_refused_and_left_as_it_is(
    path: Path, page: int, seed: int
) -> None:
    path.unlink(missing_ok=True)
    with closing(SqliteStore(path)) as store:
        store.add(KEPT[0])
    whole = path.read_bytes()
    damaged = whole[: page * 4096] + Random(seed).randbytes(len(whole) - page * 4096)
    path.write_bytes(damaged)
    with pytest.raises(Unusable, match="damaged"):
        SqliteStore(path)
    assert files_of(path) == {path.name: damaged}


def test_a_file_cut_off_in_the_middle_is_refused_and_left_as_it_is(kept: Path) -> None:
    half = kept.read_bytes()[: kept.stat().st_size // 2]
    kept.write_bytes(half)
    with pytest.raises(Unusable, match="damaged"):
        SqliteStore(kept)
    assert files_of(kept) == {kept.name: half}


def test_while_another_program_holds_the_file_writing_fails_soon_and_then_works(
    kept: Path,
) -> None:
    with closing(SqliteStore(kept, patience=0.05)) as store:
        with closing(sqlite3.connect(kept)) as other:
            other.execute("begin exclusive")
            for attempt in (lambda: store.add(Seen(0, "")), lambda: store.delete(Seen)):
                with pytest.raises(RecordsFailed, match="another program holds it locked"):
                    attempt()
            with (
                pytest.raises(RecordsFailed, match="another program holds it locked"),
                store.transaction(),
            ):
                pass
            assert store.find(Seen) == KEPT
        assert store.add(Seen(0, ""))


def test_while_another_program_holds_the_file_opening_fails_soon_and_then_works(
    path: Path,
) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("begin exclusive")
        with pytest.raises(RecordsFailed, match="another program holds it locked"):
            SqliteStore(path, patience=0.05)
    with closing(SqliteStore(path)) as store:
        assert store.add(KEPT[0])


def test_while_another_program_reads_what_was_deleted_is_not_said_to_be_gone(kept: Path) -> None:
    with closing(SqliteStore(kept, patience=0.05)) as store:
        with closing(sqlite3.connect(kept)) as other:
            other.execute("begin")
            other.execute("select * from seen_updates").fetchone()
            store.delete(Seen)
            with pytest.raises(RecordsFailed, match="another program reads"):
                store.tidy()
        store.tidy()


def test_two_stores_of_one_file_see_each_others_work(kept: Path) -> None:
    with closing(SqliteStore(kept)) as one, closing(SqliteStore(kept)) as another:
        one.delete(Seen, before=("at", "2026-03-28"))
        assert another.find(Seen) == KEPT[27:]


@pytest.mark.parametrize("folder_rights", [0o755, 0o555], ids=["the file", "the folder too"])
def test_a_file_that_may_only_be_read_is_refused_and_left_as_it_is(
    open_folder: Path, folder_rights: int
) -> None:
    path = open_folder / "records.sqlite"
    SqliteStore(path).close()
    path.chmod(0o444)
    before = files_of(path)
    open_folder.chmod(folder_rights)
    said = run(WITHOUT_RIGHTS, path, str(NOBODY))
    open_folder.chmod(0o755)
    assert said == "the file cannot be created (Permission denied)\n"
    assert files_of(path) == before


def test_in_a_folder_that_may_only_be_read_a_file_is_refused(open_folder: Path) -> None:
    path = open_folder / "records.sqlite"
    SqliteStore(path).close()
    if os.getuid() == 0:
        os.chown(path, NOBODY, -1)
    open_folder.chmod(0o555)
    said = run(WITHOUT_RIGHTS, path, str(NOBODY))
    open_folder.chmod(0o755)
    assert said in ("the file can only be read\n", "the file cannot be opened\n")


def test_on_a_full_disk_a_write_fails_whole_and_what_was_kept_stays(path: Path) -> None:
    number, _, why = run(ON_A_SMALL_DISK, path).strip().partition(":")
    assert int(number) > 10
    # a limit on the size of files is told apart from a full disk by some versions of SQLite
    assert why in ("the disk fails", "the disk is full")
    with closing(SqliteStore(path)) as store:
        store.check()
        kept = [entry.update for entry in store.find(Waiting)]
        assert kept == list(range(-1, 2 * int(number)))
        assert store.find(Asked) == ()
