"""What a person may do. Who is on no list has no role."""

from enum import StrEnum

from bot.settings import Settings


class Role(StrEnum):
    """What somebody is to the bot."""

    SUPERVISOR = "supervisor"
    MAINTAINER = "maintainer"
    OPERATOR = "operator"


NOBODY: frozenset[Role] = frozenset()
KEEPERS = frozenset({Role.MAINTAINER, Role.OPERATOR})
"""Those who look after the content."""


def roles_of(user: int, settings: Settings) -> frozenset[Role]:
    """The roles of a person, by the lists of the settings."""
    lists = {
        Role.SUPERVISOR: settings.supervisors,
        Role.MAINTAINER: settings.maintainers,
        Role.OPERATOR: settings.operators,
    }
    return frozenset(role for role, listed in lists.items() if user in listed)
