"""What the docs name is there."""

import re
from pathlib import Path

import pytest

from knowledge.quality.calibrating.alarms import FALSE_AT_MOST

ROOT = Path(__file__).parents[2]
DOCS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
_PATH = re.compile(
    r"\b(?:tests|benchmarks|knowledge|handlers|bot|docs)/[\w./-]*\w\.(?:py|yaml|md|txt|json)\b"
)


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_every_file_that_a_document_names_exists(doc: Path) -> None:
    named = set(_PATH.findall(doc.read_text(encoding="utf-8")))
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_safety_says_how_many_look_alikes_may_pass() -> None:
    said = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")
    found = re.search(
        r"at most (\d+) in 100\s+may pass the threshold \((\d+) for the others\)", said
    )
    assert found is not None
    of_danger, *others = (round(100 * share) for share in FALSE_AT_MOST.values())
    assert (int(found[1]), {int(found[2])}) == (of_danger, set(others))
