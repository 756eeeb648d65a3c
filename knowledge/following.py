"""Take a short message as a follow-up of the answer before it, if it does not stand by itself."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from rapidfuzz import fuzz, process

from knowledge.answering import answer, choose, show_chosen
from knowledge.guidance import Intent, Unit
from knowledge.matching.normalising import stem, tokenise
from knowledge.matching.ranking import is_telling, rank_all
from knowledge.model import Answered, Candidate, Choice, Notice, Outright, Question
from knowledge.noticing import ages_in
from knowledge.opening import Knowledge

LONGEST = 14
"""Words of a follow-up at most; a longer message stands by itself."""
SAME = 85
"""RapidFuzz's plain ratio from which a message is one of the listed follow-ups."""
NEAR = 0.4
"""A neighbour of the last answer is taken where its score is at least this share of the best."""

GUESSED = 0.5
"""The confidence of a neighbour that the words alone would not have found."""

ANAPHORA = frozenset("it its that this those these they them there".split())
"""Words that point back."""

_MASK = re.compile(r"\[[a-z ]+\]")
"""What stands in a question in the place of personal data."""

Fits = Callable[[Intent], bool]


def follow(text: str, knowledge: Knowledge, last: Answered) -> Answered | None:
    """The answer to a message as a follow-up of `last`; None where it stands by itself."""
    about = _subject(last)
    words = tokenise(text)
    if about is None or not words or len(words) > LONGEST:
        return None
    lists = knowledge.handbook.follow_ups
    near = neighbours(about, knowledge)
    for kind, respond in _LISTED.items():
        if _is_one_of(words, lists[kind]):
            return respond(text, about, near, knowledge)
    rest, corrects = _strip(words, lists["corrections"])
    rest, opens = _strip(rest, lists["openers"])
    alone = answer(" ".join(rest) if corrects or opens else text, knowledge)
    if corrects and isinstance(alone.answer, Outright):
        return alone
    if not (corrects or opens):
        return _if_near(text, rest, alone, about, near, knowledge)
    found = _closest(text, rest, about, last, knowledge, widely=corrects)
    return found or (alone if isinstance(alone.answer, Outright) else None)


def _if_near(
    text: str,
    words: Sequence[str],
    alone: Answered,
    about: Intent,
    near: Sequence[Intent],
    knowledge: Knowledge,
) -> Answered | None:
    """What does not begin as a follow-up is one only if it leads near to the answer before it."""
    stands = isinstance(alone.answer, Outright) and not ANAPHORA & set(words)
    if not stands and _tells_no_more(words, about, knowledge):
        return _take(text, about, about, knowledge)
    if isinstance(alone.answer, Outright):
        if stands or alone.answer.intent in near:
            return None
        pointed = next((c.intent for c in alone.alternatives if c.intent in near), None)
        return _take(text, pointed, about, knowledge, GUESSED) if pointed else None
    if isinstance(alone.answer, Choice):
        for candidate in alone.answer.offered:
            if candidate.intent in near:
                return _take(text, candidate.intent, about, knowledge, candidate.confidence)
    return None


def _tells_no_more(words: Sequence[str], about: Intent, knowledge: Knowledge) -> bool:
    """Whether all that the words tell stands in the answer already."""
    told = {stem(word) for unit in knowledge.handbook.points(about) for word in tokenise(unit.text)}
    telling = {stem(word) for word in words if is_telling(word)}
    return bool(telling) and telling <= told


def _subject(last: Answered) -> Intent | None:
    """What the answer before was about."""
    if isinstance(last.answer, Outright):
        return last.answer.intent
    return last.alternatives[0].intent if isinstance(last.answer, Choice) else None


def neighbours(about: Intent, knowledge: Knowledge) -> tuple[Intent, ...]:
    """The intents near one: those it names as related, those that name it, those that cite what it
    cites.
    """
    handbook = knowledge.handbook
    named = [handbook.intent(id) for id in about.related if handbook.has_intent(id)]
    others = [
        i for i in handbook.intents if about.id in i.related or set(i.cites) & set(about.cites)
    ]
    return tuple(i for i in dict.fromkeys((*named, *others)) if i is not about)


def _main(intent: Intent, knowledge: Knowledge) -> Unit:
    return knowledge.handbook.unit(intent.main)


@lru_cache
def _read(listed: tuple[str, ...]) -> tuple[str, ...]:
    """The phrases of a list, as they are compared."""
    return tuple(" ".join(tokenise(phrase)) for phrase in listed)


@lru_cache
def _edges(listed: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The words of the phrases of a list, the longest phrase first."""
    return tuple(sorted(map(tokenise, listed), key=len, reverse=True))


def _is_one_of(words: Sequence[str], listed: tuple[str, ...]) -> bool:
    return (
        process.extractOne(
            " ".join(words), _read(listed), scorer=fuzz.ratio, processor=None, score_cutoff=SAME
        )
        is not None
    )


def _strip(words: Sequence[str], listed: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The words without a listed beginning and a listed end, and whether there was one."""
    left, found = tuple(words), False
    for phrase in _edges(listed):
        if len(left) > len(phrase) and left[: len(phrase)] == phrase:
            left, found = left[len(phrase) :], True
        if len(phrase) > 1 and len(left) > len(phrase) and left[-len(phrase) :] == phrase:
            left, found = left[: -len(phrase)], True
    return left, found


def _filters(words: Sequence[str], knowledge: Knowledge) -> tuple[Fits, ...]:
    """What the message says of whom it asks about: boards, an age group."""
    handbook = knowledge.handbook
    found: list[Fits] = []
    if set(words) & set(handbook.follow_ups["boards"]):
        found.append(lambda intent: _main(intent, knowledge).for_boards)
    ages = ages_in(" ".join(words), handbook)
    if ages:
        found.append(lambda intent: bool(ages & set(_main(intent, knowledge).ages)))
    return tuple(found)


def _closest(
    text: str,
    words: Sequence[str],
    about: Intent,
    last: Answered,
    knowledge: Knowledge,
    widely: bool,
) -> Answered | None:
    """The neighbour (or the same intent once more) that the words fit best, taken together with
    what was asked before; `widely`, any intent.
    """
    filters = _filters(words, knowledge)
    if not filters and _tells_no_more(words, about, knowledge):
        return _take(text, about, about, knowledge)
    alone, together = rank_all(
        (" ".join(words), f"{' '.join(words)} {_MASK.sub(' ', last.question.text)}"),
        knowledge.index,
    )
    scores = {scored.intent: scored.score for scored in alone.scored}
    for scored in together.scored:
        scores[scored.intent] += scored.score
    near = {about.id, *(intent.id for intent in neighbours(about, knowledge))}
    fitting = [i for i in knowledge.handbook.intents if all(fits(i) for fits in filters)]
    close = [i for i in fitting if i.id in near and (filters or i is not about)]
    pool = close or (fitting if widely else [])
    found = max(pool, key=lambda intent: (scores[intent.id], intent.id), default=None)
    best = max(score for intent, score in scores.items() if intent != about.id)
    if found is None or not (filters or widely or scores[found.id] >= NEAR * best):
        return None
    is_first = together.scored[0].intent == found.id
    sure = round(knowledge.calibration.right(together.signals), 3) if is_first else GUESSED
    return _take(text, found, about, knowledge, sure)


def _repeat(
    text: str, about: Intent, near: Sequence[Intent], knowledge: Knowledge
) -> Answered | None:
    return _take(text, about, about, knowledge)


def _take_first(
    text: str,
    about: Intent,
    near: Sequence[Intent],
    knowledge: Knowledge,
    fits: Callable[[Unit], bool],
) -> Answered | None:
    """The first neighbour whose main point fits, else the same intent if its own does."""
    found = next((i for i in (*near, about) if fits(_main(i, knowledge))), None)
    return _take(text, found, about, knowledge) if found else None


def _take(
    text: str, found: Intent, about: Intent, knowledge: Knowledge, confidence: float = 1.0
) -> Answered:
    question = Question(" ".join(text.split()))
    return _mark(show_chosen(question, found.id, knowledge.handbook, confidence), about)


def _offer(
    text: str, about: Intent, near: Sequence[Intent], knowledge: Knowledge
) -> Answered | None:
    if not near:
        return None
    offered = tuple(Candidate(intent, round(1 / len(near), 3)) for intent in near)
    return _mark(choose(Question(" ".join(text.split())), offered), about)


def _mark(answered: Answered, about: Intent) -> Answered:
    """Say what the message was taken to be about."""
    notice = Notice("follow_up", f"Taken as a follow-up to: {about.title}")
    return replace(answered, notices=(notice, *answered.notices), follow_up_of=about)


def _is_case(unit: Unit) -> bool:
    return unit.kind == "case"


def _asks_practitioners(unit: Unit) -> bool:
    return unit.kind == "recommendation" and not unit.for_boards


_LISTED: Mapping[str, Callable[[str, Intent, Sequence[Intent], Knowledge], Answered | None]] = {
    "again": _repeat,
    "more": _offer,
    "example": partial(_take_first, fits=_is_case),
    "action": partial(_take_first, fits=_asks_practitioners),
}
"""What a message that is one of the listed follow-ups asks for."""
