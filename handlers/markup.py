"""Turn buttons into those of Telegram."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.rendering.buttons import Button, Rows


def to_markup(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram takes them; None for none."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    if button.query:
        return InlineKeyboardButton(button.label, switch_inline_query=button.query)
    return InlineKeyboardButton(button.label, callback_data=button.action)
