"""Invite people by a link, and let in who follows it."""

import secrets
from dataclasses import replace
from datetime import date, timedelta

from bot.access.people import known
from bot.records.entries import Invitation, Person, new_id
from bot.records.pseudonyms import Pseudonyms
from bot.records.store import Store

PREFIX = "j_"
"""What the parameter of a join link begins with."""
DAYS, USES = 14, 40
"""How long an invitation holds and for how many, if nothing else is said."""
LONGEST, MOST = 365, 10_000
"""The same, at most."""
REMOVED = "removed"
"""In the place of an invitation: no link lets this person in."""


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
                store.put(replace(known(store, user, today), invitation=invitation.id))
                return True
    return False


def is_member(store: Store, user: int) -> bool:
    """Whether somebody was let in by an invitation. Raises `RecordsFailed`."""
    return any(person.invitation not in ("", REMOVED) for person in store.find(Person, user=user))


def remove(store: Store, user: int, today: str) -> str:
    """Let somebody in no more by any invitation: the id of the one by which they came; empty where
    they came by none. Raises `RecordsFailed`.
    """
    with store.transaction():
        person = known(store, user, today)
        store.put(replace(person, invitation=REMOVED))
    return person.invitation if person.invitation != REMOVED else ""


def readmit(store: Store, user: int) -> bool:
    """Let somebody who was removed follow a link again. False where they were not. Raises
    `RecordsFailed`.
    """
    return store.delete(Person, user=user, invitation=REMOVED) > 0
