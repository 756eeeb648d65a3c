"""The built-in content is sound, whole and cited."""

from itertools import chain

import pytest

from knowledge.handbook import Handbook
from knowledge.loading import load
from knowledge.places import BUILT_IN

UNITS = 108
"""Pieces of guidance in the five reports, as they were counted by hand."""


def test_the_content_has_no_problem() -> None:
    load((BUILT_IN,))  # or it raises every problem


def test_no_piece_of_guidance_is_missing(handbook: Handbook) -> None:
    assert len(handbook.units) == UNITS
    assert len({unit.id for unit in handbook.units}) == UNITS
    assert len(handbook.sources) == 5


def test_every_unit_can_be_reached(handbook: Handbook) -> None:
    cited = set(chain.from_iterable(intent.cites for intent in handbook.intents))
    assert [unit.id for unit in handbook.units if unit.id not in cited] == []


def test_no_unit_points_at_one_that_is_not_there(handbook: Handbook) -> None:
    known = {unit.id for unit in handbook.units}
    named = [*(id for u in handbook.units for id in u.shown_with)]
    named += [id for intent in handbook.intents for id in intent.cites]
    assert [id for id in named if id not in known] == []


def test_what_is_not_covered_is_known_by_examples_enough(handbook: Handbook) -> None:
    assert sum(len(route.asked) + len(route.checks) for route in handbook.routes) >= 150


@pytest.mark.parametrize("field", ["text", "locator", "kind", "addressed_to", "ages", "via"])
def test_every_unit_says_what_a_citation_needs(handbook: Handbook, field: str) -> None:
    assert [unit.id for unit in handbook.units if not getattr(unit, field)] == []
