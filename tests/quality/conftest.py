"""What is known to fail."""

from collections.abc import Callable, Sequence

import pytest

from knowledge.places import BUILT_IN
from knowledge.quality.known import Compared, compare, place, read
from knowledge.quality.suites.verdicts import Verdict

AsListed = Callable[[Sequence[Verdict]], bool]


@pytest.fixture(scope="session")
def as_listed() -> AsListed:
    """Whether, of some suites in the lexical tier, just what is listed as a known failure fails."""
    known = read(place((BUILT_IN,)), "lexical")
    return lambda found: compare(found, known, whole=False) == Compared((), ())
