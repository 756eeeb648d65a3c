"""Turn an answer into the JSON that other programs rely on: every key is always there."""

from typing import Any

from bot.rendering.outline import outline
from knowledge.guidance import Unit
from knowledge.handbook import Handbook
from knowledge.model import Answered, Candidate, Guidance, confidence, outcome


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
