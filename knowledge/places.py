"""Where the content and what is made from it stand."""

from collections.abc import Mapping, Sequence
from pathlib import Path

BUILT_IN = Path(__file__).parent / "content"
SHIPPED = Path(__file__).parent / "shipped"
"""The handbook and the index of the built-in content, ready made."""
CORPORA = Path(__file__).parent / "corpora"
"""Messages that judge and never teach."""
KNOWN_FAILURES = "known-failures.yaml"
"""The file, beside the built-in content or in a folder of one's own, that lists what fails as yet:
no content.
"""


def files(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Every content file of the folders, in the order in which they are read."""
    return tuple(placed(folders).values())


def placed(folders: Sequence[Path]) -> Mapping[str, Path]:
    """Every content file by its place in its folder, such as `intents/fathers.yaml`, in the order
    in which they are read.

    A file replaces its namesake in an earlier folder.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(
            path
            for pattern in ("*", "sources/*", "intents/*")
            for path in folder.glob(f"{pattern}.yaml")
        ):
            if not path.name.endswith(".example.yaml") and path.name != KNOWN_FAILURES:
                found[path.relative_to(folder).as_posix()] = path
    return found
