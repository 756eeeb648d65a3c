"""Remember what each chat was last answered, so that a follow-up can go on from it."""

from cachetools import TTLCache

from bot.records.entries import Last
from bot.records.records import Records
from knowledge.answering import choose, show_chosen
from knowledge.handbook import Handbook
from knowledge.model import Answered, Candidate, Outright, Question, offers

MOST = 1024
"""Chats whose last answer is remembered whole; of the rest, what the records hold."""
SECONDS = 86_400.0
"""How long: as long as the records hold it."""


class LastAnswers:
    """The last answers: whole in memory, and in the records so far as going on needs them."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._whole: TTLCache[int, Answered] = TTLCache(MOST, SECONDS)

    def whole(self, chat: int) -> Answered | None:
        """The last answer of a chat with what was thought on the way, if it is in memory still."""
        return self._whole.get(chat)

    async def of(self, chat: int, handbook: Handbook) -> Answered | None:
        """The last answer of a chat."""
        whole = self._whole.get(chat)
        if whole and all(handbook.has_intent(id) for id in _ids(whole)):
            return whole
        nothing: tuple[Last, ...] = ()
        found = await self._records.attempt(
            lambda store: store.find(Last, chat=chat), nothing, reads=True
        )
        return _restore(found[0], handbook) if found else None

    def remember(self, chat: int, answered: Answered) -> None:
        """Remember an answer as the last one of a chat, in memory."""
        self._whole[chat] = answered

    def forget(self, chat: int) -> None:
        """Forget what a chat was answered, in memory."""
        self._whole.pop(chat, None)


def _ids(answered: Answered) -> tuple[str, ...]:
    """The intents that going on from an answer needs."""
    about = (answered.answer.intent,) if isinstance(answered.answer, Outright) else ()
    return tuple(intent.id for intent in (*about, *offers(answered.answer)))


def _restore(last: Last, handbook: Handbook) -> Answered | None:
    """What was answered, as far as it is known: the question was not kept."""
    if handbook.has_intent(last.intent):
        title = handbook.intent(last.intent).title
        return show_chosen(Question(title), last.intent, handbook)
    offered = tuple(
        Candidate(handbook.intent(id), 0.0)
        for id in last.offered.split()
        if handbook.has_intent(id)
    )
    return choose(Question(""), offered) if offered else None
