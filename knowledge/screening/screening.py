"""Look at a message before it is matched: what must be masked, what calls for an alarm."""

from knowledge.matching.normalising import LONGEST, clean
from knowledge.model import Question, Screened
from knowledge.opening import Knowledge
from knowledge.screening.alarming import hear
from knowledge.screening.items import blank, mask
from knowledge.screening.personal import find

BEYOND = 100
"""Characters that are looked at behind the last one that is read: an item may stand across it."""


def screen(text: str, knowledge: Knowledge) -> Screened:
    """Screen a message; only its first `LONGEST` characters are read."""
    return knowledge.screened.find(
        text,
        lambda text: _screen(text, knowledge),
        may_keep=lambda seen: not seen.question.personal_data,
    )


def _screen(text: str, knowledge: Knowledge) -> Screened:
    read = "\n".join(clean(part) for part in text[: LONGEST + BEYOND].splitlines())
    vocabulary, cautions = knowledge.vocabulary, knowledge.handbook.cautions
    found = find(read, vocabulary)
    end = min([LONGEST, *(item.start for item in found if item.start < LONGEST < item.end)])
    read, items = read[:end], tuple(item for item in found if item.end <= end)
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
