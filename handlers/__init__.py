"""What the bot listens for, in the order in which it is asked. The table of contents of the
conversation.
"""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, TypeHandler, filters

from bot.application import Conversation, Handlers
from handlers import admission, buttons, questions
from handlers.commands import COMMANDS
from handlers.errors import on_error
from handlers.privileged import guarded
from handlers.replying import announce

HANDLERS: Handlers = (
    # first of all: a stranger gets no further than this
    (TypeHandler(Update, admission.admit),),
    # before anything is answered, and after strangers, who are told the same each time
    (TypeHandler(Update, admission.slow_down),),
    (
        # commands before questions: a command is text too
        *(
            CommandHandler(command.name, guarded(command), filters.ChatType.PRIVATE)
            for command in COMMANDS
        ),
        CallbackQueryHandler(buttons.press),
        # an edited message is left alone: its answer stands
        MessageHandler(
            filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.TEXT, questions.ask
        ),
    ),
)

CONVERSATION = Conversation(HANDLERS, COMMANDS, on_error, announce)

__all__ = ["CONVERSATION"]
