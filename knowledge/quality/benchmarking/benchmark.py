"""Measure the matcher on any questions with intents: learn from one file, ask those of another."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.building import Progress, build, silent
from knowledge.matching.encoding import Encoder
from knowledge.matching.index import NONE, Index, Phrase
from knowledge.matching.ranking import rank, rank_all
from knowledge.matching.reading import Glossary
from knowledge.quality.benchmarking.thresholds import (
    Floats,
    area_under_curve,
    confidence,
    leave_one_out_threshold,
    most_accurate_threshold,
)
from knowledge.quality.benchmarking.typos import autocorrect, dictate, slip, spoil_all

HELD_OUT = 5
"""One known question in this many, of each intent, is held out for the threshold of the CLINC150
paper's protocol.
"""
TIMED = 200
"""Questions that are timed one by one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of each question: how sure the ranking was, and at which place the right intent
    stood (from 0; -1 where none is right).
    """

    sure: Floats
    place: NDArray[np.int64]
    covered: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Quality:
    """How well the questions were told apart. Shares, 0 to 1; None where no question says it."""

    in_scope_accuracy: float
    """Of the questions that have an intent, those where it came first."""
    recall_at_3: float
    oos_recall: float | None
    """Of the questions that have none, those under the threshold."""
    false_reject_rate: float | None
    """Of the questions that have one, those under the threshold."""
    auroc: float | None
    """How often, of a question with an intent and one without, the first is ranked more surely."""
    paper_accuracy: float | None
    """As `in_scope_accuracy`, what is under the paper's threshold being wrong."""
    paper_oos_recall: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """What a benchmark found."""

    tier: str
    questions: int
    phrases: int
    intents: int
    asked: Quality
    """Of the test questions: with slips where they were wanted."""
    others: Mapping[str, Quality]
    """The same questions otherwise: `as_typed`, `autocorrect`, `dictation`; empty without slips."""
    threshold: float
    paper_threshold: float | None
    p50_ms: float
    p95_ms: float
    index_seconds: float
    memory_mb: float | None
    """The most that the process held; None where the system does not tell."""


def benchmark(
    train: Sequence[Phrase],
    test: Sequence[Phrase],
    encoder: Encoder | None,
    typos: int | None = None,
    progress: Progress = silent,
) -> Report:
    """Learn from `train` and ask the questions of `test`; `typos` is the seed of the slips."""
    began = perf_counter()
    built = build(train, Glossary({}), encoder, progress=progress)
    seconds = perf_counter() - began
    index, threshold = built.made, leave_one_out_threshold(built)
    del built  # its leave-one-out scores are not what a running bot holds
    paper = _paper_threshold(train, index, progress)
    found = {
        how: _judge(_ask(index, questions, how, progress), threshold, paper)
        for how, questions in _ways(test, typos).items()
    }
    spent = _time(index, test, progress)
    return Report(
        tier=index.tier.name,
        questions=len(test),
        phrases=len(index.texts),
        intents=len(set(index.classes) - {NONE}),
        asked=found.pop("as_typed" if typos is None else "slips"),
        others=found,
        threshold=threshold,
        paper_threshold=paper,
        p50_ms=float(np.quantile(spent, 0.5)),
        p95_ms=float(np.quantile(spent, 0.95)),
        index_seconds=seconds,
        memory_mb=peak_memory(),
    )


def _ways(test: Sequence[Phrase], typos: int | None) -> Mapping[str, Sequence[Phrase]]:
    if typos is None:
        return {"as_typed": test}
    texts = [phrase.text for phrase in test]
    spoilt = {"slips": slip, "autocorrect": autocorrect, "dictation": dictate}
    return {"as_typed": test} | {
        how: [
            Phrase(text, phrase.intent)
            for text, phrase in zip(spoil_all(texts, spoil, typos), test, strict=True)
        ]
        for how, spoil in spoilt.items()
    }


def _paper_threshold(train: Sequence[Phrase], whole: Index, progress: Progress) -> float | None:
    """The threshold of the CLINC150 paper's protocol: a fifth of every intent's questions, and of
    those out of scope, is held out, the rest learnt, and the threshold is the one that is most
    accurate on the fifth. None where nothing out of scope can be held out. `whole` is the index of
    all, whose sentence vectors are used again.
    """
    learnt, held = hold_out(train)
    if not any(phrase.intent == NONE for phrase in held):
        return None
    known = {} if whole.vectors is None else dict(zip(whole.texts, whole.vectors, strict=True))
    tell = _within("held out", progress)
    index = build(learnt, Glossary({}), whole.encoder, known, tell).made
    outcome = _ask(index, held, "the held-out questions", progress)
    return most_accurate_threshold(
        outcome.sure[outcome.covered],
        outcome.place[outcome.covered] == 0,
        outcome.sure[~outcome.covered],
    )


def _within(part: str, progress: Progress) -> Progress:
    return lambda what, done, of: progress(f"{what} ({part})", done, of)


def hold_out(phrases: Sequence[Phrase]) -> tuple[list[Phrase], list[Phrase]]:
    """The phrases without every fifth of each intent, and those; always the same ones."""
    learnt: list[Phrase] = []
    held: list[Phrase] = []
    seen: dict[str, int] = {}
    for phrase in phrases:
        seen[phrase.intent] = seen.get(phrase.intent, 0) + 1
        (held if seen[phrase.intent] % HELD_OUT == 0 else learnt).append(phrase)
    return learnt, held


def _ask(index: Index, questions: Sequence[Phrase], what: str, progress: Progress) -> Outcome:
    def tell(_: str, done: int, of: int) -> None:
        progress(f"asking: {what.replace('_', ' ')}", done, of)

    rankings = rank_all([question.text for question in questions], index, tell)
    places = []
    for question, ranking in zip(questions, rankings, strict=True):
        order = [scored.intent for scored in ranking.scored]
        places.append(order.index(question.intent) if question.intent in order else -1)
    return Outcome(
        sure=np.array([confidence(ranking.signals) for ranking in rankings], float),
        place=np.array(places, np.int64),
        covered=np.array([question.intent != NONE for question in questions], bool),
    )


def _judge(outcome: Outcome, threshold: float, paper: float | None) -> Quality:
    covered = outcome.covered
    inside, outside = outcome.sure[covered], outcome.sure[~covered]
    place = outcome.place[covered]
    accepted = None if paper is None else inside >= paper
    return Quality(
        in_scope_accuracy=float((place == 0).mean()),
        recall_at_3=float(((place >= 0) & (place < 3)).mean()),
        oos_recall=float((outside < threshold).mean()) if len(outside) else None,
        false_reject_rate=float((inside < threshold).mean()),
        auroc=area_under_curve(inside, outside) if len(outside) else None,
        paper_accuracy=None if accepted is None else float((accepted & (place == 0)).mean()),
        paper_oos_recall=(
            float((outside < paper).mean()) if paper is not None and len(outside) else None
        ),
    )


def _time(index: Index, test: Sequence[Phrase], progress: Progress) -> Floats:
    """Milliseconds for each of a sample of the questions, asked one by one."""
    sample = Random(0).sample(list(test), min(TIMED, len(test)))
    index.repairer.mend.cache_clear()  # each slip is new again
    rank(sample[0].text, index)
    spent = []
    for n, question in enumerate(sample, 1):
        began = perf_counter()
        rank(question.text, index)
        spent.append(1000 * (perf_counter() - began))
        progress("timing", n, len(sample))
    return np.array(spent, float)


def peak_memory() -> float | None:
    """The most memory that this process has held, MB; None where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)
