"""A bot that is killed at any moment forgets nobody's question.

The whole bot in a process of its own over real HTTP. In the suite it is killed a few times;
`KILLS=50` before the command is the long form.
"""

import json
import os
import signal
import subprocess
from collections import Counter
from pathlib import Path
from queue import Empty
from random import Random
from time import monotonic, sleep

import pytest

from bot.records.entries import Waiting
from tests.bot.receiving.desks import kept
from tests.handlers.loopback import BotApi, bot_api
from tests.handlers.test_journey import PATIENCE, TOKEN, leaks, running_bot

KILLS = int(os.environ.get("KILLS", "3"))
PEOPLE = (7, 8, 9)
EACH = 4
"""Questions of each person between two kills."""
QUESTIONS = ("hello", "do missed appointments matter", "who should I challenge", "thanks")
EVERYONE = {"ALLOWED_USER_IDS": "*", "RATE_LIMIT": "off"}
PACE = 0.02
"""Seconds that an answer is on its way: some are, when the blow falls."""


class Correspondence:
    """What several people ask by way of a server, and what each is answered."""

    def __init__(self, server: BotApi) -> None:
        self.asked: list[tuple[int, int]] = []
        """Who asked, and in which message."""
        self.answered: list[tuple[int, int]] = []
        """Who was answered, and to which message."""
        self._server = server

    def ask(self, times: int) -> None:
        """Everybody asks so often, one after the other."""
        for _ in range(times):
            for person in PEOPLE:
                message = len(self.asked) + 1
                self.asked.append((person, message))
                self._server.writes(QUESTIONS[message % len(QUESTIONS)], person, message)

    def wait_for(self, answers: int) -> None:
        """Wait until there were so many answers."""
        deadline = monotonic() + PATIENCE
        while len(self.answered) < answers:
            self._note(self._server.sent.get(timeout=deadline - monotonic()))

    def wait_for_all(self) -> None:
        """Wait until every question has an answer."""
        deadline = monotonic() + PATIENCE
        while set(self.answered) < set(self.asked):
            self._note(self._server.sent.get(timeout=deadline - monotonic()))

    def note_the_rest(self) -> None:
        """Take what has arrived."""
        try:
            while True:
                self._note(self._server.sent.get_nowait())
        except Empty:
            pass

    def _note(self, sent: dict[str, str]) -> None:
        to = json.loads(sent["reply_parameters"])["message_id"]
        self.answered.append((int(sent["chat_id"]), to))


def wait_for_start(server: BotApi, bot: subprocess.Popen[str]) -> None:
    """Wait until the bot asks Telegram who it is."""
    while server.called.get(timeout=PATIENCE)[0] != "getMe":
        assert bot.poll() is None


@pytest.mark.long
def test_everybody_is_answered_in_order_although_the_bot_is_killed_again_and_again(
    tmp_path: Path,
) -> None:
    chance = Random(KILLS)
    data = {"DATABASE_URL": str(tmp_path / "records.sqlite"), **EVERYONE}
    with bot_api(TOKEN) as server:
        server.pace = PACE
        letters = Correspondence(server)
        for _ in range(KILLS):
            letters.ask(EACH)
            with running_bot(tmp_path, server.address, **data) as bot:
                wait_for_start(server, bot)
                if chance.random() < 0.8:
                    more = chance.randint(1, len(PEOPLE) * EACH - 2)
                    letters.wait_for(len(letters.answered) + more)
                sleep(chance.random() * 2 * PACE)  # the blow falls anywhere
                bot.kill()
                bot.communicate(timeout=PATIENCE)
            letters.note_the_rest()
        letters.ask(1)
        with running_bot(tmp_path, server.address, **data) as bot:
            letters.wait_for_all()
            bot.send_signal(signal.SIGTERM)
            _, err = bot.communicate(timeout=PATIENCE)
        letters.note_the_rest()
    assert (bot.returncode, leaks(err)) == (0, [])
    for person in PEOPLE:
        asked = [message for who, message in letters.asked if who == person]
        answered = [message for who, message in letters.answered if who == person]
        # all, in order; one that was answered twice was so at once, being under way at a kill
        assert list(dict.fromkeys(answered)) == asked
        assert answered == sorted(answered)
        assert len(answered) - len(asked) <= KILLS
    assert max(Counter(letters.answered).values()) <= 1 + KILLS
    assert kept(tmp_path / "records.sqlite", Waiting) == []


def test_a_bot_that_is_told_to_stop_finishes_what_it_has_begun_and_leaves_the_rest(
    tmp_path: Path,
) -> None:
    path = tmp_path / "records.sqlite"
    data = {"DATABASE_URL": str(path), **EVERYONE}
    with bot_api(TOKEN) as server:
        server.delivers.clear()
        letters = Correspondence(server)
        letters.ask(2)
        with running_bot(tmp_path, server.address, **data) as bot:
            under_way = 0
            while under_way < len(PEOPLE):
                under_way += server.called.get(timeout=PATIENCE)[0] == "sendMessage"
            bot.send_signal(signal.SIGTERM)
            while '"stopping"' not in (line := bot.stderr.readline() if bot.stderr else ""):
                assert line, "it has not said that it stops"
            server.delivers.set()
            _, err = bot.communicate(timeout=PATIENCE)
        letters.note_the_rest()
        assert (bot.returncode, leaks(err)) == (0, [])
        assert sorted(letters.answered) == sorted(letters.asked[:3])
        assert len(kept(path)) == 3
        with running_bot(tmp_path, server.address, **data) as bot:
            letters.wait_for_all()
            bot.send_signal(signal.SIGTERM)
            bot.communicate(timeout=PATIENCE)
        letters.note_the_rest()
    assert sorted(letters.answered) == sorted(letters.asked)
    assert kept(path) == []
