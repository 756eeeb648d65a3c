"""The commands. One table feeds the registration, `/help` and Telegram's menus."""

from telegram import Update

from bot.access.roles import NOBODY, roles_of
from bot.application import Command, Where
from bot.context import Context
from bot.links import NO_LONGER, SHARED, opened
from bot.rendering.browsing import unit_in_words
from bot.rendering.explaining import explain
from bot.rendering.html import text_replies, text_reply
from handlers import browsing, questions, yours
from handlers.buttons import show
from handlers.groups import help_in_group
from handlers.privileged import PRIVILEGED
from handlers.replying import send
from knowledge.conversing import pick

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
UNKNOWN = "I know no such command. /help lists them; or type your question."
NO_ANSWER_YET = "Ask something first: there is no answer yet, or I no longer hold it."


async def start(update: Update, context: Context) -> None:
    """/start: say what this is and what it is not; with a link's parameter, open its answer."""
    parameter = " ".join(context.args or [])
    opens = opened(parameter, context.handbook, context.records.pseudonyms)
    if opens and opens.unit:
        await send(unit_in_words(opens.unit, context.handbook), update)
    elif opens:
        await show(pick(opens.intent, context.knowledge), update, context)
    else:
        if parameter.startswith(SHARED):
            await send(text_reply(NO_LONGER), update)
        await send(text_reply(WELCOME), update)


async def help_(update: Update, context: Context) -> None:
    """/help: say what can be asked, and list the commands that the asker may give."""
    chat, user = update.effective_chat, update.effective_user
    if chat and chat.type != chat.PRIVATE:
        await help_in_group(update, context)
        return
    roles = roles_of(user.id, context.settings) if user else NOBODY
    may = (command for command in COMMANDS if not command.roles or command.roles & roles)
    listed = "\n".join(f"/{command.name}: {command.help}" for command in may)
    await send(text_reply(HELP.format(commands=listed)), update)


async def why(update: Update, context: Context) -> None:
    """/why: say why the last answer was given."""
    chat = update.effective_chat
    last = context.services.last_answers.whole(chat.id) if chat else None
    lines = [("Why this?", *explain(one)) for one in ((last, *last.also) if last else ())]
    said = "\n\n".join("\n".join(one) for one in lines)
    await send(text_replies(said or NO_ANSWER_YET), update)


async def unknown(update: Update, context: Context) -> None:
    """A command that there is not, in a private chat: say so."""
    await send(text_reply(UNKNOWN), update)


_EVERYWHERE = frozenset(Where)
COMMANDS = (
    Command("start", "what this bot is for", start),
    Command("help", "how to ask", help_, where=_EVERYWHERE),
    Command("ask", "ask a question", questions.ask_command, where=_EVERYWHERE),
    Command("topics", "browse by theme, age group or agency", browsing.show_topics),
    Command("sources", "the reports, and how far to rely on each", browsing.show_sources),
    Command("source", "one report and its units of guidance", browsing.show_source),
    Command("why", "why the last answer was given", why),
    Command("role", "say where you work, so that its points come first", browsing.choose_role),
    Command("privacy", "what is kept about you", yours.privacy),
    Command("mydata", "show what is held about you", yours.my_data),
    Command("forgetme", "delete what is held about you", yours.forget_me),
    *PRIVILEGED,
)
