"""The commands for supervisors, maintainers and operators."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from bot.access.invitations import DAYS, LONGEST, MOST, USES, invite
from bot.access.roles import KEEPERS, Role, roles_of
from bot.application import Command
from bot.context import Context
from bot.live import STALE
from bot.records import suspensions
from bot.records.auditing import note
from bot.records.records import now
from bot.records.store import RecordsFailed, Store
from bot.rendering.html import text_replies, text_reply
from handlers.askers import person
from handlers.correcting import MAY_CORRECT, changed_since, correct
from handlers.replying import send
from handlers.reviewing import review
from knowledge.problems import Unsound

Do = Callable[[Update, Context], Coroutine[Any, Any, None]]
NOT_YOURS = "This is for {roles}. Ask whoever runs the bot."
NEXT = (
    "Where these were shared before, nobody is told yet: /correct, by a supervisor or an operator, "
    "shows where, and corrects it."
)
INVITE = (
    f"Write /invite, or behind it for how many days (up to {LONGEST}) and for how many people (up "
    f"to {MOST:,}): /invite {DAYS} {USES}"
)
TOO_LONG = (
    f"Nothing was changed: say it in {suspensions.LONGEST} characters or less, as it is shown in "
    "the place of answers."
)
LISTED = 10
"""Problems of content that are listed in a message."""


def guarded(command: Command) -> Do:
    """What a command does, for those who have one of its roles alone; for everyone if it asks for
    none.
    """

    @wraps(command.do)
    async def do(update: Update, context: Context) -> None:
        user = update.effective_user
        roles = roles_of(user.id, context.settings) if user else frozenset()
        if command.roles and not command.roles & roles:
            listed = " and ".join(f"{role}s" for role in Role if role in command.roles)
            await send(text_reply(NOT_YOURS.format(roles=listed)), update)
            return
        try:
            await command.do(update, context)
        except RecordsFailed as failed:
            said = f"Nothing was changed: the records cannot be used ({failed})."
            await send(text_reply(said), update)

    return do


async def reload(update: Update, context: Context) -> None:
    """/reload: load the content anew; say what is live, or what is wrong with it."""
    try:
        await context.services.reload(person(update, context))
    except Unsound as unsound:
        listed = [str(problem) for problem in unsound.problems]
        more = [f"and {len(listed) - LISTED} more"] if len(listed) > LISTED else []
        lines = ("The content was refused and the old one stays:", *listed[:LISTED], *more)
        await send(text_replies("\n".join(lines)), update)
        return
    knowledge = context.knowledge
    stale = "" if knowledge.is_calibrated else f"\n{STALE}, then /reload."
    await send(text_reply(f"Live is version {knowledge.version}.{stale}"), update)


async def status(update: Update, context: Context) -> None:
    """/status: say what is live."""
    knowledge = context.knowledge
    holds = knowledge.handbook.standing
    lines = (
        f"Content: version {knowledge.version}, {len(knowledge.handbook.intents)} intents, "
        f"{knowledge.index.tier.name} tier, {knowledge.caution} caution.",
        f"Withdrawn: {', '.join(w.unit for w in holds.withdrawals) or 'nothing'}.",
        f"Maintenance: {holds.maintenance or 'off'}",
        f"Records: {context.records.trouble or 'ok'}",
        *await _to_correct(context),
    )
    await send(text_replies("\n".join(lines)), update)


async def _to_correct(context: Context) -> tuple[str, ...]:
    """That answers stand somewhere as they were; nothing where that cannot be read."""
    try:
        changed = await changed_since(context)
    except RecordsFailed:
        return ()
    return (f"Answers shared, and changed since: {changed}. /correct shows where.",) * bool(changed)


async def withdraw(update: Update, context: Context) -> None:
    """/withdraw aoc/81.4 reason: take a unit out of all answers."""
    unit, *reason = context.args or [""]
    why = " ".join(reason)
    if not context.handbook.has_unit(unit) or not why:
        said = "Write /withdraw, the unit and the reason: /withdraw aoc/81.4 figures under review"
        await send(text_reply(said), update)
        return
    if len(why) > suspensions.LONGEST:
        await send(text_reply(TOO_LONG), update)
        return
    by = person(update, context)
    await context.records.do(lambda store: suspensions.withdraw(store, unit, why, by, now()))
    context.services.live.look_again()
    titles = [intent.title for intent in context.handbook.showing(unit)]
    lines = (f"{unit} is withdrawn. Answers that change: {len(titles)}", *titles)
    said = "\n".join((*lines, *((NEXT,) if titles else ())))
    await send(text_replies(said), update)


async def restore(update: Update, context: Context) -> None:
    """/restore aoc/81.4: put a unit back."""
    unit = " ".join(context.args or [])
    by = person(update, context)
    found = await context.records.do(lambda store: suspensions.restore(store, unit, by, now()))
    context.services.live.look_again()
    withdrawn = ", ".join(w.unit for w in context.handbook.standing.withdrawals) or "nothing"
    said = f"{unit} is back." if found else f"That is not withdrawn. Withdrawn: {withdrawn}."
    await send(text_reply(said), update)


async def maintenance(update: Update, context: Context) -> None:
    """/maintenance on back at 5, /maintenance off: let the bot rest, or answer again."""
    by = person(update, context)
    match context.args or []:
        case ["on", *words] if len(" ".join(words)) > suspensions.LONGEST:
            said = TOO_LONG
        case ["on", *words] if words:
            says = " ".join(words)
            await context.records.do(lambda store: suspensions.rest(store, says, by, now()))
            said = "The bot rests. /maintenance off wakes it."
        case ["off"]:
            woken = await context.records.do(lambda store: suspensions.wake(store, by, now()))
            said = "The bot answers again." if woken else "The bot was not resting."
        case _:
            said = "Write /maintenance on back at 5, or /maintenance off."
    context.services.live.look_again()
    await send(text_reply(said), update)


async def invite_people(update: Update, context: Context) -> None:
    """/invite, /invite 14 40: make a join link for practitioners, for some days and people."""
    names, by, terms = context.records.pseudonyms, person(update, context), _terms(context.args)
    if terms is None:
        await send(text_reply(INVITE), update)
        return
    days, uses = terms

    def make(store: Store) -> str:
        invitation, code = invite(store, names, days, uses, by, now().date())
        note(store, now(), by, "invite", invitation.id)
        return (
            f"https://t.me/{context.bot.username}?start={code}\n\nInvitation {invitation.id}: up "
            f"to {uses} people, until {invitation.until}. Whoever has this link can join."
        )

    await send(text_reply(await context.records.do(make)), update)


def _terms(args: list[str] | None) -> tuple[int, int] | None:
    """The days and the number of people that were asked for; None where it is something else."""
    numbers = [int(arg) for arg in args or () if arg.isascii() and arg.isdecimal() and len(arg) < 6]
    if len(numbers) != len(args or ()) or len(numbers) > 2:
        return None
    days, uses = (*numbers, *(DAYS, USES)[len(numbers) :])
    return (days, uses) if 1 <= days <= LONGEST and 1 <= uses <= MOST else None


_OPERATORS = frozenset({Role.OPERATOR})
PRIVILEGED = (
    Command("status", "what is live", status, frozenset(Role)),
    Command("reload", "load the content anew", reload, KEEPERS),
    Command("review", "what people asked and missed, to be put where it belongs", review, KEEPERS),
    Command("withdraw", "take a unit of guidance out of all answers", withdraw, frozenset(Role)),
    Command("restore", "put a withdrawn unit back", restore, frozenset(Role)),
    Command("maintenance", "let the bot rest, or answer again", maintenance, _OPERATORS),
    Command(
        "correct", "say in chats that an answer shared there has changed", correct, MAY_CORRECT
    ),
    Command("invite", "make a join link", invite_people, _OPERATORS),
)
