"""`calibrate`: what it says, where it is kept, and when it has to be done again."""

import json
from pathlib import Path

import pytest

from bot.cli.opening import load_from
from knowledge.matching.confidence import FILE, load
from knowledge.model import Caution
from tests.bot.terminals import Alone, Said, call
from tests.knowledge.small import BOARDS, write


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Alone:
    """Content of an operator's own, and an empty cache."""
    home = tmp_path_factory.mktemp("own")
    boards = BOARDS + "checks:\n  - what ought boards to ask\n"
    return Alone(
        knowledge_dirs=(write(home / "content", {"intents/boards.yaml": boards}),),
        cache_dir=home / "cache",
        semantic_model="off",
        caution=Caution.STRICT,
    )


@pytest.fixture(scope="module")
def calibrated(settings: Alone) -> Said:
    """What `calibrate` said of it."""
    assert not load_from(settings).is_calibrated
    return call(settings, "calibrate")


def finding(settings: Alone) -> dict[str, object]:
    """What `doctor` says of the calibration."""
    found = json.loads(call(settings, "doctor", "--json").out)
    return next(one for one in found if one["name"] == "calibration")


def test_it_says_what_each_threshold_is_worth_and_which_are_in_use(
    calibrated: Said, settings: Alone
) -> None:
    first, *_ = calibrated.out.splitlines()
    found = load(settings.cache_dir / FILE.name)["lexical"]
    rows = [line.split() for line in calibrated.out.splitlines() if line[:2] in ("0.", "1.")]
    assert first.startswith("lexical: the right intent comes first for ")
    in_use = [(row[0], row[1]) for row in rows if row[1].isalpha()]
    assert in_use[0][1] == "usual"
    assert in_use[0][0] == f"{found.answer_at:.2f}"
    assert (calibrated.err, calibrated.code) == ("", 0)


def test_that_of_ones_own_content_is_kept_in_the_cache_and_is_used(
    calibrated: Said, settings: Alone
) -> None:
    before = FILE.read_bytes()
    assert calibrated.out.splitlines()[-1] == f"Written: {settings.cache_dir / FILE.name}"
    assert FILE.read_bytes() == before
    knowledge = load_from(settings)
    assert knowledge.is_calibrated
    assert knowledge.answer_at == load(settings.cache_dir / FILE.name)["lexical"].strict_at


def test_doctor_says_whether_it_is_of_this_content_and_which_caution_holds(
    calibrated: Said, settings: Alone, tmp_path: Path
) -> None:
    at = f"{load_from(settings).answer_at:.2f}"
    assert finding(settings) == {
        "name": "calibration",
        "ok": True,
        "found": f"of this content; strict caution: answers from {at} on",
        "mend": "",
    }
    other = Alone(knowledge_dirs=(write(tmp_path),), cache_dir=settings.cache_dir)
    stale = finding(other)
    assert (stale["ok"], stale["mend"]) == (False, "run `python bot.py calibrate`")
