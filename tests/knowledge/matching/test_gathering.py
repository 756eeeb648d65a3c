"""What several threads ask for at once is done together, and each gets its own."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

import pytest

from knowledge.matching.gathering import MOST, Gathering

PATIENCE = 20
"""Seconds until a test gives up."""


class Work:
    """Turns texts into capitals, and remembers in what company each was given to it."""

    def __init__(self) -> None:
        self.begun, self.may_end = Event(), Event()
        self.given: list[tuple[str, ...]] = []
        self._alone = Lock()

    def __call__(self, texts: Sequence[str]) -> list[str]:
        assert self._alone.acquire(blocking=False), "two pieces of work at a time"
        with_whom = tuple(texts)
        self.given.append(with_whom)
        self.begun.set()
        assert self.may_end.wait(PATIENCE)
        self._alone.release()
        if "bad" in with_whom:
            raise ValueError("bad")
        return [text.upper() for text in with_whom]


def ask_all(work: Work, asked: Sequence[Sequence[str]]) -> list[Sequence[str] | type[Exception]]:
    """Ask all at once, while the first one is being worked for."""
    gathering = Gathering(work)

    def ask(texts: Sequence[str]) -> Sequence[str] | type[Exception]:
        try:
            return gathering(texts)
        except ValueError as error:
            return type(error)

    with ThreadPoolExecutor(len(asked)) as threads:
        first = threads.submit(ask, asked[0])
        assert work.begun.wait(PATIENCE)
        others = [threads.submit(ask, texts) for texts in asked[1:]]
        while gathering.waiting < len(others):
            assert not any(other.done() for other in others)
        work.may_end.set()
        return [found.result(PATIENCE) for found in (first, *others)]


def test_what_is_asked_meanwhile_is_done_together() -> None:
    work = Work()
    assert ask_all(work, (["a"], ["b", "c"], ["d"])) == [["A"], ["B", "C"], ["D"]]
    assert [sorted(texts) for texts in work.given] == [["a"], ["b", "c", "d"]]


def test_more_than_go_together_wait_for_another_turn() -> None:
    work, many = Work(), ["x"] * (MOST - 1)
    found = ask_all(work, (["a"], many, ["b", "c"], ["d"]))
    assert found == [["A"], ["X"] * (MOST - 1), ["B", "C"], ["D"]]
    assert all(len(texts) <= MOST for texts in work.given)


def test_one_that_fails_fails_nobody_for_good_but_itself() -> None:
    work = Work()
    first, bad, good = ask_all(work, (["a"], ["bad"], ["b"]))
    assert (first, bad) == (["A"], ValueError)
    assert good in (["B"], ValueError)  # who works for both hears of it, and may ask again


def test_nothing_asked_is_nothing_found() -> None:
    work = Work()
    work.may_end.set()
    assert Gathering(work)([]) == []


@pytest.mark.parametrize("size", [MOST + 1, 3 * MOST])
def test_more_texts_than_go_together_may_be_asked_by_one(size: int) -> None:
    work = Work()
    work.may_end.set()
    assert Gathering(work)(["a"] * size) == ["A"] * size
