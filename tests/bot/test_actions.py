"""What a button carries."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from bot.actions import ShowIntent, UnknownAction, decode, encode

INTENT_IDS = st.text("abcxyz0189-", min_size=1, max_size=40)


@given(id=INTENT_IDS)
def test_a_button_means_what_was_put_into_it(id: str) -> None:
    assert decode(encode(ShowIntent(id))) == ShowIntent(id)


@given(id=INTENT_IDS)
def test_a_button_fits_into_what_telegram_carries(id: str) -> None:
    assert 1 <= len(encode(ShowIntent(id)).encode()) <= 64


@given(carried=st.text() | st.lists(st.sampled_from(["1", "2", "i", "", "a-b"])).map(":".join))
def test_whatever_a_button_carries_is_understood_whole_or_not_at_all(carried: str) -> None:
    with suppress(UnknownAction):
        assert encode(decode(carried)) == carried
