"""What the bot listens for, in the order in which it is asked. The table of contents of the
conversation.
"""

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.application import Conversation, Handlers, Where
from handlers import admission, buttons, groups, inline, questions
from handlers.commands import COMMANDS, unknown
from handlers.errors import on_error
from handlers.introducing import introduce
from handlers.privileged import guarded
from handlers.replying import announce

_IN = {Where.PRIVATE: filters.ChatType.PRIVATE, Where.GROUP: filters.ChatType.GROUPS}
_NEW = filters.UpdateType.MESSAGE
_COMMAND = r"^/[A-Za-z]\w*(@\w+)?$"
"""A word like a command by itself; with more behind it, it is rather a question."""

HANDLERS: Handlers = (
    # first of all: what holds now; a group that is not allowed, and what a bot wrote, ends here
    (TypeHandler(Update, admission.look),),
    (TypeHandler(Update, groups.keep_manners),),
    # a stranger gets no further than this
    (TypeHandler(Update, admission.admit),),
    # after strangers, who are told the same each time
    (TypeHandler(Update, admission.slow_down),),
    (
        # commands before questions: a command is text too
        *(
            CommandHandler(command.name, guarded(command), _NEW & _IN[where])
            for command in COMMANDS
            for where in command.where
        ),
        MessageHandler(filters.ChatType.PRIVATE & _NEW & filters.Regex(_COMMAND), unknown),
        CallbackQueryHandler(buttons.press),
        InlineQueryHandler(inline.ask_inline),
        ChosenInlineResultHandler(inline.posted),
        MessageHandler(
            filters.ChatType.PRIVATE & _NEW & (filters.TEXT | filters.CAPTION), questions.ask
        ),
        # in a group only what is said to the bot
        MessageHandler(
            filters.ChatType.GROUPS & _NEW & (filters.TEXT | filters.CAPTION) & ~filters.COMMAND,
            questions.ask_if_replied_to,
        ),
        MessageHandler(
            filters.UpdateType.EDITED_MESSAGE & (filters.TEXT | filters.CAPTION), questions.edited
        ),
        # what is left of a private chat: pictures, voices, files
        MessageHandler(
            filters.ChatType.PRIVATE & _NEW & ~filters.StatusUpdate.ALL, questions.unreadable
        ),
    ),
)
CONVERSATION = Conversation(HANDLERS, COMMANDS, on_error, announce, introduce)

__all__ = ["CONVERSATION"]
