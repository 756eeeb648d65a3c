"""Tell Telegram what the bot is, and which commands are given where."""

import logging

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot.access.roles import roles_of
from bot.application import Where
from bot.settings import Settings
from handlers.commands import COMMANDS

logger = logging.getLogger(__name__)
SHORT = (
    "Lessons from reviews of serious cases, cited to the paragraph. Not for reporting a concern."
)
LONG = (
    "Ask about safeguarding children in England in your own words. You get what five reports on "
    "serious case reviews found and asked for, cited to the paragraph, with where it stands today. "
    "Not for reporting a concern, and no record. If a child is in danger now, call 999. Please "
    "leave out names."
)


async def introduce(bot: Bot, settings: Settings) -> None:
    """Set the descriptions, and the commands of private chats, of groups, and of each person who
    has a role.
    """
    await bot.set_my_short_description(SHORT)
    await bot.set_my_description(LONG)
    for where, scope in (
        (Where.PRIVATE, BotCommandScopeAllPrivateChats()),
        (Where.GROUP, BotCommandScopeAllGroupChats()),
    ):
        own = [c for c in COMMANDS if where in c.where and not c.roles]
        await bot.set_my_commands([BotCommand(c.name, c.help) for c in own], scope)
    for person in settings.supervisors | settings.maintainers | settings.operators:
        roles = roles_of(person, settings)
        own = [c for c in COMMANDS if Where.PRIVATE in c.where and (not c.roles or c.roles & roles)]
        try:
            menu = [BotCommand(c.name, c.help) for c in own]
            await bot.set_my_commands(menu, BotCommandScopeChat(person))
        except TelegramError as error:  # they have never written to the bot
            told = {"why": type(error).__name__}
            logger.info("a menu is not set", extra={"told": told})
