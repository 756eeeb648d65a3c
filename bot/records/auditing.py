"""Note every privileged act: who, when, what, about what."""

from datetime import datetime

from bot.records.entries import Act, new_id
from bot.records.store import Store

TERMINAL = "terminal"
"""Who acts through the command line: whoever may read the database's file."""


def note(store: Store, now: datetime, by: str, did: str, about: str = "") -> None:
    """Keep a privileged act. Raises `RecordsFailed`."""
    store.put(Act(new_id(), now.isoformat(timespec="milliseconds"), by, did, about))
