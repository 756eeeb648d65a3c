"""The project's files speak of the project alone."""

import re
from pathlib import Path

import pytest

from bot import settings

ROOT = Path(__file__).parents[2]
LEFT_OUT = frozenset(
    ".git .venv __pycache__ .mypy_cache .pytest_cache .ruff_cache .hypothesis".split()
)
_FOLDERS = "|".join("work tmp root mnt".split())
ELSEWHERE = re.compile(rf"(?<![\w.:/\\])/(?:{_FOLDERS})/|\.\./(?:shared)\b")
"""Places on the machines of those who wrote it."""
REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))


def is_own(path: Path) -> bool:
    """Whether a path is a file of the project, and not of its tools."""
    return path.is_file() and LEFT_OUT.isdisjoint(path.relative_to(ROOT).parts)


def texts() -> dict[str, str]:
    """Every text of the project, by its path."""
    found: dict[str, str] = {}
    for path in filter(is_own, ROOT.rglob("*")):
        try:
            found[str(path.relative_to(ROOT))] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # no text
    return found


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    found = texts()
    assert {"bot.py", "README.md", "pyproject.toml"} <= found.keys()
    assert [
        (name, ELSEWHERE.findall(text)) for name, text in found.items() if ELSEWHERE.search(text)
    ] == []


@pytest.mark.parametrize("requirements", REQUIREMENTS, ids=lambda path: path.name)
def test_requirements_name_no_registry(requirements: Path) -> None:
    text = requirements.read_text(encoding="utf-8")
    assert re.findall(r"\w+://\S*|^\s*-(?!-hash=)\S+.*|\s@\s\S+", text, re.MULTILINE) == []


@pytest.mark.parametrize("requirements", REQUIREMENTS, ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed(requirements: Path) -> None:
    joined = requirements.read_text(encoding="utf-8").replace("\\\n", " ")
    needed = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    assert needed
    assert [line for line in needed if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:", line)] == []


def test_every_setting_in_the_example_is_one_that_is_read() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    names = re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE)
    read = Path(settings.__file__).read_text(encoding="utf-8")
    assert names
    assert [name for name in names if f'"{name.removesuffix("_FILE")}"' not in read] == []
