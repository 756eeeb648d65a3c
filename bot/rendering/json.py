"""Turn an answer into the JSON that other programs rely on: every key is always there."""

from typing import Any, assert_never

from bot.rendering.outline import outline
from knowledge.handbook import Handbook, Unit
from knowledge.model import (
    Answered,
    Candidate,
    Choice,
    Guidance,
    Maintenance,
    NotCovered,
    SmallTalk,
    Withdrawn,
)


def to_json(answered: Answered, handbook: Handbook) -> dict[str, Any]:
    """One answer, with those in `also` nested."""
    guidance = answered.answer if isinstance(answered.answer, Guidance) else None
    evidence = answered.evidence
    return {
        "outcome": outcome(answered),
        "answer": guidance.id if guidance else None,
        "danger": any(notice.kind == "danger" for notice in answered.notices),
        "live_concern": any(notice.kind == "live_concern" for notice in answered.notices),
        "personal_data": list(answered.question.personal_data),
        "question": answered.question.text,
        "intent": guidance.intent.id if guidance else None,
        "confidence": confidence(answered),
        "citations": [citation(unit, handbook) for unit in guidance.points] if guidance else [],
        "alternatives": [_candidate(candidate) for candidate in answered.alternatives],
        "related": list(guidance.intent.related) if guidance else [],
        "notices": [{"kind": notice.kind, "text": notice.text} for notice in answered.notices],
        "evidence": evidence
        and {
            "phrase": evidence.phrase,
            "likeness": evidence.likeness,
            "words": list(evidence.words),
            "repaired": [{"typed": typed, "meant": meant} for typed, meant in evidence.repaired],
            "runner_up": evidence.runner_up
            and {
                "intent": evidence.runner_up.intent.id,
                "confidence": evidence.runner_up.confidence,
            },
            "tier": evidence.tier,
        },
        "follow_up_of": answered.follow_up_of and answered.follow_up_of.id,
        "also": [to_json(other, handbook) for other in answered.also],
        "text": outline(answered, handbook).plain(),
    }


def outcome(answered: Answered) -> str:
    """What came of a question, in the interface's word."""
    match answered.answer:
        case Guidance():
            return "guidance"
        case Choice():
            return "choice"
        case NotCovered():
            return "not_covered"
        case SmallTalk():
            return "small_talk"
        case Withdrawn():
            return "withdrawn"
        case Maintenance():
            return "maintenance"
        case other:
            assert_never(other)


def confidence(answered: Answered) -> float:
    """How sure the first intent is; 1 for small talk, which is matched word for word."""
    match answered.answer:
        case Guidance(confidence=confidence):
            return confidence
        case SmallTalk():
            return 1.0
        case _:
            return answered.alternatives[0].confidence if answered.alternatives else 0.0


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "intent": candidate.intent.id,
        "title": candidate.intent.title,
        "confidence": candidate.confidence,
    }


def citation(unit: Unit, handbook: Handbook) -> dict[str, Any]:
    """A unit with all that is known of where it stands."""
    source = handbook.source_of(unit)
    return {
        "id": unit.id,
        "text": unit.text,
        "kind": unit.kind,
        "addressed_to": list(unit.addressed_to),
        "concerns": list(unit.concerns),
        "ages": list(unit.ages),
        "source": source.slug,
        "title": source.full_title,
        "publisher": source.publisher,
        "year": source.year,
        "period": source.period,
        "locator": unit.locator,
        "via": [source.read_in[via] for via in unit.via],
        "status": source.status,
        "checked": bool(source.checked_by),
        "note": unit.note,
    }
