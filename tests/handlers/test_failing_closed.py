"""Where something fails on the way in, nobody gets further for it."""

import pytest
from telegram.error import BadRequest, NetworkError

from knowledge.opening import Knowledge
from tests.bot.questions import MISSED
from tests.handlers.chatting import FRIEND, Chat


@pytest.mark.parametrize(
    ("code", "error", "times"),
    # a person whose message is refused is told that something went wrong, which is refused too
    [(400, BadRequest, 2), (502, NetworkError, 1)],
    ids=["refused", "network"],
)
async def test_a_stranger_who_cannot_be_told_so_is_not_answered_instead(
    knowledge: Knowledge, code: int, error: type[Exception], times: int
) -> None:
    async with Chat(knowledge, FRIEND + 1) as stranger:
        for _ in range(times):
            stranger.telegram.refuse("sendMessage", code, "anything else")
        with pytest.raises(error):
            await stranger.says(MISSED)
        assert stranger.heard == ()
        await stranger.says(MISSED)
        assert [said.split(".")[0] for said in stranger.heard] == ["This bot is for invited people"]
