"""What the matcher and the alarms are taught, and the digest of all that a calibration is fitted
on.
"""

from collections.abc import Iterable, Sequence

from knowledge.handbook import Handbook
from knowledge.matching import features, models, storing
from knowledge.matching.encoding import Encoder
from knowledge.matching.index import LEXICAL, NONE, SEMANTIC, Phrase
from knowledge.versions import digest

ALARMS = "alarms"
"""The folder, within that of an index, of the index of the alarms."""
EVERY = 3
"""Of an intent's ways of asking one in so many teaches the alarms what calls for none."""


def phrases(handbook: Handbook) -> list[Phrase]:
    """All that the matcher is taught: each intent's ways of asking, and the questions that are not
    covered.
    """
    asked = [Phrase(text, intent.id) for intent in handbook.intents for text in intent.asked]
    small_talk = [Phrase(text, NONE) for reply in handbook.small_talk for text in reply.asked]
    return (
        asked
        + small_talk
        + [Phrase(text, NONE) for route in handbook.routes for text in route.asked]
    )


def alarming(handbook: Handbook) -> list[Phrase]:
    """All that the alarms are taught."""
    alarms = handbook.cautions.alarms
    fires = [Phrase(text, alarm.id) for alarm in alarms for text in alarm.fires]
    quiet = [Phrase(text, NONE) for alarm in alarms for text in alarm.quiet]
    general = [
        *(intent.asked[::EVERY] for intent in handbook.intents),
        *(route.asked[::EVERY] for route in handbook.routes),
        *(reply.asked for reply in handbook.small_talk),
    ]
    taught = {phrase.text for phrase in (*fires, *quiet)}
    asked = [Phrase(text, NONE) for texts in general for text in texts if text not in taught]
    return fires + quiet + asked


def parts(handbook: Handbook) -> tuple[tuple[str, list[Phrase]], ...]:
    """The indexes: the folder of each within the cache, and what it is taught."""
    return ("", phrases(handbook)), (ALARMS, alarming(handbook))


def keys(taught: Sequence[Phrase], handbook: Handbook, encoder: Encoder | None) -> storing.Keys:
    """What an index of these phrases has to match."""
    made_by = (storing.FORMAT, LEXICAL, features.BLOCKS, features.IDF_POWER)
    # one text of all phrases: digesting each by itself took a tenth of a start
    lexical = digest(made_by, "\0".join(map("\1".join, taught)), handbook.glossary)
    model_key = models.fingerprint(encoder.folder) if encoder else ""
    return storing.Keys(lexical, digest(lexical, SEMANTIC, model_key))


def basis(handbook: Handbook, known: Iterable[storing.Keys] = ()) -> str:
    """The digest of what a calibration is fitted on: what is taught, in both indexes, the glossary,
    the checks, and by which intents they are answered. `known` are the keys of the indexes, where
    somebody has them already: to digest all phrases once more would take a twentieth of a second.
    """
    known = tuple(known) or tuple(keys(taught, handbook, None) for _, taught in parts(handbook))
    judging = [
        (intent.id, *(unit.id for unit in handbook.points(intent)[:2]), "", *intent.checks)
        for intent in handbook.intents
    ]
    judging += [route.checks for route in handbook.routes]
    return digest([found.lexical for found in known], "\0".join(map("\1".join, judging)))
