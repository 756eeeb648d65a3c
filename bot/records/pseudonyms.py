"""Name people by keyed pseudonyms. Without the key nobody can tell whose they are, not even by
trying every id.
"""

import hmac
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.records.store import RecordsFailed

LENGTH = 16
"""Hexadecimal digits: among a million people two share one with a chance of 1 in 37 million."""


@dataclass(frozen=True, slots=True)
class Key:
    """A secret, and the day (ISO 8601) on which a newer one took its place; empty for that in
    use.
    """

    secret: bytes
    until: str = ""

    @classmethod
    def new(cls) -> "Key":
        """A key that nobody knows yet."""
        return cls(secrets.token_bytes(32))

    def __repr__(self) -> str:
        return f"Key(until={self.until!r})"


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """The keys, that in use first; older ones find what was kept under them."""

    keys: tuple[Key, ...]

    def of(self, id: int) -> str:
        """The pseudonym of a person or a chat by which it is kept from now on."""
        return _hash(self.keys[0], str(id))

    def all_of(self, id: int) -> tuple[str, ...]:
        """Every pseudonym under which something of a person may be kept."""
        return tuple(_hash(key, str(id)) for key in self.keys)

    def seal(self, code: str) -> str:
        """The form in which the code of an invitation is kept."""
        return _hash(self.keys[0], f"invitation {code}")

    def entry(self, chat: int, message: int, part: int) -> str:
        """The id of what is kept of a question, by its message and which part of it it was: a
        question that was changed, or is answered once more, is kept once.
        """
        return _hash(self.keys[0], f"question {chat} {message} {part}")

    def sign(self, intent: str) -> str:
        """What proves that this bot shared an answer."""
        return _hash(self.keys[0], f"share {intent}")

    def is_signed(self, intent: str, signature: str) -> bool:
        """Whether this bot shared an answer, under this key or an older one."""
        made = (_hash(key, f"share {intent}") for key in self.keys)
        return any(hmac.compare_digest(one.encode(), _plain(signature)) for one in made)

    def all_seals(self, code: str) -> tuple[str, ...]:
        """Every form in which the code of an invitation may be kept."""
        return tuple(_hash(key, f"invitation {code}") for key in self.keys)


def _hash(key: Key, text: str) -> str:
    return hmac.new(key.secret, _plain(text), sha256).hexdigest()[:LENGTH]


def _plain(text: str) -> bytes:
    """The bytes of a text, be it half a surrogate pair: it may be what anyone wrote."""
    return text.encode(errors="surrogatepass")


def from_setting(value: str) -> Pseudonyms:
    """The keys of the environment: `new,older,…`."""
    first, *older = (part.strip().encode() for part in value.split(","))
    return Pseudonyms((Key(first), *(Key(secret, "9999-12-31") for secret in older)))


def from_file(path: Path) -> Pseudonyms:
    """The keys of a file, a line each, that in use first; it is written if there is none.

    Raises `RecordsFailed` where it cannot be read or written, or others can read it.
    """
    try:
        if not path.exists():
            _write((Key.new(),), path)
        if path.stat().st_mode & 0o077:
            raise RecordsFailed(f"others can read {path.name}; take their rights away: chmod 600")
        lines = path.read_text(encoding="ascii").split("\n")
        keys = tuple(_read(line) for line in lines if line.strip())
    except OSError as error:
        raise RecordsFailed(f"{path.name} cannot be used ({error.strerror})") from error
    except ValueError as error:
        raise RecordsFailed(f"{path.name} holds no keys; put it back from where it is kept") from (
            error
        )
    if not keys:
        raise RecordsFailed(f"{path.name} holds no keys; put it back from where it is kept")
    return Pseudonyms(keys)


def rotate(path: Path, today: str) -> None:
    """Put a new key before the others of a file. Raises as `from_file`."""
    current, *older = from_file(path).keys
    _write((Key.new(), Key(current.secret, today), *older), path)


def forget_older(path: Path, before: str) -> int:
    """Take out the keys that were replaced before a day; how many. Raises as `from_file`."""
    keys = from_file(path).keys
    left = tuple(key for key in keys if not key.until or key.until >= before)
    if len(left) < len(keys):
        _write(left, path)
    return len(keys) - len(left)


def _read(line: str) -> Key:
    secret, _, until = line.strip().partition(" ")
    if len(secret) < 32:
        raise ValueError
    return Key(bytes.fromhex(secret), until)


def _write(keys: tuple[Key, ...], path: Path) -> None:
    """Write the file whole and put it in its place, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f"{path.name}.new")
    lines = "".join(f"{key.secret.hex()} {key.until}".rstrip() + "\n" for key in keys)
    new.unlink(
        missing_ok=True
    )  # of an attempt that did not come to its end, perhaps with other rights
    opened = os.open(new, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    with open(opened, "w", encoding="ascii") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)
