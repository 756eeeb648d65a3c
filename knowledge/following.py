"""Take a short message as a follow-up of the answer before it, if it does not stand by itself."""

import re
from collections.abc import Callable, Sequence

from knowledge.answering import answer
from knowledge.guidance import Intent
from knowledge.listed import LISTED, is_one_of, strip, take
from knowledge.matching.normalising import stem, tokenise
from knowledge.matching.ranking import is_telling, rank_all
from knowledge.model import Answered, Choice, Outright
from knowledge.noticing import ages_in
from knowledge.opening import Knowledge

LONGEST = 14
"""Words of a follow-up at most; a longer message stands by itself."""
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
    near = knowledge.handbook.neighbours(about)
    for kind, respond in LISTED.items():
        if is_one_of(words, lists[kind]):
            return respond(text, about, near, knowledge)
    rest, corrects = strip(words, lists["corrections"])
    rest, opens = strip(rest, lists["openers"])
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
        return take(text, about, about, knowledge)
    if isinstance(alone.answer, Outright):
        if stands or alone.answer.intent in near:
            return None
        pointed = next((c.intent for c in alone.alternatives if c.intent in near), None)
        return take(text, pointed, about, knowledge, GUESSED) if pointed else None
    if isinstance(alone.answer, Choice):
        for candidate in alone.answer.offered:
            if candidate.intent in near:
                return take(text, candidate.intent, about, knowledge, candidate.confidence)
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


def _filters(words: Sequence[str], knowledge: Knowledge) -> tuple[Fits, ...]:
    """What the message says of whom it asks about: boards, an age group."""
    handbook = knowledge.handbook
    found: list[Fits] = []
    if set(words) & set(handbook.follow_ups["boards"]):
        found.append(lambda intent: handbook.unit(intent.main).for_boards)
    ages = ages_in(" ".join(words), handbook)
    if ages:
        found.append(lambda intent: bool(ages & set(handbook.unit(intent.main).ages)))
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
        return take(text, about, about, knowledge)
    alone, together = rank_all(
        (" ".join(words), f"{' '.join(words)} {_MASK.sub(' ', last.question.text)}"),
        knowledge.index,
    )
    scores = {scored.intent: scored.score for scored in alone.scored}
    for scored in together.scored:
        scores[scored.intent] += scored.score
    near = {about.id, *(intent.id for intent in knowledge.handbook.neighbours(about))}
    fitting = [i for i in knowledge.handbook.intents if all(fits(i) for fits in filters)]
    close = [i for i in fitting if i.id in near and (filters or i is not about)]
    pool = close or (fitting if widely else [])
    found = max(pool, key=lambda intent: (scores[intent.id], intent.id), default=None)
    best = max(score for intent, score in scores.items() if intent != about.id)
    if found is None or not (filters or widely or scores[found.id] >= NEAR * best):
        return None
    is_first = together.scored[0].intent == found.id
    sure = round(knowledge.calibration.right(together.signals), 3) if is_first else GUESSED
    return take(text, found, about, knowledge, sure)
