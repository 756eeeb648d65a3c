"""Sentences are read in another process, whatever becomes of it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import numpy as np
import pytest

from bot.encoding import EncoderApart, apart
from knowledge.matching.encoding import Encoder
from knowledge.opening import Knowledge
from tests.bot.terminals import PATIENCE, ROOT, next_line

TEXTS = ("who saw the bruises", "", "hv 😀 café: mam's fella won't let us in")


@pytest.fixture
def encoder(model_folder: Path) -> Iterator[EncoderApart]:
    encoder = EncoderApart(model_folder)
    yield encoder
    encoder.close()


def is_there(process: int) -> bool:
    """Whether there is a process of a number, that has not ended."""
    try:
        return "zombie" not in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return False


def test_the_other_process_says_what_this_one_would(encoder: EncoderApart) -> None:
    here = Encoder(encoder.folder).encode(TEXTS)
    np.testing.assert_allclose(encoder.encode(TEXTS), here, atol=1e-6)
    assert encoder.encode(()).shape == (0, here.shape[1])


def test_whoever_asks_is_answered_although_the_other_process_was_killed(
    encoder: EncoderApart,
) -> None:
    before = encoder.encode(TEXTS)
    killed = encoder.process
    assert killed
    os.kill(killed, signal.SIGKILL)
    np.testing.assert_allclose(encoder.encode(TEXTS), before, atol=1e-6)
    np.testing.assert_allclose(encoder.encode(TEXTS), before, atol=1e-6)
    assert encoder.process not in (None, killed)


def test_the_other_process_goes_on_when_all_are_told_to_stop_and_its_user_finishes_first(
    encoder: EncoderApart,
) -> None:
    encoder.encode(TEXTS)
    process = encoder.process
    assert process
    for name in (signal.SIGINT, signal.SIGTERM):
        os.kill(process, name)
    encoder.encode(("does it go on",))
    assert encoder.process == process


def test_the_other_process_ends_with_the_one_that_began_it(model_folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from bot.encoding import EncoderApart\n"
        "encoder = EncoderApart(Path(sys.argv[1])); encoder.encode(('a',))\n"
        "print(encoder.process, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        (sys.executable, "-c", code, str(model_folder)),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as user:
        assert user.stdout
        process = int(next_line(user.stdout))
        assert is_there(process)
        user.kill()
    until = monotonic() + PATIENCE
    while is_there(process):
        assert monotonic() < until, "it is still there"


def test_no_secret_is_passed_on(
    model_folder: Path, monkeypatch: pytest.MonkeyPatch, encoder: EncoderApart
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:a-secret")
    environ = Path(f"/proc/{encoder.start().pid}/environ").read_bytes()
    assert b"a-secret" not in environ


def test_without_an_encoder_there_is_no_other_process(knowledge: Knowledge) -> None:
    assert apart(lambda: knowledge)() is knowledge


def test_content_that_is_loaded_anew_keeps_the_process(
    knowledge: Knowledge, model_folder: Path
) -> None:
    load = apart(lambda: knowledge.encoded_by(Encoder(model_folder)))
    first, second = load().index.encoder, load().alarms.encoder
    if isinstance(first, EncoderApart):  # where there are two processors
        assert first is second
        first.close()
