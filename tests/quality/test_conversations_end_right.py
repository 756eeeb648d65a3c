"""How often a conversation with a follow-up ends at the right place."""

from pathlib import Path
from typing import Any

import yaml

from knowledge.conversing import reply
from knowledge.model import Answered, Guidance
from knowledge.opening import Knowledge

CONVERSATIONS = Path(__file__).parents[1] / "corpora" / "conversations.yaml"
RIGHT_AT_LEAST = 0.85


def _ends_right(conversation: dict[str, Any], knowledge: Knowledge) -> bool:
    last: Answered | None = None
    for turn in conversation["turns"]:
        last = reply(turn, knowledge, last)
    assert last is not None
    given = [one.answer for one in (last, *last.also)]
    main = {answer.points[0].id for answer in given if isinstance(answer, Guidance)}
    return not main.isdisjoint(conversation["units"])


def test_most_conversations_end_right(knowledge: Knowledge) -> None:
    conversations = yaml.safe_load(CONVERSATIONS.read_text(encoding="utf-8"))
    wrong = [c["turns"] for c in conversations if not _ends_right(c, knowledge)]
    assert len(wrong) <= (1 - RIGHT_AT_LEAST) * len(conversations), wrong
