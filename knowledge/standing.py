"""What holds now, whatever the content says: what was withdrawn, whether the bot rests, the day."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A unit of guidance that was taken out."""

    unit: str
    reason: str
    on: str
    """The day, ISO 8601."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds beside the content."""

    withdrawals: tuple[Withdrawal, ...] = ()
    maintenance: str = ""
    """What is said in the place of every answer; empty while the bot answers."""
    today: str = ""
    """The day, ISO 8601; empty where nobody asks whether content is past its time."""
    is_known: bool = True
    """Whether what was withdrawn could be read."""

    def is_past(self, review_by: str) -> bool:
        """Whether the day by which something was to be looked at again is over."""
        return bool(self.today) and review_by < self.today
