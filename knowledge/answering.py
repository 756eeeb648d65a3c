"""Decide what is answered: guidance, a choice, or that it is not covered. The only place that
decides.
"""

from collections.abc import Iterator
from dataclasses import replace

from knowledge.greeting import small_talk
from knowledge.guidance import Intent, Route
from knowledge.handbook import Handbook
from knowledge.matching.normalising import LONGEST, clean
from knowledge.matching.ranking import Ranking, is_telling, rank, rank_all, says
from knowledge.model import (
    Answer,
    Answered,
    Candidate,
    Choice,
    Evidence,
    Guidance,
    NotCovered,
    Notice,
    Outright,
    Question,
    SmallTalk,
    Withdrawn,
)
from knowledge.noticing import around
from knowledge.opening import Knowledge
from knowledge.splitting import passages, split

OFFERED = 4
"""Intents in a choice, at most: what a thumb can scan."""
WORTH_OFFERING = 0.15
"""An intent is offered only where its score is at least this share of the best one's."""
ALTERNATIVES = 3
STORY = 60
"""Words from which a message is a story: what is asked may stand in any passage of it."""
BORNE_OUT = 0.7
"""How sure a passage has to be to bear a story out: set by hand on 54 stories, ten not covered."""
FEW_WORDS = 3
"""Words of a message, at most, that may be no more than a topic."""
SAME = 0.8
"""Likeness from which a word or two are those of a known message that is not covered."""
CLOSE = 0.5
"""Likeness from which a question is taken to be of the kind of a known one that is not covered."""


def answer(text: str, knowledge: Knowledge) -> Answered:
    """Answer the plain text of one message of any length, by itself; remembered for a while."""
    return knowledge.recent.find(text, lambda text: _answer(text, knowledge))


def _answer(text: str, knowledge: Knowledge) -> Answered:
    question = Question(" ".join(clean(text).split()))
    if reply := small_talk(question.text, knowledge.handbook.small_talk):
        return Answered(question, SmallTalk(reply))
    ranking = rank(question.text, knowledge.index)
    if _is_known(ranking, knowledge):
        return _decide(question, ranking, knowledge)
    if len(ranking.reading.tokens) > STORY:
        return _decide(question, ranking, knowledge, _is_borne_out(ranking, question, knowledge))
    whole = _decide(question, ranking, knowledge)
    if several := _answer_parts(text, whole, knowledge):
        return replace(several[0], question=question, also=several[1:])
    return whole


def _is_known(ranking: Ranking, knowledge: Knowledge) -> bool:
    """Whether a message is a known phrase, word for word: then it is neither cut up nor doubted."""
    return " ".join(ranking.reading.tokens) in knowledge.index.exact


def _is_borne_out(ranking: Ranking, question: Question, knowledge: Knowledge) -> bool:
    """Whether some passage of a story, read by itself, points where the whole does.

    A long text is a little like everything, so that its whole alone proves little.
    """
    found = (rank(passage, knowledge.index) for passage in passages(question.text))
    return any(
        passage.scored[0].intent == ranking.scored[0].intent
        and knowledge.calibration.right(passage.signals) >= BORNE_OUT
        for passage in found
    )


def _answer_parts(text: str, whole: Answered, knowledge: Knowledge) -> tuple[Answered, ...]:
    """The answers to the questions of a message that asks more than one; empty where it does not.

    Each part has to be answered outright but for one that may be a choice, and all differently.
    Where the whole message is answered outright, and by no part of it so, it is one question that
    is told in several sentences; else what answers the whole comes first.
    """
    answers: dict[str, Answered] = {}
    parts = split(text[:LONGEST])
    for part, ranking in zip(parts, rank_all(parts, knowledge.index), strict=True):
        found = _decide(Question(clean(part)), ranking, knowledge)
        if isinstance(found.answer, Outright):
            answers.setdefault(found.answer.intent.id, found)
        elif isinstance(found.answer, Choice):
            answers.setdefault("a choice", found)
    about = whole.answer.intent.id if isinstance(whole.answer, Outright) else ""
    if len(answers) < 2 or (about and about not in answers):
        return ()
    order = sorted(answers, key=lambda id: (id != about, isinstance(answers[id].answer, Choice)))
    return tuple(answers[id] for id in order)


def show(intent: Intent, handbook: Handbook, confidence: float = 1.0) -> Outright:
    """The guidance of an intent, as when it was chosen; that it was withdrawn, if its main point
    was.
    """
    main = handbook.unit(intent.main)
    if withdrawal := handbook.withdrawal(main.id):
        return Withdrawn(intent, main, withdrawal, tuple(_standing(intent, handbook)))
    return Guidance(intent, handbook.version(intent), handbook.points(intent), confidence)


def _standing(about: Intent, handbook: Handbook) -> Iterator[Intent]:
    """The intents related to one that are still answered."""
    for id in about.related:
        if handbook.has_intent(id) and not handbook.withdrawal(handbook.intent(id).main):
            yield handbook.intent(id)


def show_chosen(
    question: Question, intent: str, handbook: Handbook, confidence: float = 1.0
) -> Answered:
    """The answer that a person picked, or that a follow-up led to."""
    shown = show(handbook.intent(intent), handbook, confidence)
    return Answered(question, shown, notices=_around(question, shown, handbook))


def _around(question: Question, shown: Outright, handbook: Handbook) -> tuple[Notice, ...]:
    return around(question, shown, handbook) if isinstance(shown, Guidance) else ()


def choose(question: Question, offered: tuple[Candidate, ...]) -> Answered:
    """A choice of at most `OFFERED` of the candidates, the first ones."""
    return Answered(question, Choice(offered[:OFFERED]), alternatives=offered[:OFFERED])


def _decide(
    question: Question, ranking: Ranking, knowledge: Knowledge, may_answer: bool = True
) -> Answered:
    handbook, calibration = knowledge.handbook, knowledge.calibration
    candidates = _candidates(ranking, knowledge)
    right = candidates[0].confidence
    offered = tuple(
        candidate
        for candidate, scored in zip(candidates, ranking.scored, strict=False)
        if scored.score >= WORTH_OFFERING * ranking.signals.top
    )[:OFFERED]
    result: Answer
    notices: tuple[Notice, ...] = ()
    known = _is_known(ranking, knowledge)
    if ranking.evidence is None or not (ranking.evidence.words or known):
        result = NotCovered(_route(ranking, handbook))
    elif right >= knowledge.answer_at and may_answer:
        result = show(candidates[0].intent, handbook, right)
        notices = _around(question, result, handbook)
    elif calibration.covered(ranking.signals) >= calibration.offer_at and offered:
        result = Choice(offered)
    elif said := _offer_by_words(ranking, candidates, knowledge):
        result, offered = Choice(said), said
    else:
        result = NotCovered(_route(ranking, handbook))
    others = candidates[1:] if isinstance(result, Outright) else candidates
    return Answered(
        question,
        result,
        alternatives=offered if isinstance(result, Choice) else others[:ALTERNATIVES],
        evidence=_evidence(ranking, candidates, knowledge),
        notices=notices,
    )


def _offer_by_words(
    ranking: Ranking, candidates: tuple[Candidate, ...], knowledge: Knowledge
) -> tuple[Candidate, ...]:
    """For a word or two that the reports do speak of: the intents whose phrases have them."""
    telling = [word for word in ranking.reading.tokens if is_telling(word)]
    few = len(ranking.reading.tokens) <= FEW_WORDS and any(map(str.isalpha, telling))
    if not few or ranking.none_likeness >= SAME:
        return ()
    return tuple(
        candidate
        for candidate in candidates[:OFFERED]
        if says(candidate.intent.id, telling, knowledge.index)
    )


def closest(text: str, knowledge: Knowledge) -> tuple[Candidate, ...]:
    """The intents that are closest to a plain text, whatever is answered: at most `ALTERNATIVES`,
    none surer than the one before it.
    """
    return _candidates(rank(text, knowledge.index), knowledge)[:ALTERNATIVES]


def _candidates(ranking: Ranking, knowledge: Knowledge) -> tuple[Candidate, ...]:
    """The best intents with their confidence: the first one's is calibrated, the rest share what is
    left by their scores, and none is surer than the first.
    """
    first = round(knowledge.calibration.right(ranking.signals), 3)
    rest = ranking.scored[1 : OFFERED + 2]
    total = sum(max(scored.score, 0.0) for scored in ranking.scored[1:]) or 1.0
    shares = (min(first, round((1 - first) * max(s.score, 0.0) / total, 3)) for s in rest)
    return tuple(
        Candidate(knowledge.handbook.intent(scored.intent), share)
        for scored, share in zip((ranking.scored[0], *rest), (first, *shares), strict=True)
    )


def _evidence(
    ranking: Ranking, candidates: tuple[Candidate, ...], knowledge: Knowledge
) -> Evidence | None:
    found = ranking.evidence
    if found is None:
        return None
    runner_up = candidates[1] if len(candidates) > 1 else None
    return Evidence(
        found.phrase,
        found.likeness,
        found.words,
        found.repaired,
        runner_up,
        knowledge.index.tier.name,
    )


def _route(ranking: Ranking, handbook: Handbook) -> Route:
    """Where to turn: the route of the closest question known not to be covered, if it is close,
    else the first one.
    """
    if ranking.none_likeness >= CLOSE:
        for route in handbook.routes:
            if ranking.none_phrase in route.asked:
                return route
    return handbook.routes[0]
