"""What a button carries."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.actions import (
    Consider,
    Decide,
    DeleteMessage,
    PassOver,
    ShowIntent,
    UnknownAction,
    decode,
    encode,
)
from bot.records.deciding import What
from bot.rendering.buttons import Button, Under, under
from knowledge.answering import choose
from knowledge.handbook import Handbook
from knowledge.model import Answered, Candidate, NotCovered, Question

SEND = "Send this wording to the maintainers"
INTENT_IDS = st.text("abcxyz0189-", min_size=1, max_size=40)


@given(id=INTENT_IDS)
def test_a_button_means_what_was_put_into_it(id: str) -> None:
    assert decode(encode(ShowIntent(id))) == ShowIntent(id)


@given(id=INTENT_IDS)
def test_a_button_fits_into_what_telegram_carries(id: str) -> None:
    assert 1 <= len(encode(ShowIntent(id)).encode()) <= 64


GROUPS = st.integers(0, 16**8 - 1).map("{:08x}".format)
REVIEWS = (
    st.builds(Decide, GROUPS, st.just(What.INTENT), INTENT_IDS)
    | st.builds(
        Decide, GROUPS, st.just(What.NOT_COVERED), st.text("abz09-_", min_size=1, max_size=40)
    )
    | st.builds(Decide, GROUPS, st.just(What.SKIPPED))
    | st.builds(Consider, GROUPS, st.booleans())
    | st.builds(PassOver, GROUPS)
)


@given(review=REVIEWS)
def test_a_button_under_what_people_asked_means_what_was_put_into_it_and_fits(
    review: Decide | Consider | PassOver,
) -> None:
    assert decode(encode(review)) == review
    assert len(encode(review).encode()) <= 64


MESSAGE_IDS = st.integers(0, 10**15 - 1)


@given(id=MESSAGE_IDS)
def test_a_button_that_deletes_names_the_message_that_was_put_into_it(id: int) -> None:
    assert decode(encode(DeleteMessage(id))) == DeleteMessage(id)


@given(id=MESSAGE_IDS)
def test_a_button_that_deletes_fits_into_what_telegram_carries(id: int) -> None:
    assert 1 <= len(encode(DeleteMessage(id)).encode()) <= 64


@pytest.mark.parametrize(
    "carried",
    [
        *("1:d", "1:d:", "1:d:x", "1:d:-1", "1:d:+1", "1:d:007", "1:d:1.0", "1:d: 1", "1:d:²"),
        *("1:d:\u0661", "1:d:1:2", "0:d:1", "2:d:1", "1:D:1", "d:1"),
        *(f"1:d:{10**15}", f"1:d:{'9' * 60}"),
    ],
)
def test_a_button_that_names_no_message_deletes_none(carried: str) -> None:
    with pytest.raises(UnknownAction):
        decode(carried)


@example("1:d:0")
@given(
    carried=st.text()
    | st.lists(
        st.sampled_from(["1", "2", "i", "d", "a", "k", "n", "r", "x", "0" * 8, "", "a-b"])
    ).map(":".join)
)
def test_whatever_a_button_carries_is_understood_whole_or_not_at_all(carried: str) -> None:
    with suppress(UnknownAction):
        assert encode(decode(carried)) == carried


def buttons_under(kinds: tuple[str, ...], asked_in: int | None, handbook: Handbook) -> list[Button]:
    """The buttons under what answers a message in which such data was seen."""
    answered = Answered(Question("q", kinds), NotCovered(handbook.routes[0]))
    rows = under(answered, Under(asked_in))
    return [button for row in rows for button in row if button.label != SEND]


def test_a_message_with_personal_data_can_be_deleted_by_a_button(handbook: Handbook) -> None:
    delete = Button("Delete my message", encode(DeleteMessage(5)))
    assert buttons_under(("name",), 5, handbook) == [delete]
    assert buttons_under(("name", "phone"), 5, handbook) == [delete]


def test_there_is_no_button_to_delete_where_there_is_nothing_to_delete(handbook: Handbook) -> None:
    assert buttons_under((), 5, handbook) == []
    assert buttons_under(("name",), None, handbook) == []


def test_the_button_to_delete_stands_below_what_is_offered(handbook: Handbook) -> None:
    offered = tuple(Candidate(intent, 0.2) for intent in handbook.intents[:2])
    chosen = choose(Question("q", ("name",)), offered)
    assert [[button.label for button in row] for row in under(chosen, Under(5))] == [
        [offered[0].intent.title],
        [offered[1].intent.title],
        ["Delete my message"],
    ]
