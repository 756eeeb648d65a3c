"""How the score is chosen from which an alarm is given."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.cautions import ALARMS, Alarm
from knowledge.handbook import Handbook
from knowledge.matching.building import Built, build
from knowledge.matching.confidence import load
from knowledge.matching.index import NONE, Phrase
from knowledge.matching.reading import Glossary
from knowledge.quality.calibrating.alarms import FALSE_AT_MOST, choose_thresholds

QUIET = 101
"""Messages that only look like it, of each alarm."""


@cache
def alarms() -> tuple[Alarm, ...]:
    """All alarms, each with a message that calls for it and many that only look like it."""
    return tuple(
        Alarm(
            id=id,
            says="Call.",
            additions=(),
            closing="",
            signs=(),
            unless=(),
            fires=(f"this is {id}",),
            quiet=tuple(f"{id} number {n}" for n in range(QUIET)),
        )
        for id in ALARMS
    )


@cache
def built() -> Built:
    """The index of these messages."""
    fires = [Phrase(text, one.id) for one in alarms() for text in one.fires]
    quiet = [Phrase(text, NONE) for one in alarms() for text in one.quiet]
    return build(fires + quiet, Glossary({}), None)


def scoring(scores: dict[str, list[float]]) -> Built:
    """The index, whose quiet messages would have scored so without themselves."""
    made = built().made
    left_out = np.full((len(made.texts), len(made.classes)), 9.0, np.float32)
    for one in alarms():
        column = made.classes.index(one.id)
        for text, score in zip(one.quiet, scores[one.id], strict=True):
            left_out[made.texts.index(text), column] = score
    return built()._replace(left_out=left_out)


def test_as_few_quiet_messages_are_heard_as_their_limit_says() -> None:
    evenly = {id: [n / 100 for n in range(QUIET)] for id in ALARMS}
    assert choose_thresholds(alarms(), scoring(evenly)) == {
        id: round(1 - share, 3) for id, share in FALSE_AT_MOST.items()
    }


def test_each_alarm_has_a_threshold_of_its_own_quiet_messages() -> None:
    scores = {id: [float(n)] * QUIET for n, id in enumerate(ALARMS)}
    assert choose_thresholds(alarms(), scoring(scores)) == {
        id: float(n) for n, id in enumerate(ALARMS)
    }


SCORES = st.floats(-1, 2, width=32)


@settings(max_examples=30)
@given(scores=st.lists(SCORES, min_size=QUIET, max_size=QUIET))
def test_whatever_they_score_no_more_quiet_messages_are_heard_than_may_be(
    scores: list[float],
) -> None:
    chosen = choose_thresholds(alarms(), scoring(dict.fromkeys(ALARMS, scores)))
    for id, threshold in chosen.items():
        heard = sum(score > threshold + 0.0005 for score in scores)  # it has three decimals
        assert heard <= FALSE_AT_MOST[id] * QUIET


def test_thresholds_that_were_chosen_twice_are_the_same() -> None:
    assert choose_thresholds(alarms(), built()) == choose_thresholds(alarms(), built())


def test_there_is_a_limit_for_every_alarm(handbook: Handbook) -> None:
    assert set(FALSE_AT_MOST) == set(ALARMS)
    assert [alarm.id for alarm in handbook.cautions.alarms] == list(ALARMS)
    assert all(0 < share < 0.1 for share in FALSE_AT_MOST.values())


@pytest.mark.parametrize("tier", ["lexical", "semantic"])
def test_every_alarm_is_calibrated(tier: str) -> None:
    thresholds = load()[tier].alarms
    assert set(thresholds) == set(ALARMS)
    assert all(0 < threshold < 1 for threshold in thresholds.values())
