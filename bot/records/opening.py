"""Open the records that the settings name."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.records.desk import Desk
from bot.records.entries import Resting, Withdrawn
from bot.records.pseudonyms import Key, Pseudonyms, forget_older, from_file, from_setting
from bot.records.records import Records, Tell
from bot.records.retention import YEAR
from bot.records.sqlite.rows import faults_told, read
from bot.records.store import RecordsFailed, Store
from bot.records.suspensions import make
from bot.settings import IN_MEMORY, Settings
from knowledge.standing import Standing


def open_store(settings: Settings) -> Store:
    """The store of the settings. Raises `RecordsFailed`."""
    from bot.records.sqlite.store import SqliteStore  # a quarter of a second, where it is needed

    return SqliteStore(settings.database)


def key_file(settings: Settings) -> Path:
    """Where the keys of the pseudonyms are, if no setting holds them."""
    return settings.database.with_name(f"{settings.database.name}.key")


def forget_old_files(settings: Settings, now: datetime) -> int:
    """Forget the keys that name nothing any more, and the copies made before an upgrade: how many.
    Raises `RecordsFailed`.
    """
    if settings.database == IN_MEMORY:
        return 0
    longest = now - timedelta(days=max(settings.retention_days, YEAR))
    keys = (
        0
        if settings.pseudonym_key
        else forget_older(key_file(settings), longest.date().isoformat())
    )
    oldest = (now - timedelta(days=settings.retention_days)).timestamp()
    copies = settings.database.parent.glob(f"{settings.database.name}.before-*")
    try:
        old = [copy for copy in copies if copy.stat().st_mtime < oldest]
        for copy in old:
            copy.unlink()
    except OSError as error:
        raise RecordsFailed(f"an old copy cannot be deleted ({error.strerror})") from error
    return keys + len(old)


def open_pseudonyms(settings: Settings) -> Pseudonyms:
    """The keys of the settings, or of the file beside the database, which is written with the
    first database. Raises `RecordsFailed`.
    """
    if settings.pseudonym_key:
        return from_setting(settings.pseudonym_key)
    if settings.database == IN_MEMORY:
        return Pseudonyms((Key.new(),))
    file = key_file(settings)
    if settings.database.exists() and not file.exists():
        raise RecordsFailed(
            f"{file.name} is missing: put it back from where it is kept, or, if it is lost, make a "
            "new one with `python bot.py rotate-key`"
        )
    return from_file(file)


def open_records(settings: Settings, tell: Tell) -> Records:
    """The records of the settings for the running bot; where they cannot be opened, some in memory
    that say why.
    """
    try:
        pseudonyms = open_pseudonyms(settings)  # before the store: that makes a database
        return Records(Desk(open_store(settings)), pseudonyms, tell)
    except RecordsFailed as failed:
        in_memory = replace(settings, database=IN_MEMORY)
        pseudonyms = Pseudonyms((Key.new(),))
        return Records(Desk(open_store(in_memory)), pseudonyms, tell, trouble=str(failed))


def glance_if_possible(settings: Settings) -> Standing | None:
    """What holds now by the file; None where it cannot be read, or there is none."""
    try:
        return glance(settings) if settings.database.exists() else None
    except RecordsFailed:
        return None


def glance(settings: Settings) -> Standing:
    """What holds now by the file, which is only read. Raises `RecordsFailed`."""
    with faults_told():
        address = f"{settings.database.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, 1.0, uri=True)) as connection:
            withdrawn, resting = read(connection, Withdrawn), read(connection, Resting)
    return make(withdrawn, resting, date.today().isoformat())
