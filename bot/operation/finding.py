"""What was found of one thing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. With `ok`, `mend` is no more than advice."""

    name: str
    ok: bool
    found: str
    mend: str = ""
