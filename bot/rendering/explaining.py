"""Say in plain words why an answer was given."""

from typing import assert_never

from knowledge.model import (
    Answered,
    Choice,
    Evidence,
    Guidance,
    Maintenance,
    NotCovered,
    Outright,
    SmallTalk,
    Withdrawn,
)

_STRENGTHS = (
    (0.99, "the same"),
    (0.75, "very like it"),
    (0.5, "like it"),
    (0.25, "a little like it"),
    (0.0, "hardly like it"),
)
"""How a likeness is said, from how much on."""
WORDS = 6
"""Words that counted, and words that were mended, are listed up to so many."""


def explain(answered: Answered) -> tuple[str, ...]:
    """What was compared, what counted, what was mended, how sure it is and what came second."""
    match answered.answer:
        case SmallTalk():
            return ("I took your message for small talk, by its words.",)
        case Guidance(confidence=confidence):
            outcome = f"I am {in_100(confidence)} sure that this is the answer you want."
        case Withdrawn():
            outcome = "What you asked about is known, and was withdrawn."
        case Maintenance():
            return ("The bot rests, so your question was not looked up.",)
        case Choice():
            outcome = "I was not sure enough to answer, so I asked back."
        case NotCovered():
            outcome = "Nothing that I know was like your question enough to offer it."
        case other:
            assert_never(other)
    if answered.evidence is None:
        return _without_evidence(answered) or (outcome,)
    return (outcome, *_evidence(answered.evidence))


def _without_evidence(answered: Answered) -> tuple[str, ...]:
    if answered.follow_up_of:
        return (f"I took it to go on from “{answered.follow_up_of.title}”.",)
    return ("You picked it yourself.",) if isinstance(answered.answer, Outright) else ()


def _evidence(evidence: Evidence) -> tuple[str, ...]:
    strength = next(words for least, words in _STRENGTHS if evidence.likeness >= least)
    lines = [f"The closest question that I know: “{evidence.phrase}”. Yours is {strength}."]
    if evidence.words:
        lines.append(f"Words that counted: {', '.join(evidence.words[:WORDS])}.")
    if evidence.repaired:
        repaired = tuple(dict.fromkeys(evidence.repaired))[:WORDS]
        read = (f"“{typed}” as “{meant}”" for typed, meant in repaired)
        lines.append(f"I read {', '.join(read)}.")
    if runner_up := evidence.runner_up:
        sure = in_100(runner_up.confidence)
        lines.append(f"Next best: “{runner_up.intent.title}”, {sure}.")
    how = "words and meaning" if evidence.tier == "semantic" else "words alone"
    return (*lines, f"I compared by {how}.")


def in_100(probability: float) -> str:
    """A probability in words. Nothing is certain, and nothing impossible."""
    if probability < 0.01 or probability > 0.99:
        return "under 1 in 100" if probability < 0.5 else "over 99 in 100"
    return f"{round(100 * probability)} in 100"
