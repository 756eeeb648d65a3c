"""What was sent before an update failed is not sent again when it is tried once more."""

from pathlib import Path

from bot.running import Handling
from bot.settings import Settings
from knowledge.opening import Knowledge
from tests.bot.questions import CHALLENGE, MISSED
from tests.handlers.chatting import FRIENDS, TOKEN, Chat

TWO = f"{CHALLENGE} and {MISSED}"


async def test_the_first_of_two_answers_is_not_sent_twice_because_the_second_failed(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    settings = Settings(token=TOKEN, allowed_users=FRIENDS, database=tmp_path / "records.sqlite")
    async with Chat(knowledge, settings=settings) as chat:
        await chat.says(TWO)
        whole = chat.heard
        assert len(whole) == 2
        chat.telegram.messages.clear()
        handling = Handling(chat.application)
        update = chat.made(message=chat._message(TWO)).to_dict()
        chat.telegram.accept("sendMessage")
        chat.telegram.refuse("sendMessage", 400, "Bad Request: who knows")
        assert await handling.handle(update, False)
        assert chat.heard == whole[:1]
        chat._failures.clear()
        assert await handling.handle(update, False) is None
        assert chat.heard == whole
