"""Let in who is on the list. Closed by default."""

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot.context import Context
from bot.rendering.html import text_reply
from handlers.replying import send

STRANGER = (
    "This bot is for invited people. Your user id is {id}: send it to whoever runs the bot and "
    "ask to be let in."
)


async def admit(update: Update, context: Context) -> None:
    """Any update: let a person or a chat on the list pass; tell a stranger its id and whom to ask,
    and nothing else.
    """
    settings = context.services.settings
    user, chat = update.effective_user, update.effective_chat
    if (user and user.id in settings.allowed_users) or (chat and chat.id in settings.allowed_chats):
        return
    if update.callback_query:
        await update.callback_query.answer("You are not on this bot's list.")
    elif user and chat and chat.type == chat.PRIVATE and update.message:
        await send(text_reply(STRANGER.format(id=user.id)), update)
    raise ApplicationHandlerStop
