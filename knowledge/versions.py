"""Tell one state of the content from another by a digest."""

from dataclasses import asdict, is_dataclass
from hashlib import sha256
from json import dumps
from typing import Any


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"cannot be digested: {type(value).__name__}")


def digest(*values: Any) -> str:
    """A SHA-256 of values of dataclasses, tuples, mappings, text and numbers, in hexadecimal."""
    return sha256(
        dumps(values, default=_plain, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()
