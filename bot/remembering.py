"""Remember what each chat was answered of late: a follow-up goes on from the last answer, and a
question that is changed changes its own.
"""

from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given, as far as the records hold it."""

    kept: Last
    before: Last | None
    """The one before it in its chat."""
    is_last: bool

    @property
    def messages(self) -> tuple[int, ...]:
        """The ids of the messages that it took."""
        return _messages(self.kept)


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
        found = await self._kept(chat)
        return restore(found[-1], handbook) if found else None

    async def asked_in(self, chat: int, message: int) -> Given | None:
        """What the question in a message was answered; None where that is not known (any more)."""
        return _given(await self._kept(chat), lambda one: one.asked_in == message)

    async def answered_in(self, chat: int, message: int) -> Given | None:
        """The answer of which a message is a part; None where that is not known (any more)."""
        return _given(await self._kept(chat), lambda one: message in _messages(one))

    async def _kept(self, chat: int) -> tuple[Last, ...]:
        """The answers of a chat that the records hold, the earliest first."""
        nothing: tuple[Last, ...] = ()
        return await self._records.attempt(
            lambda store: store.find(Last, chat=chat), nothing, reads=True
        )

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


def _messages(kept: Last) -> tuple[int, ...]:
    return (kept.answered_in, *map(int, kept.further.split()))


def _given(kept: tuple[Last, ...], fits: Callable[[Last], bool]) -> Given | None:
    for at, one in enumerate(kept):
        if fits(one):
            return Given(one, kept[at - 1] if at else None, at + 1 == len(kept))
    return None


def restore(last: Last | None, handbook: Handbook) -> Answered | None:
    """What was answered, as far as it is known: the question was not kept. None where one cannot
    go on from it.
    """
    if last is None:
        return None
    if handbook.has_intent(last.intent):
        title = handbook.intent(last.intent).title
        return show_chosen(Question(title), last.intent, handbook)
    offered = tuple(
        Candidate(handbook.intent(id), 0.0)
        for id in last.offered.split()
        if handbook.has_intent(id)
    )
    return choose(Question(""), offered) if offered else None
