"""What people asked is put together as they meant it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.matching.arrays import Matrix
from knowledge.matching.encoding import Encoder
from knowledge.opening import Knowledge, open_knowledge
from knowledge.quality.suggesting import Asking, Suggestion, suggest
from tests.knowledge.small import write

PLACE = "how do i apply for a school place"
TIMES = ("2026-03-01", "2026-03-02")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return open_knowledge([write(tmp_path_factory.mktemp("content"))], None, None)


def asking(text: str, who: str = "p", day: str = TIMES[0], about: str = "") -> Asking:
    return Asking(text, text, who, day, about)


def told(found: tuple[Suggestion, ...]) -> list[tuple[int, tuple[str, ...]]]:
    return [(one.times, tuple(wording.text for wording in one.wordings)) for one in found]


def test_questions_that_ask_for_the_same_come_together_and_the_most_asked_first(
    knowledge: Knowledge,
) -> None:
    askings = (
        asking("do you have bus passes"),
        asking("where do I apply for a place at school", "a"),
        asking(PLACE, "b"),
        asking(PLACE, "c"),
    )
    assert told(suggest(askings, knowledge)) == [
        (3, (PLACE, "where do I apply for a place at school")),
        (1, ("do you have bus passes",)),
    ]


def test_who_asks_twice_on_a_day_counts_once(small: Knowledge) -> None:
    askings = [asking(PLACE, who, day) for who in "aab" for day in TIMES]
    assert told(suggest(askings, small)) == [(4, (PLACE,))]


def test_a_slip_of_the_finger_is_no_other_wording(small: Knowledge) -> None:
    slip = "how do i aply for a school place"
    (one,) = suggest((asking(PLACE, "a"), asking(PLACE, "b"), asking(slip)), small)
    assert told((one,)) == [(3, (PLACE,))]
    assert one.ids == (PLACE, slip)


def test_what_is_personal_is_masked_once_more_and_stands_last(knowledge: Knowledge) -> None:
    named = "how do i apply for a school place for John Smith"
    (one,) = suggest((asking(named, "a"), asking(named, "b"), asking(PLACE)), knowledge)
    assert [(wording.text, wording.is_clean) for wording in one.wordings] == [
        (PLACE, True),
        ("how do i apply for a school place for [name]", False),
    ]


def test_who_reads_a_group_sees_what_is_closest_to_it_the_surest_first(small: Knowledge) -> None:
    (one,) = suggest((asking("did the teacher notice any bruises", about="boards"),), small)
    sure = [candidate.confidence for candidate in one.closest]
    assert [candidate.intent.id for candidate in one.closest] == ["bruises", "boards"]
    assert sure == sorted(sure, reverse=True)
    assert one.not_useful == ("boards",)


def test_what_is_answered_by_now_is_said(small: Knowledge) -> None:
    by = [one.answered_by for one in suggest((asking("who saw the bruises"),), small)]
    assert by == [small.handbook.intent("bruises")]


def test_a_group_gets_another_id_as_soon_as_more_belongs_to_it(small: Knowledge) -> None:
    (before,) = suggest((asking(PLACE),), small)
    (same,) = suggest((asking(PLACE, "q", TIMES[1]),), small)
    (after,) = suggest((asking(PLACE), asking(f"{PLACE} today")), small)
    assert before.id == same.id != after.id


TEXTS = st.lists(
    st.sampled_from([PLACE, "bus passes", "who saw it", "☔", "[name] left"]) | st.text(min_size=1),
    max_size=6,
)


@settings(max_examples=20)
@given(texts=TEXTS, data=st.data())
def test_every_question_is_in_one_group_in_whatever_order_they_came(
    texts: list[str], data: st.DataObject, small: Knowledge
) -> None:
    askings = [asking(text, str(number)) for number, text in enumerate(texts)]
    found = suggest(askings, small)
    assert sorted(id for one in found for id in one.ids) == sorted(set(texts))
    assert suggest(data.draw(st.permutations(askings)), small) == found


def test_where_nothing_was_asked_nothing_is_suggested(small: Knowledge) -> None:
    assert suggest((), small) == ()


class Reader(Encoder):
    """An encoder to which all texts mean the same; it notes what it was given to read."""

    def __init__(self, folder: Path) -> None:
        (folder / "config.json").write_text(json.dumps({"model_type": "bert", "hidden_size": 4}))
        super().__init__(folder)
        self.read: list[str] = []

    def encode(
        self,
        texts: Sequence[str],
        batch: int = 1,
        progress: Callable[[int, int], None] = lambda done, of: None,
    ) -> Matrix:
        """As `Encoder.encode`."""
        self.read.extend(texts)
        return np.full((len(texts), 4), 0.5, np.float32)


def test_each_question_is_read_once_however_often_the_groups_are_made(
    small: Knowledge, tmp_path: Path
) -> None:
    reader = Reader(tmp_path)
    reading = replace(small, index=replace(small.index, encoder=reader))
    askings = (asking(PLACE), asking("do you have bus passes"))
    first = suggest(askings, reading)
    assert suggest(askings, replace(reading)) == first
    assert sorted(reader.read) == ["do you have bus passes", PLACE]
