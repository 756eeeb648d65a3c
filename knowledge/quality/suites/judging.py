"""Judge the content by every suite."""

from collections.abc import Collection

from knowledge.matching.building import Progress, silent
from knowledge.opening import Knowledge
from knowledge.quality.suites.alarming import judge_alarms, judge_nations
from knowledge.quality.suites.arriving import judge_checks, judge_not_covered
from knowledge.quality.suites.conversing import judge_conversations
from knowledge.quality.suites.personal import judge_personal
from knowledge.quality.suites.verdicts import Run


def judge(knowledge: Knowledge, progress: Progress = silent) -> Run:
    """Ask everything that judges."""
    intents = [intent.id for intent in knowledge.handbook.intents]
    return Run(
        knowledge.index.tier.name,
        judge_checks(knowledge, intents, progress) + judge_not_covered(knowledge, progress),
        (
            *judge_alarms(knowledge, progress),
            *judge_nations(knowledge),
            *judge_personal(knowledge),
            *judge_conversations(knowledge, progress),
        ),
    )


def judge_intents(
    knowledge: Knowledge, intents: Collection[str], progress: Progress = silent
) -> Run:
    """Ask the checks of some intents only."""
    return Run(knowledge.index.tier.name, judge_checks(knowledge, intents, progress), ())
