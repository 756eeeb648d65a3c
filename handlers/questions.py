"""Answer questions."""

from telegram import Message, Update

from bot.context import Context
from bot.remembering import restore
from bot.rendering.html import Reply, text_reply, to_replies
from handlers.askers import place
from handlers.groups import replied_to
from handlers.history import keep, recall
from handlers.replying import send, send_instead
from knowledge.model import Answered

UNREADABLE = (
    "I read text, and the words under a picture. I cannot hear, see or open anything else: please "
    "type your question."
)
ASK_WHAT = "Write your question behind it: /ask do missed appointments matter"


async def ask(update: Update, context: Context) -> None:
    """A text in a private chat, or the words under a picture; in a group, a reply to the bot:
    answer it.
    """
    if message := update.message:
        await _answer(message.text or message.caption or "", message, update, context)


async def ask_if_replied_to(update: Update, context: Context) -> None:
    """A message in a group: answer it if it is a reply to the bot."""
    replied = replied_to(update.message) if update.message else None
    if replied and replied.from_user and replied.from_user.id == context.bot.id:
        await ask(update, context)


async def ask_command(update: Update, context: Context) -> None:
    """``/ask …``: answer it; in reply to somebody's message, answer to that message, and without
    words what stands there.
    """
    message = update.message
    if message is None:
        return
    words = question_of(message)
    about = replied_to(message)
    if about and context.bot.id in _writers(about):
        about = None
    if not words and about:
        words = question_of(about)
    if words:
        await _answer(words, about or message, update, context)
    else:
        await send(text_reply(ASK_WHAT), update)


def _writers(message: Message) -> tuple[int, ...]:
    """Who sent a message, and the bot by way of which it was sent."""
    return tuple(who.id for who in (message.from_user, message.via_bot) if who)


def question_of(message: Message) -> str:
    """What a message asks: of /ask the words behind it, of /start and the bot's own nothing."""
    text = message.text or message.caption or ""
    if message.from_user and message.from_user.id == message.get_bot().id:
        return ""
    command, *words = text.split(None, 1) or [""]
    match command.partition("@")[0].lower():
        case "/ask":
            return "".join(words)
        case "/start":
            return ""
        case _:
            return text


async def edited(update: Update, context: Context) -> None:
    """A question that was answered in the last day, changed: so is its answer. It is answered as
    if it had been asked so in its place.
    """
    message = update.edited_message
    text = question_of(message) if message else ""
    if message is None or not text:
        return
    given = await context.services.last_answers.asked_in(message.chat_id, message.message_id)
    if given is None:
        return
    before = restore(given.before, context.handbook)
    answered = await context.services.thinker.reply(text, context.knowledge, before)
    known = await recall(update, context)
    replies = _replies(answered, known.works_in, update, context)
    answered_in = await send_instead(given.messages, replies, update)
    await keep(answered, update, context, answered_in, given)


async def unreadable(update: Update, context: Context) -> None:
    """A picture, a voice message or a file without words: say what can be read, once an album."""
    message = update.message
    if message is None:
        return
    album, albums = message.media_group_id, context.services.albums
    if album is None or not albums.get(album):
        await send(text_reply(UNREADABLE), update)
    if album:
        albums[album] = True


async def _answer(text: str, to: Message, update: Update, context: Context) -> None:
    if album := to.media_group_id:
        context.services.albums[album] = True
    known = await recall(update, context)
    answered = await context.services.thinker.reply(text, context.knowledge, known.last)
    replies = _replies(answered, known.works_in, update, context)
    answered_in = await send(replies, update, to.message_id)
    await keep(answered, update, context, answered_in)


def _replies(
    answered: Answered, works_in: str, update: Update, context: Context
) -> tuple[Reply, ...]:
    """The messages that an answer takes."""
    where = place(update, context, works_in)
    return tuple(
        reply
        for one in (answered, *answered.also)
        for reply in to_replies(one, context.handbook, where)
    )
