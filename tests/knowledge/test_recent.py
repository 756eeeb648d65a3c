"""What is remembered of recent questions, and for how long."""

from knowledge.answering import answer
from knowledge.opening import Knowledge
from knowledge.recent import MOST, SECONDS, Recent


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def counting() -> tuple[Recent[str], Clock, list[str]]:
    """A memory, its clock, and a list of what was looked for."""
    clock = Clock()
    return Recent(clock), clock, []


def test_a_question_asked_again_is_not_looked_for_again() -> None:
    recent, _, looked = counting()
    for _ in range(3):
        assert recent.find("fathers", lambda text: looked.append(text) or text.upper()) == "FATHERS"
    assert looked == ["fathers"]


def test_another_question_is_looked_for() -> None:
    recent, _, looked = counting()
    for text in ("fathers", "Fathers", "fathers ", "\ud800"):
        recent.find(text, lambda text: looked.append(text) or text)
    assert looked == ["fathers", "Fathers", "fathers ", "\ud800"]


def test_an_answer_is_forgotten_after_its_time() -> None:
    recent, clock, looked = counting()
    recent.find("fathers", lambda text: looked.append(text) or text)
    clock.now = SECONDS
    recent.find("housing", lambda text: looked.append(text) or text)
    assert len(recent) == 1
    recent.find("fathers", lambda text: looked.append(text) or text)
    assert looked == ["fathers", "housing", "fathers"]


def test_only_so_many_answers_are_remembered_and_the_oldest_goes_first() -> None:
    recent, _, looked = counting()
    for number in range(MOST + 1):
        recent.find(str(number), lambda text: text)
    assert len(recent) == MOST
    recent.find(str(MOST), lambda text: looked.append(text) or text)
    recent.find("0", lambda text: looked.append(text) or text)
    assert looked == ["0"]


def test_no_text_of_a_question_is_kept() -> None:
    recent, _, _ = counting()
    recent.find("a secret", lambda text: len(text))
    assert "secret" not in repr(vars(recent))


def test_a_repeated_question_gets_the_very_same_answer(knowledge: Knowledge) -> None:
    assert answer("do missed appointments matter", knowledge) == answer(
        "do missed appointments matter", knowledge
    )
