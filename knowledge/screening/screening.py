"""Look at a message before it is matched: what must be masked, what calls for an alarm."""

from knowledge.matching.normalising import LONGEST, clean
from knowledge.model import Question, Screened
from knowledge.opening import Knowledge
from knowledge.screening.alarming import hear
from knowledge.screening.items import Item, blank, mask
from knowledge.screening.personal import find
from knowledge.screening.vocabulary import Vocabulary

BEYOND = 100
"""Characters that are looked at behind the last one that is read: an item may stand across it."""


def screen(text: str, knowledge: Knowledge) -> Screened:
    """Screen a message; only its first `LONGEST` characters are read."""
    return knowledge.screened.find(
        text,
        lambda text: _screen(text, knowledge),
        may_keep=lambda seen: not seen.question.personal_data,
    )


def plain(text: str, knowledge: Knowledge) -> str:
    """A message without personal data, as `screen` gives it, and without looking for alarms."""
    return blank(*_read(text, knowledge.vocabulary))


def _read(text: str, vocabulary: Vocabulary) -> tuple[str, tuple[Item, ...]]:
    """What is read of a message, and the personal data in it."""
    read = "\n".join(clean(part) for part in text[: LONGEST + BEYOND].splitlines())
    found = find(read, vocabulary)
    end = min([LONGEST, *(item.start for item in found if item.start < LONGEST < item.end)])
    return read[:end], tuple(item for item in found if item.end <= end)


def _screen(text: str, knowledge: Knowledge) -> Screened:
    vocabulary, cautions = knowledge.vocabulary, knowledge.handbook.cautions
    read, items = _read(text, vocabulary)
    plain = blank(read, items)
    return Screened(
        question=Question(
            " ".join(mask(read, items).split()),
            tuple(dict.fromkeys(item.kind for item in items)),
        ),
        plain=plain,
        alarms=hear(plain.strip(), cautions.alarms, knowledge.alarms, knowledge.calibration.alarms),
        published=vocabulary.names_published(read),
    )
