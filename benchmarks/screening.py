"""Measure what is seen before matching, on labelled messages that taught it nothing.

    python benchmarks/screening.py [--tier lexical] [--show KIND]

Prints, for each alarm, the share of messages that call for it in which it was seen, and of those
that only look so; for personal data the share of marked items that were found whole, by kind, and
of clean messages in which anything was. `--show` lists what went wrong: an alarm, a kind, `clean`.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from knowledge.matching.models import find_model  # noqa: E402
from knowledge.opening import Knowledge, open_knowledge  # noqa: E402
from knowledge.places import BUILT_IN  # noqa: E402
from knowledge.quality.suites.alarming import ALARMS, judge_alarm  # noqa: E402
from knowledge.quality.suites.personal import PARTS, judge_part  # noqa: E402
from knowledge.quality.suites.verdicts import Verdict  # noqa: E402
from knowledge.screening.items import KINDS  # noqa: E402
from knowledge.screening.screening import screen  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tier", choices=("semantic", "lexical"), default="semantic")
    parser.add_argument("--show", default="", help="list what went wrong with this alarm or kind")
    options = parser.parse_args()
    knowledge = open_knowledge(
        (BUILT_IN,), None, find_model("off" if options.tier == "lexical" else "")
    )
    alarms(knowledge, options.show)
    questions(knowledge)
    for part in PARTS:
        personal(knowledge, part, options.show)


def alarms(knowledge: Knowledge, show: str) -> None:
    """The table of the alarms."""
    for of in ALARMS:
        found = list(judge_alarm(of, of.texts, knowledge))
        seen = sum(one.right == of.wanted for one in found) / len(found)
        what = "seen" if of.wanted else "false"
        print(f"{of.alarm:14}{' and '.join(of.lists):26}{what:6}{seen:6.1%}  of {len(found)}")
        if show == of.alarm:
            tell_wrong(found)


def questions(knowledge: Knowledge) -> None:
    """How often an alarm is given at the questions by which the matcher is judged."""
    texts = [text for intent in knowledge.handbook.intents for text in intent.checks]
    heard = Counter(alarm for text in texts for alarm in screen(text, knowledge).alarms)
    for alarm in ("danger", "live_concern", "distress", "polarity"):
        share = heard[alarm] / len(texts)
        print(f"{alarm:14}{'checks of the intents':26}{'':6}{share:6.1%}  of {len(texts)}")


def personal(knowledge: Knowledge, part: str, show: str) -> None:
    """The table of the personal data."""
    found = list(judge_part(part, knowledge))
    for kind in sorted(KINDS):
        marked = [one for one in found if one.wanted == kind]
        share = sum(one.right for one in marked) / len(marked)
        print(f"{kind:18}{part:10}{share:6.1%}  of {len(marked)}")
        if show == kind:
            tell_wrong(marked)
    clean = [one for one in found if one.wanted not in KINDS]
    share = sum(not one.right for one in clean) / len(clean)
    print(f"{'clean':18}{part:10}{share:6.1%}  of {len(clean)}, anything seen")
    if show == "clean":
        tell_wrong(clean)


def tell_wrong(found: Sequence[Verdict]) -> None:
    """What is not as it should be, a line each."""
    for one in found:
        if not one.right:
            print(f"    {one.text!r} got {one.got}")


if __name__ == "__main__":
    main()
