"""Turn sentences into vectors of meaning: a BERT sentence encoder in NumPy.

The sentence vector is the mean over the tokens, as in N. Reimers and I. Gurevych, "Sentence-BERT",
EMNLP 2019. The files are read as data.
"""

import json
import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.arrays import Matrix
from knowledge.matching.models import NoEncoder
from knowledge.matching.transformer import COLUMNS, Layer, normalise
from knowledge.recent import Recent

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST = 256
"""Word pieces of a text that are read."""

_KINDS = (
    *("attention.output.dense", "attention.output.LayerNorm"),
    *("intermediate.dense", "output.dense", "output.LayerNorm"),
)


class Encoder:
    """A sentence encoder in a folder of `config.json`, `tokenizer.json`, `model.safetensors` and,
    optionally, a pooling's config.

    The weights stay in the file until they are first needed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._recent: Recent[Matrix] = Recent()
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
    def _layers(self) -> tuple[Layer, ...]:
        return tuple(map(self._layer, range(self.config["num_hidden_layers"])))

    def _layer(self, number: int) -> Layer:
        tensors: dict[str, Matrix] = {}
        for part in ("weight", "bias"):
            maps = [f"attention.self.{name}.{part}" for name in ("query", "key", "value")]
            tensors[f"attention.self.{part}"] = np.concatenate(
                [self._tensor(f"encoder.layer.{number}.{name}") for name in maps]
            )
            for kind in _KINDS:
                tensors[f"{kind}.{part}"] = self._tensor(f"encoder.layer.{number}.{kind}.{part}")
        return Layer(tensors)

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
        x = normalise(x, *self._edge, epsilon)
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
        together. One text by itself is remembered for a short while.
        """
        if len(texts) == 1:
            return self._recent.find(texts[0], lambda text: self._encode((text,), batch, progress))
        return self._encode(texts, batch, progress)

    def _encode(
        self, texts: Sequence[str], batch: int, progress: Callable[[int, int], None]
    ) -> Matrix:
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
