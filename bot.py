"""The safeguarding lessons bot: `python bot.py [command]`. Composes the three packages."""

import os

# a question's small matrix products are quicker on one thread; read when NumPy is imported
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bot.cli import main
from bot.settings import Settings


def start_telegram(settings: Settings) -> None:
    """Answer on Telegram until stopped. Telegram is imported here: nothing else needs it."""
    from bot.application import build_application, run
    from bot.cli.opening import open_from
    from handlers import COMMANDS, HANDLERS, on_error

    application = build_application(settings, open_from(settings), HANDLERS, COMMANDS, on_error)
    run(application, settings)


if __name__ == "__main__":
    main(start_telegram)
