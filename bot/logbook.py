"""Write the log, a JSON object a line: what happened and where, and never a secret or what a person
wrote.
"""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

_OWN = ("bot", "handlers", "knowledge")
_FINEST = {"httpx": logging.WARNING, "httpcore": logging.WARNING, "telegram": logging.INFO}
"""Libraries log no finer than this: httpx puts each URL at INFO, and the URL holds the token;
telegram puts each update at DEBUG.
"""
_PLACEHOLDER = re.compile(r"%[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]")


class Discreet(logging.Formatter):
    """A line to a record: no traceback, and of a library's record the words that it always says,
    not the values, which may be a person's message or the token.

    What the project itself has to tell beside its fixed words is in `extra={"told": {…}}`.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        own = record.name.partition(".")[0] in _OWN
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage() if own else _PLACEHOLDER.sub("…", str(record.msg)),
        }
        if own:
            line |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def open_logbook(level: str) -> None:
    """Log to standard error from a level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet())
    logging.basicConfig(level=level, handlers=[handler])
    for name, finest in _FINEST.items():
        logging.getLogger(name).setLevel(max(finest, logging.getLevelName(level)))
