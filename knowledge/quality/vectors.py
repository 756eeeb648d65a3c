"""Keep the sentence vectors of what is asked each time, so that judging again takes seconds."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.matching.arrays import Matrix
from knowledge.matching.encoding import Encoder
from knowledge.matching.models import fingerprint
from knowledge.matching.storing import write
from knowledge.opening import Knowledge

MOST = 20_000
"""Vectors that are kept; of more, the oldest go. The project's own content asks for 5,000."""


class KeptEncoder(Encoder):
    """An encoder that gives again what it gave for the same texts at once, bit for bit.

    What was encoded together is kept together: the last bits of a vector differ with its company.
    """

    def __init__(self, folder: Path, place: Path) -> None:
        """`place` is the folder for the file of the vectors; texts are kept as digests only."""
        super().__init__(folder)
        self._place = place / f"judged-{fingerprint(folder)}.npz"
        self._kept: dict[bytes, Matrix] = {}
        self._is_new = False
        with (
            suppress(OSError, ValueError, KeyError, BadZipFile),  # missing or damaged
            self._place.open("rb") as file,
            np.load(file) as stored,
        ):
            vectors = np.split(stored["vectors"], np.cumsum(stored["sizes"])[:-1])
            names = [name.tobytes() for name in stored["names"]]
            self._kept = dict(zip(names, vectors, strict=True))

    def encode(
        self,
        texts: Sequence[str],
        batch: int = 32,
        progress: Callable[[int, int], None] = lambda done, of: None,
    ) -> Matrix:
        """As `Encoder.encode`."""
        name = blake2b("\0".join(texts).encode(errors="surrogatepass"), digest_size=16).digest()
        if name not in self._kept:
            self._kept[name] = super().encode(texts, batch, progress)
            self._is_new = bool(texts) or self._is_new
        return self._kept[name]

    def save(self) -> None:
        """Write what is kept, if there is anything new."""
        if not self._is_new:
            return
        while sum(map(len, self._kept.values())) > MOST:
            del self._kept[next(iter(self._kept))]
        names = np.array([np.frombuffer(name, np.uint8) for name in self._kept])
        sizes = np.array([len(vectors) for vectors in self._kept.values()])
        vectors = np.concatenate(list(self._kept.values()))
        with suppress(OSError):  # the next run encodes again
            write(self._place, {"names": names, "sizes": sizes, "vectors": vectors})


@contextmanager
def keeping_vectors(knowledge: Knowledge, place: Path) -> Iterator[Knowledge]:
    """The same knowledge, which keeps the vectors of what it is asked in a folder."""
    if knowledge.index.encoder is None:
        yield knowledge
        return
    encoder = KeptEncoder(knowledge.index.encoder.folder, place)
    try:
        yield knowledge.encoded_by(encoder)
    finally:
        encoder.save()
