"""How often a conversation with a follow-up ends at the right place."""

from knowledge.opening import Knowledge
from knowledge.quality.suites.conversing import judge_conversations
from tests.quality.conftest import AsListed

RIGHT_AT_LEAST = 0.85


def test_most_conversations_end_right(knowledge: Knowledge, as_listed: AsListed) -> None:
    found = judge_conversations(knowledge)
    wrong = [verdict.text for verdict in found if not verdict.right]
    assert len(wrong) <= (1 - RIGHT_AT_LEAST) * len(found), wrong
    assert as_listed(found)
