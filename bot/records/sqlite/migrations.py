"""How the tables came to be as they are. What stands here is never changed: a change is a further
migration.
"""

from collections.abc import Mapping

from sqlite_utils import Database, Migrations

migrations = Migrations("records")


@migrations()
def the_first_tables(db: Database) -> None:
    """All that was kept at first."""
    asked = {"id": str, "day": str, "person": str, "chat": str, "outcome": str}
    _create(db, "asked", asked | {"intent": str, "band": str, "content": str}, "id")
    unanswered = {"id": str, "day": str, "person": str, "why": str, "intent": str}
    _create(db, "unanswered", unanswered | {"text": str, "content": str}, "id")
    feedback = {"person": str, "answer": str, "day": str, "useful": int, "reason": str}
    _create(db, "feedback", feedback, "person", "answer")
    last = {"chat": int, "intent": str, "offered": str, "asked_in": int, "answered_in": int}
    _create(db, "last_answers", last | {"at": str}, "chat")
    shared = {"id": str, "chat": int, "inline": str, "intent": str, "version": str, "day": str}
    _create(db, "shared", shared, "id")
    _create(db, "moved_groups", {"old": int, "new": int, "day": str}, "old")
    inbox = {"update": int, "chat": int, "raw": str, "tries": int, "at": str}
    _create(db, "inbox", inbox, "update")
    _create(db, "seen_updates", {"update": int, "at": str}, "update")
    people = {"user": int, "invitation": str, "works_in": str, "joined": str, "last_seen": str}
    _create(db, "people", people, "user")
    invitations = {"id": str, "code": str, "until": str, "uses_left": int, "by": str}
    _create(db, "invitations", invitations, "id")
    _create(db, "withdrawals", {"unit": str, "reason": str, "day": str}, "unit")
    _create(db, "maintenance", {"since": str, "says": str}, "since")
    _create(db, "audit", {"id": str, "at": str, "by": str, "did": str, "about": str}, "id")


@migrations()
def the_answers_of_a_day(db: Database) -> None:
    """Each answer of a chat in place of the last alone, with all messages that it took."""
    answers = db.table("last_answers")
    answers.add_column("further", str, not_null_default="")
    columns = ["chat", "intent", "offered", "asked_in", "answered_in", "further", "at"]
    answers.transform(pk=("chat", "answered_in"), column_order=columns)


@migrations()
def the_topic_of_what_is_shared(db: Database) -> None:
    """Where in a forum a correction is told."""
    db.table("shared").add_column("thread", int, not_null_default=0)


@migrations()
def what_maintainers_decided(db: Database) -> None:
    """What became of the questions that people asked."""
    decided = {"id": str, "suggestion": str, "day": str, "by": str, "what": str, "into": str}
    _create(db, "decided", decided | {"text": str, "written": str}, "id")


def _create(db: Database, table: str, columns: Mapping[str, type], *key: str) -> None:
    db.table(table).create(dict(columns), pk=key if len(key) > 1 else key[0], not_null=set(columns))
