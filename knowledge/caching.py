"""Keep the parsed handbook, and read it back: ten times as quick as reading the YAML files."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from knowledge.handbook import Handbook
from knowledge.places import files

FILE = "handbook.json"
FORMAT = b"1"
"""Raise it when content is loaded otherwise: what was kept is then read anew."""


def content_digest(folders: Sequence[Path]) -> str:
    """A digest of every content file, byte for byte."""
    found = sha256(FORMAT)
    for path in files(folders):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def keep_handbook(handbook: Handbook, content: str, folder: Path) -> None:
    """Keep a handbook of the content of a digest. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = {"content": content, "handbook": asdict(handbook)}
    (folder / FILE).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


def kept_handbook(folder: Path, content: str) -> Handbook | None:
    """The handbook that a folder keeps, if it is of the content of a digest."""
    try:
        kept = json.loads((folder / FILE).read_bytes())
        if kept["content"] != content:
            return None
        handbook: Handbook = _restore(kept["handbook"], Handbook)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # missing or damaged: the files themselves are read
    return handbook


def _restore(value: Any, kind: Any) -> Any:
    """A value of a dataclass, tuple, mapping or scalar type from what JSON made of it."""
    if is_dataclass(kind):
        return _restore_each([value], kind)[0]
    if get_origin(kind) is tuple:
        item, *_ = get_args(kind)
        return _restore_each(value, item) if is_dataclass(item) else tuple(value)
    if get_origin(kind) is Mapping:
        _, item = get_args(kind)
        return {key: _restore(content, item) for key, content in value.items()}
    return value


def _restore_each(values: list[Any], kind: Any) -> tuple[Any, ...]:
    # what is no scalar is looked at field by field; the rest, most of it, is taken as it is
    deep = _deep_fields(kind)
    return tuple(
        kind(**{**value, **{key: _restore(value[key], deep[key]) for key in deep}})
        for value in values
    )


@cache
def _deep_fields(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind) if _is_deep(hints[field.name])}


def _is_deep(kind: Any) -> bool:
    return is_dataclass(kind) or get_origin(kind) is not None
