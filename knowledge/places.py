"""Where the content and what is made from it stand."""

from collections.abc import Mapping, Sequence
from pathlib import Path

BUILT_IN = Path(__file__).parent / "content"
SHIPPED = Path(__file__).parent / "shipped"
"""The handbook and the index of the built-in content, ready made."""


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
            if not path.name.endswith(".example.yaml"):
                found[path.relative_to(folder).as_posix()] = path
    return found
