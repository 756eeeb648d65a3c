"""The buttons under an answer: two rows at most, but for those of a choice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

from bot import actions
from bot.actions import encode
from knowledge.model import Answered, Guidance, NotCovered, offers


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it carries one of the three."""

    label: str
    action: str = ""
    """callback_data: at most 64 bytes."""
    url: str = ""
    query: str = ""
    """What is put behind the bot's name in a chat that is then picked."""


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Under:
    """Where an answer is shown, as far as its buttons and its order depend on it."""

    asked_in: int | None = None
    """The message that asked."""
    works_in: str = ""
    """What the asker told with /role."""
    in_group: bool = False
    link: Callable[[str], str] | None = None
    """A link that opens the answer of an intent in a private chat."""
    inline: bool = False
    """Whether the bot can be asked in any chat."""
    plain: bool = False
    """No buttons: for somebody who may only read this answer."""


def under(answered: Answered, place: Under) -> Rows:
    """The buttons under an answer."""
    if place.plain:
        return ()
    offered = tuple(
        (Button(intent.title, encode(actions.ShowIntent(intent.id))),)
        for intent in offers(answered.answer)
    )
    delete = _delete(answered, place)
    match answered.answer:
        case Guidance(intent, version) if place.in_group:
            return (*_open(intent.id, place), judging(intent.id, version))
        case Guidance(intent, version):
            first = delete[0][0] if delete else None
            return _private(intent.id, judging(intent.id, version), place, first)
        case NotCovered() if place.asked_in is not None and not place.in_group:
            send = Button("Send this wording to the maintainers", encode(actions.SendWording()))
            return ((send,), *delete)
        case _:
            return (*offered, *delete)


def _delete(answered: Answered, place: Under) -> Rows:
    """A way to be rid of a message with personal data."""
    if place.asked_in is None or place.in_group or not answered.question.personal_data:
        return ()
    return ((Button("Delete my message", encode(actions.DeleteMessage(place.asked_in))),),)


def _private(intent: str, verdict: tuple[Button, ...], place: Under, delete: Button | None) -> Rows:
    more = Button("More", encode(actions.ShowMore(intent)))
    if delete:
        return ((delete,), (more, *verdict))
    return ((more, _why(intent), *_share(intent, place)), verdict)


def judged(said: actions.Judge, place: Under, can_send: bool, delete: Button | None = None) -> Rows:
    """The buttons under an answer that was judged in a private chat: reasons, if none was given,
    and a way to send the wording in. What deletes the message stays.
    """
    verdict = judging(said.intent, said.version, said.useful)
    wording = Button("Send this wording", encode(actions.SendWording(said.intent)))
    send = (wording,) if can_send else ()
    if not said.useful and not said.reason:
        beside = (delete,) if delete else send or verdict[1:]
        return (_reasons(said.intent, said.version), (verdict[0], *beside))
    if not said.useful and send:
        return ((delete or _why(said.intent), *send), verdict)
    return _private(said.intent, verdict, place, delete)


def _open(intent: str, place: Under) -> Rows:
    if place.link is None:
        return ()
    return ((Button("Open in a private chat", url=place.link(intent)),),)


def _why(intent: str) -> Button:
    return Button("Why?", encode(actions.Explain(intent)))


def _share(intent: str, place: Under) -> tuple[Button, ...]:
    """By inline mode if it is on, else by Telegram's own way to share a link."""
    if place.inline:
        return (Button("Share", query=f"={intent}"),)
    if place.link is None:
        return ()
    link = quote(place.link(intent), safe="")
    return (Button("Share", url=f"https://t.me/share/url?url={link}"),)


def judging(intent: str, version: str, useful: bool | None = None) -> tuple[Button, ...]:
    """Useful or not, with what was said so far."""
    said = {True: "Useful: noted", False: "Not useful: noted"}
    return tuple(
        Button(
            said[kind] if useful is kind else label,
            encode(actions.Judge(intent, version, kind)),
        )
        for kind, label in ((True, "Useful"), (False, "Not useful"))
    )


def _reasons(intent: str, version: str) -> tuple[Button, ...]:
    """Why an answer was not useful."""
    return tuple(
        Button(capital(words), encode(actions.Judge(intent, version, False, letter)))
        for letter, words in actions.REASONS.items()
    )


def capital(words: str) -> str:
    """The words with a capital at first, the others as they are."""
    return f"{words[:1].upper()}{words[1:]}"


def shorten(words: str, most: int) -> str:
    """The words in at most so many characters, with … where some are left out."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
