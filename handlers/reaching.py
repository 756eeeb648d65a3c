"""Do what may not be possible any more: the message, the chat or the person may be gone."""

import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import BadRequest, ChatMigrated, Forbidden

logger = logging.getLogger(__name__)
T = TypeVar("T")
UNCHANGED = "message is not modified"
GONE = (
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "message_id_invalid",
    "query is too old",
    "query_id_invalid",
    "chat not found",
    "peer_id_invalid",
    "user_is_blocked",
    "group chat was deactivated",
    "have no rights to send",
    "not enough rights",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_send_plain_forbidden",
    "topic_closed",
    "topic_deleted",
)
"""What Telegram says where there is nothing (any more) to be done: it is no fault."""


async def if_possible(work: Callable[[], Awaitable[T]], otherwise: T, same: T | None = None) -> T:
    """What `work` gives; `otherwise` where the message, the chat or the person is gone; `same`
    where all is as it would be already.
    """
    try:
        return await work()
    except (Forbidden, ChatMigrated):
        logger.info("may not write there")
    except BadRequest as error:
        said = error.message.lower()
        if UNCHANGED in said:
            return otherwise if same is None else same
        if not any(words in said for words in GONE):
            raise
    return otherwise
