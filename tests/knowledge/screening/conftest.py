"""The words of the built-in content, which are nobody's names."""

import pytest

from knowledge.opening import Knowledge
from knowledge.screening.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def vocabulary(knowledge: Knowledge) -> Vocabulary:
    return knowledge.vocabulary
