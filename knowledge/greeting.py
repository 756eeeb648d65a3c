"""Take a short message for small talk, by its words."""

from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process, utils

from knowledge.guidance import SmallTalkReply
from knowledge.matching.normalising import tokenise

SAME = 90
"""RapidFuzz's plain ratio from which a short message is taken for small talk; `hello` against
`helo` is 89 to 91.
"""
SHORT = 6
"""Small talk has at most this many words."""


def small_talk(text: str, replies: tuple[SmallTalkReply, ...]) -> SmallTalkReply | None:
    """The reply to a message that is one of the listed wordings, or a slip away from one."""
    if len(tokenise(text)) > SHORT:
        return None
    by_wording = _by_wording(replies)
    found = process.extractOne(
        utils.default_process(text), by_wording.keys(), scorer=fuzz.ratio, score_cutoff=SAME
    )
    return by_wording[found[0]] if found else None


@lru_cache(maxsize=4)
def _by_wording(replies: tuple[SmallTalkReply, ...]) -> Mapping[str, SmallTalkReply]:
    return {utils.default_process(asked): reply for reply in replies for asked in reply.asked}
