"""The privacy notice, generated from what the running bot is set to do."""

from bot.records.retention import YEAR
from bot.settings import Settings


def privacy_notice(settings: Settings) -> tuple[str, ...]:
    """The notice, a paragraph each."""
    days = settings.retention_days
    words = (
        "The words of a question that was not answered are kept too, where no personal data is "
        "seen in them."
        if settings.keep_question_text
        else "The words of your questions are not kept."
    )
    return (
        "This bot answers from published reports. It is no record, and not for reporting a "
        "concern. Please leave out names and details of a case.",
        "What you write goes through Telegram. Chats with bots are not end-to-end encrypted: "
        "Telegram can read them, and keeps them by its own rules. Your organisation may bar "
        "Telegram for information about people; follow its policy.",
        f"Of each question the bot keeps for {_days(days)}: the day, which answer was given, how "
        f"sure it was, the kind of chat, and a pseudonym in the place of your name. {words}",
        "Until your message is answered, and 24 hours at most, it waits in the bot's database. "
        "Which answers you had is kept for a day, so that you can ask further or change a "
        "question.",
        "If you say whether an answer was useful, that is kept as long. If you send a wording to "
        "the maintainers, they see it without your name, and with personal data masked. What they "
        "accept of it is kept as long again, without a tie to you, and may teach the bot.",
        f"Kept up to {_days(YEAR)}: your user id with the day on which you came and were last "
        "here, where you work if you said so with /role, and where an answer was shared, so that "
        "it can be corrected.",
        "/mydata shows what is held about you. /forgetme deletes it. Backups are deleted by "
        "whoever runs the bot, by their own rules.",
        "Nothing is sent to anybody but Telegram. No answer is generated: no AI service sees your "
        "question.",
        "Whoever runs this bot for your organisation is responsible for it. Ask them who is the "
        "controller of the data, and for their own notice.",
    )


def _days(days: int) -> str:
    if days == YEAR:
        return "a year"
    return "a day" if days == 1 else f"{days} days"
