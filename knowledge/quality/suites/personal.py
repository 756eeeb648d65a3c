"""Judge what is masked: every piece of personal data that a message has, and nothing else."""

from collections.abc import Iterator

from knowledge.opening import Knowledge
from knowledge.quality.corpora import Mark, Message, marked
from knowledge.quality.suites.verdicts import Verdict
from knowledge.screening.items import Item
from knowledge.screening.personal import find

PARTS = ("first", "second")
"""Of the corpus. `first` was looked at while the rules were made, `second` was not."""


def judge_personal(knowledge: Knowledge) -> tuple[Verdict, ...]:
    """The verdicts on both parts."""
    return tuple(verdict for part in PARTS for verdict in judge_part(part, knowledge))


def judge_part(part: str, knowledge: Knowledge) -> Iterator[Verdict]:
    """A verdict on each piece of personal data, and on each message that has none."""
    for message in marked(part):
        items = find(message.plain, knowledge.vocabulary)
        for mark in message.marks:
            yield _judge(message, mark, items, f"personal data masked in {part}")
        if not message.marks:
            seen = ", ".join(f"{message.plain[i.start : i.end]} ({i.kind})" for i in items)
            suite = f"no personal data seen in {part}"
            yield Verdict(suite, message.plain, "nothing", seen or "nothing", not items)


def _judge(message: Message, mark: Mark, items: tuple[Item, ...], suite: str) -> Verdict:
    """Whether a piece is masked whole, letter by letter, and as what it is."""
    plain = message.plain
    masked = {at for item in items for at in range(item.start, item.end)}
    whole = all(at in masked for at in range(mark.start, mark.end) if plain[at].isalnum())
    kinds = {item.kind for item in items if item.start < mark.end and mark.start < item.end}
    got = ", ".join(sorted(kinds)) or "nothing"
    right = whole and mark.kind in kinds
    text = f"{plain[mark.start : mark.end]} in: {plain}"
    return Verdict(
        suite, text, mark.kind, got if whole or not kinds else f"part of it: {got}", right
    )
