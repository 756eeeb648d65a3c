"""How sure a ranking is: its signals → two probabilities, by logistic regression that
`quality.calibrating` fits.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import exp
from pathlib import Path
from typing import Any

from knowledge.matching.ranking import Signals
from knowledge.problems import Problem, Unsound, name

NAME = "calibration.json"
FILE = Path(__file__).parent.parent / NAME
"""That of the built-in content."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A probability from the signals: a weight for each, and a bias."""

    bias: float
    weights: Mapping[str, float]

    def __call__(self, signals: Signals) -> float:
        """The probability, 0 to 1."""
        total = self.bias + sum(
            weight * getattr(signals, name) for name, weight in self.weights.items()
        )
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Calibration:
    """For one tier: the probabilities, and the thresholds by which `answering` decides."""

    right: Logistic
    """That the first intent is the right one."""
    covered: Logistic
    """That the question is covered at all."""
    answer_at: float
    """Guidance is given where the first intent is at least this likely to be right."""
    offer_at: float
    """A choice is offered where the question is at least this likely to be covered."""
    alarms: Mapping[str, float]
    """The score of a message from which an alarm is given, by the alarm's id."""
    basis: str
    """The digest of what it was fitted on: see `knowledge.teaching.basis`."""
    measured: Mapping[str, float]
    """What the thresholds gave, cross-validated, on the checks."""
    strict_at: float
    """As `answer_at`, where wrong answers are to be rare."""
    strict_measured: Mapping[str, float]
    """What that gave."""


def load(file: Path = FILE) -> Mapping[str, Calibration]:
    """The calibration of each tier, by the tier's name. Raises `Unsound`."""
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        return {tier: _read(found) for tier, found in stored.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        problem = f"it cannot be read ({type(error).__name__})"
        mend = "put the project's own back, then run `python bot.py calibrate`"
        raise Unsound([Problem(name(file), 0, problem, mend)]) from error


def kept(cache: Path | None) -> Mapping[str, Calibration]:
    """What `calibrate` kept in a cache, by tier; nothing where it cannot be read."""
    try:
        return load(cache / NAME) if cache else {}
    except Unsound:  # as with all that is cached: it can be made again
        return {}


def find(tier: str, basis: str, cache: Path | None) -> Calibration:
    """The calibration of a tier that was fitted on a basis: the project's own or that of the cache;
    where neither was, the project's. Raises `Unsound`.
    """
    own = load()[tier]
    if own.basis == basis:
        return own
    other = kept(cache).get(tier)
    return other if other and other.basis == basis else own


def save(calibrations: Mapping[str, Calibration], file: Path = FILE) -> None:
    """Write the calibration of each tier. Raises `OSError`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(
        {tier: asdict(found) for tier, found in sorted(calibrations.items())}, indent=2
    )
    file.write_text(text + "\n", encoding="utf-8")


def _read(found: Mapping[str, Any]) -> Calibration:
    return Calibration(
        **{**found, "right": Logistic(**found["right"]), "covered": Logistic(**found["covered"])}
    )


def names() -> Sequence[str]:
    """The signals that a probability is made of, in order."""
    return tuple(Signals.__dataclass_fields__)
