"""Find all personal data in a text."""

from knowledge.screening.identifiers import find_identifiers
from knowledge.screening.items import Item, keep_apart
from knowledge.screening.names import find_names
from knowledge.screening.vocabulary import Vocabulary
from knowledge.screening.whereabouts import find_whereabouts


def find(text: str, vocabulary: Vocabulary) -> tuple[Item, ...]:
    """Every piece of personal data, in the order of the text, none over another."""
    return keep_apart(
        (
            *find_identifiers(text, vocabulary),
            *find_whereabouts(text, vocabulary),
            *find_names(text, vocabulary),
        )
    )
