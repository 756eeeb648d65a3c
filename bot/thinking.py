"""Answer questions away from the event loop, in threads of their own."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from knowledge.conversing import reply
from knowledge.guidance import Intent
from knowledge.model import Answered, Guidance, NotCovered, Screened, SmallTalk
from knowledge.opening import Knowledge
from knowledge.screening.screening import screen

LONG = 300
"""Characters from which a message takes so long that others would wait for it."""
OFFERED = 8
"""Answers that are offered in any chat, at most."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is offered to somebody who types behind the bot's name."""

    intents: tuple[Intent, ...]
    danger: bool = False
    personal_data: bool = False


AT_ONCE = 16
"""Questions that are thought about at once: what they need of the encoder is read together, and
while it reads others go on.
"""


class Thinker:
    """Answers questions, several at a time."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, "thinking")

    async def reply(self, text: str, knowledge: Knowledge, last: Answered | None) -> Answered:
        """As `knowledge.conversing.reply`."""
        if knowledge.index.encoder is None and len(text) < LONG:
            # without the encoder a thread would only take turns with the event loop
            return reply(text, knowledge, last)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, reply, text, knowledge, last)

    async def find(self, query: str, knowledge: Knowledge) -> Found:
        """The intents that a query may mean, best first; for an empty one, one of each theme; for
        `=<id>`, just that. None while the bot rests. Nothing of a query is remembered.
        """
        handbook, wanted = knowledge.handbook, query.strip()
        if not wanted or (wanted.startswith("=") and handbook.has_intent(wanted[1:])):
            if handbook.standing.maintenance:
                return Found(())
            if wanted:
                return Found((handbook.intent(wanted[1:]),))
            return Found(tuple(_first_of_each_theme(knowledge)))
        # with a memory of its own, which is gone with it
        return _found(await self.reply(query, replace(knowledge), None))

    async def screen(self, text: str, knowledge: Knowledge) -> Screened:
        """As `knowledge.screening.screen`."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, screen, text, knowledge)

    def close(self) -> None:
        """Think no more: what nobody waits for any longer is not begun."""
        self._threads.shutdown(cancel_futures=True)


def _first_of_each_theme(knowledge: Knowledge) -> list[Intent]:
    first: dict[str, Intent] = {}
    handbook = knowledge.handbook
    for intent in handbook.intents:
        if not handbook.withdrawal(intent.main):
            first.setdefault(intent.theme, intent)
    return [first[theme.id] for theme in handbook.themes if theme.id in first]


def _found(answered: Answered) -> Found:
    kinds = {notice.kind for notice in answered.notices}
    intents: list[Intent] = []
    if not isinstance(answered.answer, NotCovered | SmallTalk):
        for one in (answered, *answered.also):
            intents += [one.answer.intent] if isinstance(one.answer, Guidance) else []
            intents += [candidate.intent for candidate in one.alternatives]
    return Found(
        tuple(dict.fromkeys(intents))[:OFFERED],
        "danger" in kinds,
        bool(answered.question.personal_data),
    )
