"""Invite people by a link, and let in who follows it."""

import secrets
from dataclasses import replace
from datetime import date, timedelta

from bot.records.entries import Invitation, Person, new_id
from bot.records.pseudonyms import Pseudonyms
from bot.records.store import Store

PREFIX = "j_"
"""What the parameter of a join link begins with."""
REMOVED = "removed"
"""In the place of an invitation: no link lets this person in."""
UNSEEN_DAYS = 90
"""Days after which somebody is listed as not seen."""


def invite(
    store: Store, pseudonyms: Pseudonyms, days: int, uses: int, by: str, today: date
) -> tuple[Invitation, str]:
    """A new invitation and the code of its link, which is kept nowhere. Raises
    `RecordsFailed`.
    """
    code = secrets.token_urlsafe(16)
    until = (today + timedelta(days=days)).isoformat()
    invitation = Invitation(new_id()[:6], pseudonyms.seal(code), until, uses, by)
    store.put(invitation)
    return invitation, PREFIX + code


def join(store: Store, pseudonyms: Pseudonyms, code: str, user: int, today: str) -> bool:
    """Let somebody in by the parameter of a join link. False where it lets in nobody (any more).

    Who is in already uses nothing up. Raises `RecordsFailed`.
    """
    with store.transaction():
        seals = pseudonyms.all_seals(code.removeprefix(PREFIX))
        if store.count(Person, user=user, invitation=REMOVED):
            return False
        for invitation in store.find(Invitation, code=seals):
            if is_member(store, user):
                return True
            if invitation.uses_left > 0 and invitation.until >= today:
                store.put(replace(invitation, uses_left=invitation.uses_left - 1))
                known = store.find(Person, user=user)
                joined = Person(user, invitation.id, "", today, today)
                store.put(replace(known[0], invitation=invitation.id) if known else joined)
                return True
    return False


def is_member(store: Store, user: int) -> bool:
    """Whether somebody was let in by an invitation. Raises `RecordsFailed`."""
    return any(person.invitation not in ("", REMOVED) for person in store.find(Person, user=user))


def see(store: Store, user: int, today: str) -> None:
    """Note that somebody was here today. Raises `RecordsFailed`."""
    with store.transaction():
        known = store.find(Person, user=user)
        seen = replace(known[0], last_seen=today) if known else Person(user, "", "", today, today)
        store.put(seen)


def remove(store: Store, user: int, today: str) -> str:
    """Let somebody in no more by any invitation: the id of the one by which they came; empty where
    they came by none. Raises `RecordsFailed`.
    """
    with store.transaction():
        known = store.find(Person, user=user)
        store.put(replace(known[0], invitation=REMOVED) if known else _removed(user, today))
    came_by = known[0].invitation if known else ""
    return came_by if came_by != REMOVED else ""


def _removed(user: int, today: str) -> Person:
    return Person(user, REMOVED, "", today, today)


def readmit(store: Store, user: int) -> bool:
    """Let somebody who was removed follow a link again. False where they were not. Raises
    `RecordsFailed`.
    """
    return store.delete(Person, user=user, invitation=REMOVED) > 0


def unseen(store: Store, today: date) -> tuple[Person, ...]:
    """Who has not been seen for `UNSEEN_DAYS`. Raises `RecordsFailed`."""
    since = (today - timedelta(days=UNSEEN_DAYS)).isoformat()
    return store.find(Person, before=("last_seen", since))
