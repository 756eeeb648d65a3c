"""What the bot listens for, in the order in which it is asked. The table of contents of the
conversation.
"""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, TypeHandler, filters

from bot.application import Handlers
from handlers import admission, buttons, questions
from handlers.commands import COMMANDS
from handlers.errors import on_error

HANDLERS: Handlers = (
    # first of all: a stranger gets no further than this
    (TypeHandler(Update, admission.admit),),
    (
        # commands before questions: a command is text too
        *(
            CommandHandler(command.name, command.do, filters.ChatType.PRIVATE)
            for command in COMMANDS
        ),
        CallbackQueryHandler(buttons.press),
        # an edited message is left alone: its answer stands
        MessageHandler(
            filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.TEXT, questions.ask
        ),
    ),
)

__all__ = ["COMMANDS", "HANDLERS", "on_error"]
