"""The built-in content with a partnership's own way laid over it."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.loading import load
from knowledge.opening import Knowledge
from knowledge.places import BUILT_IN

OVERLAY = Path(__file__).parents[1] / "overlay"


@pytest.fixture(scope="session")
def local(knowledge: Knowledge) -> Knowledge:
    """What is known where an operator has said its own stages, contacts, links and numbers."""
    return replace(knowledge, handbook=load((BUILT_IN, OVERLAY)))
