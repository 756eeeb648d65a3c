"""The encoder gives the vectors that its publisher's own program gives, from the same files."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from knowledge.matching.encoding import Encoder
from knowledge.matching.models import PUBLISHED, NoEncoder, differing_files, find_model, fingerprint

LONG = "The baby was weighed on 14 March. " * 60
"""More word pieces than are read."""

KNOWN = {
    "Who should I challenge if my concerns aren't addressed?": (
        (0.01075, 0.05263, 0.03537, 0.03001, 0.05019, 0.04812),
        (-0.00752, 0.0221, 0.0192, 0.02006, -0.02358, 0.00377),
    ),
    "hv 😀 café: mam's fella won't let us in": (
        (0.02014, 0.01012, 0.0351, 0.00832, 0.05401, 0.03131),
        (0.02915, -0.00548, 0.03445, 0.02363, 0.01497, 0.03731),
    ),
    LONG: (
        (0.0067, 0.06539, 0.00859, 0.03838, -0.03402, 0.04229),
        (-0.02849, 0.03033, 0.02303, 0.03294, -0.04855, 0.04351),
    ),
}
"""The first six components, computed with PyTorch 2.13.0 and the transformers library from the same
files: the mean over all tokens, and the first token's vector, each brought to length 1.
"""

TEXTS = (*KNOWN, "", "GP", "gp", "who saw the bruises", "who saw the baby", "?!", "\x00 \U0010ffff")


@pytest.fixture(scope="module")
def encoder(model_folder: Path) -> Encoder:
    return Encoder(model_folder)


@pytest.fixture(scope="module")
def vectors(encoder: Encoder) -> NDArray[np.float32]:
    """Of all texts, in one batch."""
    return encoder.encode(TEXTS)


@pytest.mark.parametrize("text", KNOWN, ids=["question", "signs", "long"])
def test_a_sentence_has_the_vector_that_the_publisher_s_program_gives(
    text: str, vectors: NDArray[np.float32]
) -> None:
    np.testing.assert_allclose(vectors[TEXTS.index(text)][:6], KNOWN[text][0], atol=1e-4)


def test_a_model_that_pools_the_first_token_gives_its_vector(
    model_folder: Path, tmp_path: Path
) -> None:
    for name in ("config.json", *PUBLISHED):
        (tmp_path / name).symlink_to(model_folder / name)
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    found = Encoder(tmp_path).encode(list(KNOWN))
    np.testing.assert_allclose(found[:, :6], [first for _, first in KNOWN.values()], atol=1e-4)


def test_every_vector_has_length_one_and_the_model_s_width(
    vectors: NDArray[np.float32], encoder: Encoder
) -> None:
    assert vectors.shape == (len(TEXTS), encoder.config["hidden_size"])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_texts_together_have_the_vectors_that_they_have_alone(
    vectors: NDArray[np.float32], encoder: Encoder
) -> None:
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(vectors, alone, atol=1e-5)


@settings(max_examples=5)
@given(order=st.permutations(range(3, len(TEXTS))), batch=st.integers(1, 4))
def test_neither_order_nor_size_of_the_batches_matters(
    order: list[int], batch: int, vectors: NDArray[np.float32], encoder: Encoder
) -> None:
    found = encoder.encode([TEXTS[n] for n in order], batch)
    np.testing.assert_allclose(found, vectors[order], atol=1e-5)


def test_capitals_mean_nothing_to_this_model(vectors: NDArray[np.float32]) -> None:
    np.testing.assert_array_equal(vectors[TEXTS.index("GP")], vectors[TEXTS.index("gp")])


def test_what_lies_beyond_the_longest_text_is_not_read(
    encoder: Encoder, vectors: NDArray[np.float32]
) -> None:
    longer = encoder.encode([LONG + "Nobody saw him again."])
    np.testing.assert_allclose(longer[0], vectors[TEXTS.index(LONG)], atol=1e-5)


def test_no_texts_have_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.config["hidden_size"])
    assert encoder.encode_asked([]).shape == (0, encoder.config["hidden_size"])


def test_what_people_ask_at_once_has_the_vectors_that_it_has_alone(
    vectors: NDArray[np.float32], encoder: Encoder
) -> None:
    asked = [TEXTS[3:5], TEXTS[4:], TEXTS[3:4], TEXTS[5:]]
    with ThreadPoolExecutor(len(asked)) as threads:
        found = list(threads.map(encoder.encode_asked, asked))
    np.testing.assert_allclose(
        np.concatenate(found),
        np.concatenate([vectors[3:5], vectors[4:], vectors[3:4], vectors[5:]]),
        atol=1e-5,
    )


def test_progress_is_told_up_to_the_last_text(encoder: Encoder) -> None:
    told: list[tuple[int, int]] = []
    encoder.encode(["a b", "c d", "e"], 1, lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_installed_files_are_the_publisher_s_own(model_folder: Path) -> None:
    assert differing_files(model_folder) == ()


def test_a_file_that_was_tampered_with_is_told(model_folder: Path, tmp_path: Path) -> None:
    shutil.copy(model_folder / "tokenizer.json", tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    assert differing_files(tmp_path) == ("model.safetensors",)


def test_another_model_has_another_fingerprint(model_folder: Path, tmp_path: Path) -> None:
    for name in ("config.json", *PUBLISHED):
        (tmp_path / name).symlink_to(model_folder / name)
    same = fingerprint(tmp_path)
    (tmp_path / "model.safetensors").unlink()
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    assert (same, fingerprint(tmp_path) == same) == (fingerprint(model_folder), False)


def test_the_encoder_is_off_where_it_is_wanted_off() -> None:
    assert find_model("off") is None


def test_a_wanted_folder_is_taken(model_folder: Path) -> None:
    assert find_model(str(model_folder)) == model_folder


def test_a_wanted_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoEncoder) as raised:
        find_model(str(tmp_path))
    assert str(raised.value) == (
        f"SEMANTIC_MODEL: {tmp_path} has no config.json; name a folder that has, or 'off'"
    )


@pytest.mark.parametrize("config", [{"model_type": "gpt2"}, {}])
def test_a_model_of_another_kind_is_told(config: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(NoEncoder) as raised:
        Encoder(tmp_path)
    assert str(raised.value) == (
        f"{tmp_path} holds no BERT-architecture encoder; "
        "name another or set SEMANTIC_MODEL to 'off'"
    )
