"""The safeguarding lessons bot: `python bot.py [command]`. Composes the three packages."""

import os
from functools import partial

# a question's small matrix products are quicker on one thread; read when NumPy is imported
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bot.cli import main
from bot.settings import Settings


def start_telegram(settings: Settings) -> None:
    """Answer on Telegram until stopped. Telegram is imported here: nothing else needs it."""
    from bot.application import build_application
    from bot.cli.opening import load_from
    from bot.encoding import apart
    from bot.running import run
    from handlers import CONVERSATION

    load = apart(partial(load_from, settings))
    application = build_application(settings, load, CONVERSATION)
    run(application, settings)


if __name__ == "__main__":
    main(start_telegram)
