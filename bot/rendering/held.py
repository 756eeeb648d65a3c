"""Say what is held about a person, and what was deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

from bot.records.entries import Entry
from bot.records.forgetting import Forgotten

NAMES = {
    "asked": "questions, without their words",
    "unanswered": "questions not answered or sent in",
    "decided": "what maintainers made of your wordings",
    "feedback": "answers found useful or not",
    "last_answers": "answers of the last day",
    "shared": "answers shared in this chat",
    "inbox": "messages waiting to be answered",
    "people": "how you came in, and when you were last here",
}
"""What is in each table, for the person whom it is about."""
SHOWN = 10
"""Entries of a table that are shown one by one; of more, the rest is counted."""


def held_in_words(found: Mapping[str, Sequence[Entry]]) -> str:
    """What is held about the asker."""
    if not any(found.values()):
        return "Nothing is held about you."
    parts = [_table(NAMES[table], entries) for table, entries in found.items() if entries]
    return "\n\n".join(("Held about you:", *parts, "/forgetme deletes it."))


def _table(name: str, entries: Sequence[Entry]) -> str:
    lines = [_entry(entry) for entry in entries[:SHOWN]]
    if len(entries) > SHOWN:
        lines.append(f"and {len(entries) - SHOWN} more")
    return "\n".join((f"{name.capitalize()}: {len(entries)}", *lines))


def _entry(entry: Entry) -> str:
    """An entry's fields that are not empty; what waits in the inbox is not repeated, and a
    maintainer is not named.
    """
    told = {field.name: getattr(entry, field.name) for field in fields(entry)}
    return ", ".join(
        f"{name.replace('_', ' ')} {value}"
        for name, value in told.items()
        if value not in ("", 0) and name not in ("id", "raw", "by")
    )


def forgotten_in_words(found: Forgotten) -> str:
    """What was deleted of the asker's, and that nothing is left."""
    deleted = [f"{NAMES[table]}: {count}" for table, count in found.deleted.items() if count]
    left = [f"{NAMES[table]}: {count}" for table, count in found.left.items() if count]
    lines = (
        ["Deleted:", *deleted] if deleted else ["There was nothing to delete."],
        ["Looked again. Still there:", *left] if left else ["Looked again: nothing is left."],
        [f"Kept for a year, as they are audited: privileged acts ({found.acts})."]
        if found.acts
        else [],
        ["If you came in by an invitation link, you need a new one."]
        if found.deleted.get("people")
        else [],
    )
    return "\n".join(line for part in lines for line in part)
