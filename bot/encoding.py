"""Read sentences in a process of their own: Python runs one thread of a process at a time, so that
whoever is answered meanwhile would wait.

    python -m bot.encoding FOLDER       lists of texts come in, a JSON line each; vectors go out
"""

import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Lock

import numpy as np

from knowledge.matching.arrays import Matrix
from knowledge.matching.encoding import Encoder
from knowledge.matching.gathering import MOST
from knowledge.opening import Knowledge

logger = logging.getLogger(__name__)
ROOT = Path(__file__).parents[1]
PASSED_ON = ("PATH", "SYSTEMROOT", "OPENBLAS_NUM_THREADS")
"""What the process gets of the environment: no secret is among it."""


class EncoderApart(Encoder):
    """An encoder whose work another process does; this one does it where that has ended."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._turn = Lock()
        self._process: Popen[bytes] | None = None

    def encode(
        self,
        texts: Sequence[str],
        batch: int = MOST,
        progress: Callable[[int, int], None] = lambda done, of: None,
    ) -> Matrix:
        """As `Encoder.encode`; progress is told at the end."""
        if not texts:
            return super().encode(texts, batch, progress)
        try:
            with self._turn:
                found = self._ask(texts)
        except OSError as error:  # a new process is begun with the next text
            logger.error("the encoder has ended", extra={"told": {"error": type(error).__name__}})
            return super().encode(texts, batch, progress)
        progress(len(texts), len(texts))
        return found

    def _ask(self, texts: Sequence[str]) -> Matrix:
        """What the process has for the texts. Raises `OSError` where it has ended."""
        process = self._process or self.start()
        assert process.stdin and process.stdout
        width = self.config["hidden_size"]
        try:
            process.stdin.write(json.dumps(texts).encode() + b"\n")
            process.stdin.flush()
            found = process.stdout.read(4 * width * len(texts))
            if len(found) < 4 * width * len(texts):
                raise BrokenPipeError
        except OSError:
            self.close()
            raise
        return np.frombuffer(found, np.float32).reshape(len(texts), width)

    @property
    def process(self) -> int | None:
        """The number of the process, while there is one."""
        return self._process.pid if self._process else None

    def start(self) -> Popen[bytes]:
        """Begin the process, which ends with this one, in the place of any other. Raises
        `OSError`.
        """
        self.close()
        self._process = Popen(
            (sys.executable, "-m", __name__, str(self.folder.resolve())),
            cwd=ROOT,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
        )
        return self._process

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None


def apart(load: Callable[[], Knowledge]) -> Callable[[], Knowledge]:
    """A way to load knowledge whose encoder, if it has one, is a process of its own; on a machine
    with one processor it is none.
    """
    encoders: dict[Path, EncoderApart] = {}

    def load_apart() -> Knowledge:
        knowledge = load()
        encoder = knowledge.index.encoder
        if encoder is None or (os.cpu_count() or 1) < 2:
            return knowledge
        if encoder.folder not in encoders:
            encoders[encoder.folder] = EncoderApart(encoder.folder)
            encoders[encoder.folder].start()
        return knowledge.encoded_by(encoders[encoder.folder])

    return load_apart


def main(folder: Path) -> None:
    """Answer until nobody asks any more."""
    for name in (signal.SIGINT, signal.SIGTERM):  # whoever asks is told, and finishes first
        signal.signal(name, signal.SIG_IGN)
    encoder = Encoder(folder)
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(encoder.encode(json.loads(line)).tobytes())
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
