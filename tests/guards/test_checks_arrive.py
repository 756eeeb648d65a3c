"""Each intent is found by the questions that judge it, in the lexical tier."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.handbook import Handbook
from knowledge.places import BUILT_IN
from knowledge.quality.calibrate import arrives_at
from tests.bot.terminals import Terminal

ALL = 0.9
"""Of all checks at least this share arrives; what the other tier adds comes on top."""
KNOWN_FAILURES: Mapping[str, Sequence[str]] = yaml.load(
    Path(__file__).with_name("known-failures.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
"""The checks that do not arrive yet, by intent. One that does has to be taken out."""
INTENTS = sorted(path.stem for path in (BUILT_IN / "intents").glob("*.yaml"))


def arrives(told: dict[str, Any], wanted: frozenset[str]) -> bool:
    """Whether a message is answered by one of the wanted intents, or one is offered."""
    offered = told["alternatives"] if told["outcome"] == "choice" else []
    shown = {told["intent"], *(one["intent"] for one in offered)}
    return not wanted.isdisjoint(shown) or any(arrives(other, wanted) for other in told["also"])


@pytest.fixture(scope="session")
def astray(
    handbook: Handbook, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Sequence[str]]:
    """By intent, the checks that do not arrive when all are asked in one batch."""
    asked = [(intent.id, text) for intent in handbook.intents for text in intent.checks]
    given = "\n".join(json.dumps({"id": id, "text": text}) for id, text in asked)
    terminal = Terminal(tmp_path_factory.mktemp("home"))
    # more threads make many small products slower
    said = terminal.types(
        "ask", "--batch", "-", given=given.encode(), environ={"OPENBLAS_NUM_THREADS": "1"}
    )
    wanted = {intent.id: arrives_at(handbook, intent.id) for intent in handbook.intents}
    told = [json.loads(line) for line in said.out.split("\n")[:-1]]
    return {
        intent: [
            text
            for (id, text), answer in zip(asked, told, strict=True)
            if id == intent and not arrives(answer, wanted[id])
        ]
        for intent in wanted
    }


@pytest.mark.parametrize("intent", INTENTS)
def test_the_questions_that_judge_an_intent_arrive(
    astray: Mapping[str, Sequence[str]], intent: str
) -> None:
    assert sorted(astray[intent]) == sorted(KNOWN_FAILURES.get(intent, ()))


def test_of_all_questions_nearly_all_arrive(
    astray: Mapping[str, Sequence[str]], handbook: Handbook
) -> None:
    asked = sum(len(intent.checks) for intent in handbook.intents)
    lost = sum(map(len, astray.values()))
    assert 1 - lost / asked >= ALL


@pytest.mark.parametrize("intent", INTENTS)
def test_an_intent_has_questions_enough_to_judge_it(handbook: Handbook, intent: str) -> None:
    assert len(handbook.intent(intent).checks) >= 6
