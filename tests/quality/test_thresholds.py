"""Where the line is drawn between what is covered and what is not."""

import numpy as np
import pytest

from knowledge.matching.building import build
from knowledge.matching.index import NONE, Phrase
from knowledge.matching.ranking import Signals, rank
from knowledge.matching.reading import Glossary
from knowledge.quality.benchmarking.thresholds import (
    area_under_curve,
    confidence,
    leave_one_out_threshold,
    left_out_confidence,
    most_accurate_threshold,
)

PHRASES = [
    *(
        Phrase(text, "fathers")
        for text in (
            "why was the father overlooked",
            "who asked about the father",
            "the father was never asked",
            "nobody met the father",
        )
    ),
    *(
        Phrase(text, "sleep")
        for text in (
            "is it safe to sleep beside the baby",
            "where should the baby sleep",
            "baby sleeps in our bed",
            "can a baby sleep on the sofa",
        )
    ),
    Phrase("what is the weather", NONE),
    Phrase("book me a table", NONE),
]


def test_a_question_like_nothing_known_is_less_sure_than_one_that_is() -> None:
    index = build(PHRASES, Glossary({}), None).made
    near = confidence(rank("who met the father", index).signals)
    far = confidence(rank("which bus goes downtown", index).signals)
    assert near > far


def test_what_looks_like_no_intent_counts_against_it() -> None:
    plain = Signals(top=1, lead=1, three=1, none=0, likeness=1, known=1, length=1)
    doubted = Signals(top=1, lead=1, three=1, none=0.5, likeness=1, known=1, length=1)
    assert confidence(doubted) < confidence(plain)


def test_only_the_phrases_of_intents_are_weighed_up() -> None:
    assert left_out_confidence(build(PHRASES, Glossary({}), None)).shape == (8,)


def test_a_phrase_left_out_is_judged_as_if_it_had_never_been_known() -> None:
    built = build(PHRASES, Glossary({}), None)
    with_itself = [
        confidence(rank(phrase.text, built.made).signals) for phrase in PHRASES if phrase.intent
    ]
    assert (left_out_confidence(built) < np.array(with_itself)).all()


def test_the_threshold_rejects_the_share_that_is_wanted() -> None:
    built = build(PHRASES, Glossary({}), None)
    sure = left_out_confidence(built)
    assert (sure < leave_one_out_threshold(built, 0.5)).mean() == 0.5


def test_the_most_accurate_threshold_lies_between_the_covered_and_the_others() -> None:
    covered, right = np.array([0.5, 0.8, 0.9]), np.array([True, True, True])
    assert most_accurate_threshold(covered, right, np.array([0.1, 0.4])) == 0.5


def test_rejecting_a_wrong_answer_costs_nothing() -> None:
    covered, right = np.array([0.3, 0.9]), np.array([False, True])
    assert most_accurate_threshold(covered, right, np.array([0.4])) == 0.9


def test_everything_is_rejected_where_nothing_was_ever_right() -> None:
    threshold = most_accurate_threshold(np.array([0.2]), np.array([False]), np.array([0.6]))
    assert threshold > 0.6


@pytest.mark.parametrize(
    ("covered", "uncovered", "area"),
    [([0.8, 0.9], [0.1, 0.2], 1.0), ([0.1], [0.9], 0.0), ([0.5], [0.5], 0.5), ([2, 4], [3], 0.5)],
)
def test_the_area_is_how_often_a_covered_question_is_the_surer(
    covered: list[float], uncovered: list[float], area: float
) -> None:
    assert area_under_curve(np.array(covered), np.array(uncovered)) == area
