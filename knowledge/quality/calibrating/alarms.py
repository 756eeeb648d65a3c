"""Choose the scores from which alarms are given, and measure what they are worth."""

from collections.abc import Mapping

import numpy as np

from knowledge.cautions import Alarm
from knowledge.matching.building import Built

FALSE_AT_MOST: Mapping[str, float] = {
    "danger": 0.04,
    "live_concern": 0.05,
    "distress": 0.05,
    "polarity": 0.05,
}
"""Of the messages that look like it and are not, this share may call for the alarm. A notice of
danger too many costs a line; one too few may cost a life: but one at every second question is read
by nobody.
"""


def choose_thresholds(alarms: tuple[Alarm, ...], built: Built) -> dict[str, float]:
    """For each alarm the least score, over its quiet messages each left out of what taught it, that
    keeps to `FALSE_AT_MOST`.
    """
    rows = {text: n for n, text in enumerate(built.made.texts)}
    thresholds: dict[str, float] = {}
    for alarm in alarms:
        column = built.left_out[:, built.made.classes.index(alarm.id)]
        quiet = column[[rows[text] for text in alarm.quiet if text in rows]]
        thresholds[alarm.id] = round(float(np.quantile(quiet, 1 - FALSE_AT_MOST[alarm.id])), 3)
    return thresholds
