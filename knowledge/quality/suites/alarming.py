"""Judge what is to be said first: alarms at messages that call for them and at those that only look
so, and the line on other nations.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from knowledge.conversing import reply
from knowledge.matching.building import Progress, silent
from knowledge.opening import Knowledge
from knowledge.quality.corpora import messages
from knowledge.quality.suites.verdicts import Verdict
from knowledge.screening.screening import screen


class Alarming(NamedTuple):
    """Lists of a corpus whose messages call for an alarm, or only look so."""

    alarm: str
    file: str
    lists: tuple[str, ...]
    wanted: bool

    @property
    def suite(self) -> str:
        """The name of the suite, in words."""
        title = self.alarm.replace("_", " ")
        heard = f"{title} seen" if self.wanted else f"no {title}"
        return f"{heard} in {' and '.join(self.lists)}"

    @property
    def texts(self) -> tuple[str, ...]:
        """The messages."""
        return tuple(text for name in self.lists for text in messages(self.file, name))


ALARMS = (
    Alarming("danger", "alarms", ("emergency",), True),
    Alarming("danger", "alarms", ("lookalike",), False),
    Alarming("danger", "alarms", ("general", "not_distress"), False),
    Alarming("live_concern", "alarms", ("live",), True),
    Alarming("live_concern", "alarms", ("general",), False),
    Alarming("distress", "alarms", ("distress",), True),
    Alarming("distress", "alarms", ("not_distress",), False),
    Alarming("polarity", "turned", ("turned",), True),
    Alarming("polarity", "turned", ("straight",), False),
)
NATIONS = {"nation": True, "england": False}
"""Lists of questions: whether they are to be told that the reports are about England."""


def judge_alarms(knowledge: Knowledge, progress: Progress = silent) -> tuple[Verdict, ...]:
    """The verdicts on every message of `ALARMS`."""
    return tuple(
        verdict
        for done, of in enumerate(ALARMS, 1)
        for verdict in _tell(
            judge_alarm(of, of.texts, knowledge), progress, "looking for alarms", done, len(ALARMS)
        )
    )


def _tell(
    found: Iterator[Verdict], progress: Progress, what: str, done: int, of: int
) -> Iterator[Verdict]:
    yield from found
    progress(what, done, of)


def judge_alarm(of: Alarming, texts: Sequence[str], knowledge: Knowledge) -> Iterator[Verdict]:
    """The verdict on each of the texts, which call for the alarm as the lists do."""
    # danger leads, and stands for the live concern that it is too
    enough = {of.alarm, "danger"} if of.wanted and of.alarm == "live_concern" else {of.alarm}
    for text in texts:
        heard = screen(text, knowledge).alarms
        right = of.wanted != enough.isdisjoint(heard)
        wanted = of.alarm if of.wanted else f"no {of.alarm}"
        yield Verdict(of.suite, text, wanted, ", ".join(heard) or "nothing", right)


def judge_nations(knowledge: Knowledge) -> tuple[Verdict, ...]:
    """Whether each question is told that the reports are about England, as its list wants."""
    found = []
    for name, wanted in NATIONS.items():
        suite = "other nations told so" if wanted else "England not taken for another nation"
        for text in messages("turned", name):
            told = any(notice.kind == "nation" for notice in reply(text, knowledge).notices)
            words = {True: "told of the nation", False: "nothing"}
            found.append(Verdict(suite, text, words[wanted], words[told], told == wanted))
    return tuple(found)
