"""What every handler is given: the services, typed."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from telegram.ext import Application, CallbackContext, ExtBot, JobQueue

from bot.settings import Settings
from knowledge.handbook import Handbook
from knowledge.model import Answered
from knowledge.opening import Knowledge

_KEY = "services"
_LAST = "last"


@dataclass(frozen=True, slots=True)
class Services:
    """What the handlers need: made once, at start."""

    settings: Settings
    knowledge: Knowledge


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """A callback context that knows the services by name."""

    @property
    def services(self) -> Services:
        """What was installed at start."""
        return self.bot_data[_KEY]  # type: ignore[no-any-return]  # put there by `install`, once

    @property
    def knowledge(self) -> Knowledge:
        """What is known."""
        return self.services.knowledge

    @property
    def handbook(self) -> Handbook:
        """The content of what is known."""
        return self.knowledge.handbook

    @property
    def last(self) -> Answered | None:
        """The last answer of this chat, in memory only: a follow-up or a number goes on from it."""
        return (self.chat_data or {}).get(_LAST)

    @last.setter
    def last(self, answered: Answered) -> None:
        if self.chat_data is not None:
            self.chat_data[_LAST] = answered


App: TypeAlias = Application[
    ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], JobQueue[Context] | None
]


def install(application: App, services: Services) -> None:
    """Put the services where `Context.services` finds them."""
    application.bot_data[_KEY] = services
