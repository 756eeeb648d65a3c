"""Judge whether conversations with a follow-up end where they should."""

from knowledge.conversing import reply
from knowledge.matching.building import Progress, silent
from knowledge.model import Answered, Guidance
from knowledge.opening import Knowledge
from knowledge.quality.corpora import Conversation, conversations
from knowledge.quality.suites.verdicts import Verdict, tell

SUITE = "conversations with a follow-up"


def judge_conversations(knowledge: Knowledge, progress: Progress = silent) -> tuple[Verdict, ...]:
    """The verdict on each conversation."""
    found = []
    for done, one in enumerate(all_ := conversations(), 1):
        found.append(_judge(one, knowledge))
        progress("conversing", done, len(all_))
    return tuple(found)


def _judge(conversation: Conversation, knowledge: Knowledge) -> Verdict:
    last: Answered | None = None
    for turn in conversation.turns:
        last = reply(turn, knowledge, last)
    assert last
    given = [one.answer for one in (last, *last.also)]
    main = {answer.points[0].id for answer in given if isinstance(answer, Guidance)}
    wanted = " or ".join(sorted(conversation.units))
    right = not main.isdisjoint(conversation.units)
    return Verdict(SUITE, " / ".join(conversation.turns), wanted, tell(last), right)
