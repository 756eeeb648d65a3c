"""Words become weighed features: the rarer the heavier, none heavier than the whole."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.features import BLOCKS, Vocabulary, hash_feature, hash_features

PHRASES = [
    "who saw the baby".split(),
    "who weighed the baby".split(),
    "who weighed the baby twice".split(),
    "board minutes".split(),
]
VOCABULARY = Vocabulary.learn(PHRASES)
SENTENCES = st.lists(st.text("abc", min_size=1, max_size=4), max_size=6)


def likeness(one: str, other: str, vocabulary: Vocabulary = VOCABULARY) -> float:
    """The dot product of two texts' vectors."""
    dense = np.zeros((2, len(vocabulary.keys)))
    for n, text in enumerate((one, other)):
        columns, weights = vocabulary.weigh(text.split())
        dense[n, columns] = weights
    return float(dense[0] @ dense[1])


def test_the_features_of_a_word_are_itself_its_stem_its_edges_and_its_letters() -> None:
    skips: list[str] = []
    words, stems, pairs = ["ads"], ["ads"], ["< ads", "ads >"]
    letters = [" a", "ad", "ds", "s ", " ad", "ads", "ds ", " ads", "ads "]
    expected = sorted(
        hash_feature(feature, block)
        for block, features in enumerate((words, stems, pairs, skips, letters))
        for feature in features
    )
    assert sorted(np.concatenate(hash_features(["ads"])).tolist()) == expected


def test_words_apart_are_paired_up_to_three_places_on() -> None:
    paired = set(hash_features("a b c d e".split())[3].tolist())
    assert {hash_feature(pair, 3) for pair in ("a_b", "a_c", "a_d")} <= paired
    assert hash_feature("a_e", 3) not in paired


@given(line=st.text(max_size=40))
def test_letters_counted_all_at_once_are_those_counted_one_by_one(line: str) -> None:
    tokens = line.split()
    spaced = f" {' '.join(tokens)} "
    runs = [spaced[i : i + n] for n in (2, 3, 4) for i in range(len(spaced) - n + 1)]
    found = hash_features(tokens)[4].tolist()
    assert sorted(found) == sorted(hash_feature(run, 4) for run in runs)


def test_a_phrase_is_wholly_like_itself() -> None:
    for tokens in PHRASES[:1]:
        assert likeness(" ".join(tokens), " ".join(tokens)) == pytest.approx(1, abs=1e-6)


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    assert likeness("weighed", "who weighed") > likeness("who", "who weighed")


def test_a_text_without_a_known_feature_has_no_vector() -> None:
    columns, weights = VOCABULARY.weigh(["zz"])
    assert (columns.tolist(), weights.tolist()) == ([], [])


def test_a_vocabulary_of_nothing_knows_nothing() -> None:
    columns, weights = Vocabulary.learn([]).weigh(["baby"])
    assert (columns.tolist(), weights.tolist()) == ([], [])


def test_pairs_and_letters_that_stand_in_one_phrase_only_are_left_out_but_words_stay() -> None:
    assert hash_feature("board", 0) in VOCABULARY.keys
    assert hash_feature("board_minut", 3) not in VOCABULARY.keys
    assert hash_feature("who_weigh", 3) in VOCABULARY.keys


def test_every_feature_knows_its_block() -> None:
    blocks = dict(zip(VOCABULARY.keys.tolist(), VOCABULARY.block.tolist(), strict=True))
    assert blocks[hash_feature("baby", 0)] == list(BLOCKS).index("w")
    assert blocks[hash_feature("bab", 4)] == list(BLOCKS).index("c")


@given(phrases=st.lists(SENTENCES, max_size=5), asked=SENTENCES)
def test_no_vector_is_longer_than_one_and_no_weight_is_negative(
    phrases: list[list[str]], asked: list[str]
) -> None:
    columns, weights = Vocabulary.learn(phrases).weigh(asked)
    assert len(set(columns.tolist())) == len(columns)
    assert (weights > 0).all()
    assert float(weights @ weights) <= 1 + 1e-5


@given(
    phrases=st.lists(
        st.lists(st.sampled_from(["baby", "weighed", "school", "police"]), max_size=5),
        min_size=1,
        max_size=5,
    )
)
def test_the_order_of_the_phrases_does_not_matter(phrases: list[list[str]]) -> None:
    one, other = Vocabulary.learn(phrases), Vocabulary.learn(phrases[::-1])
    assert one.keys.tolist() == other.keys.tolist()
    assert one.idf.tolist() == other.idf.tolist()
    assert one.block.tolist() == other.block.tolist()
