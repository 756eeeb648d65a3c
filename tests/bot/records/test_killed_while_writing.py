"""A bot that is killed in the middle of its work loses nothing that it told as done.

In the suite a few processes are killed; `KILLS=200` before the command is the long form.
"""

import os
import subprocess
from contextlib import closing
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from bot.records.entries import Seen, Waiting
from bot.records.sqlite.store import SqliteStore
from tests.bot.records.programs import ROOT, command

KILLS = int(os.environ.get("KILLS", "5"))
MOST_TOLD = 120
"""What a process may tell, in lines, before it is killed."""

WRITER = """
import asyncio, signal, sys
from pathlib import Path
from bot.records.desk import Desk
from bot.records.entries import Seen, Waiting
from bot.records.sqlite.store import SqliteStore

def take_in(store, update):
    store.add(Seen(update, ""))
    store.add(Waiting(update, 1, "w" * (update * 37 % 3000), 0, ""))

async def write(desk, updates):
    for update in updates:
        await desk.do(lambda store: take_in(store, update))
        print("kept", update, flush=True)
        if update % 2:
            await desk.do(lambda store: store.delete(Waiting, update=update))
            print("answered", update, flush=True)

async def main(path, first):
    desk = Desk(SqliteStore(path), tidy_every=0.02)
    await asyncio.gather(*(write(desk, range(first + n, first + 10**6, 16)) for n in range(16)))

signal.alarm(30)  # it ends, should it hang
asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
"""


def write_until_killed(path: Path, first: int, lines: int) -> set[tuple[str, int]]:
    """What a process told as done before it was killed, after so many lines."""
    with subprocess.Popen(
        command(WRITER, path, str(first)), cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        told = list(islice(writer.stdout, lines))
        writer.kill()
        told += writer.stdout  # what it told before the blow fell
    assert len(told) >= lines, "it ended by itself"
    whole = (line.split() for line in told if line.endswith("\n"))
    return {(done, int(update)) for done, update in whole}


@pytest.mark.long
def test_all_that_was_told_as_done_is_there_after_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    chance = Random(KILLS)
    told: set[tuple[str, int]] = set()
    for kill in range(KILLS):
        told |= write_until_killed(path, kill * 10**6, chance.randint(1, MOST_TOLD))
        with closing(SqliteStore(path)) as store:
            store.check()
            seen = {entry.update for entry in store.find(Seen)}
            waiting = {entry.update for entry in store.find(Waiting)}
        kept = {update for done, update in told if done == "kept"}
        answered = {update for done, update in told if done == "answered"}
        assert kept <= seen
        assert waiting.isdisjoint(answered)
        assert {update for update in kept if update % 2 == 0} <= waiting
        # what was not told as done is there whole or not at all
        assert waiting <= seen
        assert all(update % 2 for update in seen - waiting)
