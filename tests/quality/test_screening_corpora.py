"""How much of the personal data of invented messages is seen, and how seldom where there is none.

`first` was looked at while the rules were made, `second` was not.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from knowledge.opening import Knowledge
from knowledge.screening.items import KINDS
from knowledge.screening.personal import find

ROOT = Path(__file__).parents[2]
PARTS = ("first", "second")
FLOORS = {kind: 0.9 for kind in KINDS} | {"name": 0.8, "school": 0.8}
"""Of each kind at least this share is masked whole. Names and schools go by words, the rest by its
form.
"""
SURE = ("email", "nhs_number", "ni_number", "upn", "phone", "postcode", "car_registration")
"""Kinds that are nearly always seen."""
FALSE = 0.02
"""Of the messages that tell of nobody, at most this share has anything masked."""
ENOUGH = 30
"""Of fewer examples a share says little."""


@cache
def benchmark() -> ModuleType:
    """The benchmark, which reads the corpora."""
    spec = spec_from_file_location("screening_benchmark", ROOT / "benchmarks" / "screening.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Seen:
    """What of a part of the corpus is marked, what of it was found whole and as what it is, and
    what is clean.
    """

    def __init__(self, part: str, knowledge: Knowledge) -> None:
        self.marked: Counter[str] = Counter()
        self.whole: Counter[str] = Counter()
        self.clean = self.flagged = 0
        for text in benchmark().corpus("personal-data")[part]:
            plain, marks = benchmark().unmark(text)
            found = find(plain, knowledge.vocabulary)
            masked = {at for item in found for at in range(item.start, item.end)}
            for kind, start, end in marks:
                whole = all(at in masked for at in range(start, end) if plain[at].isalnum())
                called = any(i.kind == kind and i.start < end and start < i.end for i in found)
                self.marked[kind] += 1
                self.whole[kind] += whole and called
            self.clean += not marks
            self.flagged += bool(found) and not marks

    def share(self, kind: str) -> float:
        """The share of a kind that was masked whole."""
        return self.whole[kind] / self.marked[kind]


@pytest.fixture(scope="module")
def parts(knowledge: Knowledge) -> Mapping[str, Seen]:
    return {part: Seen(part, knowledge) for part in PARTS}


@pytest.mark.parametrize("part", PARTS)
def test_of_each_kind_there_are_examples_enough(parts: Mapping[str, Seen], part: str) -> None:
    assert sorted(parts[part].marked) == sorted(KINDS)
    assert min(parts[part].marked.values()) >= ENOUGH
    assert parts[part].clean >= 10 * ENOUGH


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_tells_who_somebody_is_is_masked_whole(
    parts: Mapping[str, Seen], part: str, kind: str
) -> None:
    assert parts[part].share(kind) >= FLOORS[kind]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", SURE)
def test_what_tells_by_its_form_is_hardly_ever_missed(
    parts: Mapping[str, Seen], part: str, kind: str
) -> None:
    assert parts[part].share(kind) >= 0.95


@pytest.mark.parametrize("part", PARTS)
def test_a_message_that_tells_of_nobody_is_hardly_ever_masked(
    parts: Mapping[str, Seen], part: str
) -> None:
    assert parts[part].flagged / parts[part].clean <= FALSE


def test_the_questions_that_judge_the_matcher_are_hardly_ever_masked(knowledge: Knowledge) -> None:
    texts = [text for intent in knowledge.handbook.intents for text in intent.checks]
    masked = [text for text in texts if find(text, knowledge.vocabulary)]
    assert len(masked) / len(texts) <= FALSE
