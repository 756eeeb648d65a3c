"""See in a message what must be answered before the question: present danger, a live concern, a
worker's own distress; and a question put the other way round.

A message is compared with those by which each alarm is taught, as questions are with ways of asking
(knowledge.matching); some wordings are enough by themselves.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.cautions import Alarm
from knowledge.matching.index import Index
from knowledge.matching.normalising import tokenise
from knowledge.matching.ranking import compare_all, is_telling
from knowledge.matching.wording import has_any, line

LONG = 40
"""Words from which a message is looked at in passages too."""
PASSAGE = 24
GENERAL = 1.7
"""A message of the past or in general, by its wording, needs a score this many times as high."""
PASSING = 1.5
"""So does one passage of a long message: there are many."""
SENTENCE = 1.25
"""A sentence of a long message is less often cut where it matters."""
FEWEST = 4
"""Words of a message that is compared."""
SHORTEST = 4
"""Words of a sentence that is looked at by itself."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def hear(
    text: str, alarms: Sequence[Alarm], index: Index, thresholds: Mapping[str, float]
) -> tuple[str, ...]:
    """The ids of the alarms that a message calls for, in the order of `alarms`.

    A live concern is not said beside present danger, which leads.
    """
    said, mended = line(text), line(index.read(text).tokens)
    general = {alarm.id for alarm in alarms if has_any(alarm.unless, said)}
    heard = {
        alarm.id
        for alarm in alarms
        if alarm.id not in general and (_has_sign(said, alarm) or _has_sign(mended, alarm))
    }
    needed = {
        alarm.id: thresholds.get(alarm.id, 1.0) * (GENERAL if alarm.id in general else 1.0)
        for alarm in alarms
    }
    for scores, factor in _score_parts(text, index) if _says_enough(text) else ():
        heard |= {id for id, least in needed.items() if scores.get(id, 0.0) >= least * factor}
    if "danger" in heard:
        heard.discard("live_concern")
    return tuple(alarm.id for alarm in alarms if alarm.id in heard)


def score_all(text: str, index: Index) -> dict[str, float]:
    """The score of a message for every alarm that the index knows."""
    ((_, _, scores),) = compare_all((text,), index)
    return _by_class(scores, index)


def _by_class(scores: NDArray[np.float32], index: Index) -> dict[str, float]:
    return dict(zip(index.classes, np.round(scores.astype(float), 6).tolist(), strict=True))


def _score_parts(text: str, index: Index) -> Iterator[tuple[dict[str, float], float]]:
    """The scores of a message and of its parts, each with how much more it needs."""
    # the whole by itself: its sentence vector is remembered, and matching asks for it again
    yield score_all(text, index), 1.0
    parts = tuple(_parts(text))
    compared = compare_all([part for part, _ in parts], index)
    for (_, factor), (_, _, scores) in zip(parts, compared, strict=True):
        yield _by_class(scores, index), factor


def _parts(text: str) -> Iterator[tuple[str, float]]:
    """The sentences and passages of a long message, each with how much more it needs."""
    words = text.split()
    if len(words) <= LONG:
        return
    for sentence in _SENTENCE.split(text):
        if len(sentence.split()) >= SHORTEST:
            yield sentence, SENTENCE
    for start in range(0, len(words) - PASSAGE // 2, PASSAGE // 2):
        yield " ".join(words[start : start + PASSAGE]), PASSING


def _says_enough(text: str) -> bool:
    """Whether there is enough to compare: of fewer words a sign alone calls for an alarm."""
    words = [word for word in tokenise(text) if word.isalpha()]
    return len(words) >= FEWEST and any(map(is_telling, words))


def _has_sign(line: str, alarm: Alarm) -> bool:
    return bool(alarm.signs) and _any_sign(alarm.signs).search(line) is not None


@lru_cache(maxsize=16)
def _any_sign(signs: tuple[str, ...]) -> re.Pattern[str]:
    """Signs as one pattern over a line of tokens, none of them denied; `…` is up to four words."""
    read = (
        r" (?:\S+ ){0,4}".join(re.escape(" ".join(tokenise(part))) for part in sign.split("…"))
        for sign in signs
    )
    return re.compile(f"(?<! not)(?<! never)(?<! no) (?:{'|'.join(read)}) ")
