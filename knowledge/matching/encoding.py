"""Turn sentences into vectors of meaning: a BERT sentence encoder in NumPy.

The sentence vector is the mean over the tokens, as in N. Reimers and I. Gurevych, "Sentence-BERT",
EMNLP 2019. The files are read as data.
"""

import json
import os
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.arrays import Matrix
from knowledge.matching.gathering import MOST, Gathering
from knowledge.matching.models import NoEncoder
from knowledge.matching.transformer import COLUMNS, Layer, Span, normalise
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
        self._together = Gathering(lambda texts: tuple(self.encode(texts)))
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

    def _forward(self, texts: Sequence[Sequence[int]]) -> Matrix:
        """The word pieces of texts, the shorter texts first → [texts, width], each of length 1."""
        epsilon = self.config["layer_norm_eps"]
        places = np.concatenate([np.arange(len(text)) for text in texts])
        used = len(places)
        x = np.zeros((self.config["hidden_size"], -(-used // COLUMNS) * COLUMNS), np.float32)
        pieces = np.fromiter(chain.from_iterable(texts), np.intp, used)
        x[:, :used] = (self._look_up(pieces) + self._positions[places]).T
        x = normalise(x, *self._edge, epsilon)
        spans = _spans(texts)
        for layer in self._layers:
            x = layer.forward(x, spans, self.config["num_attention_heads"], epsilon)
        pooled = np.concatenate([self._pool(x[:, span.columns], span) for span in spans])
        return np.asarray(pooled / np.linalg.norm(pooled, axis=1, keepdims=True), np.float32)

    def _pool(self, x: Matrix, span: Span) -> Matrix:
        """The columns of a span → a row for each of its texts."""
        x = x.reshape(len(x), span.texts, span.tokens)
        return (x[:, :, 0] if self._first_token_only else x.mean(2)).T

    def encode_asked(self, texts: Sequence[str]) -> Matrix:
        """As `encode`, of what people ask: remembered for a short while, and read together with
        what other threads ask.
        """
        rows = self._recent.find_all(texts, self._together)
        return np.array(rows, np.float32).reshape(len(texts), self.config["hidden_size"])

    def encode(
        self,
        texts: Sequence[str],
        batch: int = MOST,
        progress: Callable[[int, int], None] = lambda done, of: None,
    ) -> Matrix:
        """The vectors of the texts, [texts, width], each of length 1; `batch` of them are read at
        a time.
        """
        pieces = [encoded.ids for encoded in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(texts)), key=lambda n: len(pieces[n]))
        vectors = np.empty((len(texts), self.config["hidden_size"]), np.float32)
        for start in range(0, len(order), batch):
            part = order[start : start + batch]
            vectors[part] = self._forward([pieces[n] for n in part])
            progress(start + len(part), len(texts))
        return vectors


def _spans(texts: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    """Where the texts of each length are, of texts that lie side by side, the shorter first."""
    spans: list[Span] = []
    start = 0
    for tokens, alike in groupby(map(len, texts)):
        spans.append(Span(start, len(tuple(alike)), tokens))
        start = spans[-1].columns.stop
    return tuple(spans)
