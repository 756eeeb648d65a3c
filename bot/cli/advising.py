"""Say what has to follow a change of the content's files."""

from collections.abc import Sequence
from pathlib import Path

from knowledge.places import BUILT_IN
from knowledge.problems import name


def next_steps(folder: Path, read: Sequence[Path], teaches: bool = True) -> str:
    """What is left to be done once files of a folder have changed, `read` being the folders that
    the bot reads. What `teaches` the matcher makes the calibration stale.
    """
    is_built_in = folder.resolve() == BUILT_IN
    later = " and ".join(["index"] * is_built_in + ["calibrate"] * teaches)
    steps = f"python bot.py check{', then ' if later else ''}{later}"
    live = ", then /reload where the bot runs" if teaches else ""
    if folder.resolve() not in [other.resolve() for other in read]:
        return f"Next: put {name(folder)} into KNOWLEDGE_DIRS, then {steps}"
    return f"Next: {steps}{live}"
