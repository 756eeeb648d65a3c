"""The commands. One table feeds the registration, `/help` and Telegram's menu."""

from telegram import Update

from bot.access.roles import NOBODY, roles_of
from bot.application import Command
from bot.context import Context
from bot.rendering.html import text_reply
from handlers import yours
from handlers.privileged import PRIVILEGED
from handlers.replying import send

WELCOME = (
    "Hello. Ask me about safeguarding children, in your own words. I look for what five reports on "
    "serious case reviews found and asked for, and tell you where it stands.\n\n"
    "This is a pilot: no safeguarding lead has checked the wording yet. The reports are from 2009 "
    "to 2011 and about England. I am not for reporting a concern, and I am not a record. If a "
    "child is in danger now, call 999. Please leave out names."
)
HELP = """\
Type a question, a few words or what is going on. For example:

who should I challenge if concerns aren't addressed?
do missed appointments matter
teenage parents

{commands}"""


async def start(update: Update, context: Context) -> None:
    """/start: say what this is and what it is not."""
    await send(text_reply(WELCOME), update)


async def help_(update: Update, context: Context) -> None:
    """/help: say what can be asked, and list the commands that the asker may give."""
    user = update.effective_user
    roles = roles_of(user.id, context.settings) if user else NOBODY
    may = (command for command in COMMANDS if not command.roles or command.roles & roles)
    listed = "\n".join(f"/{command.name}: {command.help}" for command in may)
    await send(text_reply(HELP.format(commands=listed)), update)


COMMANDS = (
    Command("start", "what this bot is for", start),
    Command("help", "how to ask", help_),
    Command("privacy", "what is kept about you", yours.privacy),
    Command("mydata", "show what is held about you", yours.my_data),
    Command("forgetme", "delete what is held about you", yours.forget_me),
    *PRIVILEGED,
)
