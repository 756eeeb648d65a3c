"""Judging takes the same path as a person's question."""

from pathlib import Path

from knowledge.conversing import reply
from knowledge.matching.encoding import Encoder
from knowledge.opening import Knowledge
from knowledge.quality.suites.arriving import judge_checks, judge_not_covered
from knowledge.quality.suites.verdicts import tell
from knowledge.quality.vectors import KeptEncoder, keeping_vectors

EVERY = 30
"""Of the questions that judge, one in so many is asked here."""


def test_a_question_that_judges_is_answered_as_a_persons_own(knowledge: Knowledge) -> None:
    intents = [intent.id for intent in knowledge.handbook.intents][::EVERY]
    arrivals = (*judge_checks(knowledge, intents), *judge_not_covered(knowledge)[::EVERY])
    assert len(arrivals) > EVERY
    for arrival in arrivals:
        told = reply(arrival.text, knowledge)
        assert (told.answer, told.alternatives, told.evidence, tell(told)) == (
            arrival.answered.answer,
            arrival.answered.alternatives,
            arrival.answered.evidence,
            tell(arrival.answered),
        )


def test_what_is_kept_is_what_was_encoded_bit_for_bit(model_folder: Path, tmp_path: Path) -> None:
    for texts in (("who saw it",), ("who saw it", "what then", "and for boards")):
        first = KeptEncoder(model_folder, tmp_path)
        made = first.encode(texts).tobytes()
        first.save()
        kept = KeptEncoder(model_folder, tmp_path)
        kept.config = {}  # it could encode nothing any more
        assert kept.encode(texts).tobytes() == made == Encoder(model_folder).encode(texts).tobytes()


def test_a_damaged_file_of_vectors_is_made_anew(model_folder: Path, tmp_path: Path) -> None:
    first = KeptEncoder(model_folder, tmp_path)
    made = first.encode(("who saw it",)).tobytes()
    first.save()
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:99])
    assert KeptEncoder(model_folder, tmp_path).encode(("who saw it",)).tobytes() == made


def test_with_the_encoder_the_same_is_said_twice(semantic: Knowledge, tmp_path: Path) -> None:
    intent = semantic.handbook.intents[0].id
    found = []
    for _ in range(2):
        with keeping_vectors(semantic, tmp_path) as knowledge:
            found.append(judge_checks(knowledge, [intent]))
    assert found[0] == found[1] == judge_checks(semantic, [intent])
