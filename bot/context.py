"""What every handler is given: the services, typed."""

from typing import Any, TypeAlias

from telegram.ext import Application, CallbackContext, ExtBot, JobQueue

from bot.records.records import Records
from bot.services import Services
from bot.settings import Settings
from knowledge.handbook import Handbook
from knowledge.opening import Knowledge

_KEY = "services"


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """A callback context that knows the services by name."""

    @property
    def services(self) -> Services:
        """What was installed at start."""
        return self.bot_data[_KEY]  # type: ignore[no-any-return]  # put there by `install`, once

    @property
    def settings(self) -> Settings:
        """What the operator decided."""
        return self.services.settings

    @property
    def records(self) -> Records:
        """What is kept."""
        return self.services.records

    @property
    def knowledge(self) -> Knowledge:
        """What is known now."""
        return self.services.live.knowledge

    @property
    def handbook(self) -> Handbook:
        """The content of what is known."""
        return self.knowledge.handbook


App: TypeAlias = Application[
    ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], JobQueue[Context] | None
]


def install(application: App, services: Services) -> None:
    """Put the services where `Context.services` finds them."""
    application.bot_data[_KEY] = services


def installed(application: App) -> Services:
    """The services of an application."""
    return application.bot_data[_KEY]  # type: ignore[no-any-return]  # put there by `install`
