"""Measure what is seen before matching, on labelled messages that taught it nothing.

    python benchmarks/screening.py [--tier lexical] [--show KIND]

Prints, for each alarm, the share of messages that call for it in which it was seen, and of those
that only look so; for personal data the share of marked items that were found whole, by kind, and
of clean messages in which anything was. `--show` lists what went wrong: an alarm, a kind, `clean`.
"""

import argparse
import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from knowledge.matching.models import find_model  # noqa: E402
from knowledge.opening import Knowledge, open_knowledge  # noqa: E402
from knowledge.places import BUILT_IN  # noqa: E402
from knowledge.screening.personal import find  # noqa: E402
from knowledge.screening.screening import screen  # noqa: E402

CORPORA = ROOT / "tests" / "corpora"
MARK = re.compile(r"\[\[(\w+)\|(.*?)\]\]")


class Asked(NamedTuple):
    """One line of the table: of these lists, the alarm is to be seen in so many."""

    alarm: str
    file: str
    lists: tuple[str, ...]
    wanted: bool


ALARMS = (
    Asked("danger", "alarms", ("emergency",), True),
    Asked("danger", "alarms", ("lookalike",), False),
    Asked("danger", "alarms", ("general", "not_distress"), False),
    Asked("live_concern", "alarms", ("live",), True),
    Asked("live_concern", "alarms", ("general",), False),
    Asked("distress", "alarms", ("distress",), True),
    Asked("distress", "alarms", ("not_distress",), False),
    Asked("polarity", "turned", ("turned",), True),
    Asked("polarity", "turned", ("straight",), False),
)


def corpus(name: str) -> dict[str, list[str]]:
    """The lists of a corpus."""
    text = (CORPORA / f"{name}.yaml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = yaml.load(text, yaml.CSafeLoader)
    return found


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
    for part in ("first", "second"):
        personal(knowledge, part, options.show)


def alarms(knowledge: Knowledge, show: str) -> None:
    """The table of the alarms."""
    for alarm, file, lists, wanted in ALARMS:
        texts = [text for name in lists for text in corpus(file)[name]]
        # danger leads, and stands for the live concern that it is too
        enough = {alarm, "danger"} if wanted and alarm == "live_concern" else {alarm}
        heard = {text: not enough.isdisjoint(screen(text, knowledge).alarms) for text in texts}
        share = sum(heard.values()) / len(heard)
        what = "seen" if wanted else "false"
        print(f"{alarm:14}{' and '.join(lists):26}{what:6}{share:6.1%}  of {len(heard)}")
        for text, found in heard.items():
            if show == alarm and found != wanted:
                print(f"    {text}")


def questions(knowledge: Knowledge) -> None:
    """How often an alarm is given at the questions by which the matcher is judged."""
    texts = [text for intent in knowledge.handbook.intents for text in intent.checks]
    heard = Counter(alarm for text in texts for alarm in screen(text, knowledge).alarms)
    for alarm in ("danger", "live_concern", "distress", "polarity"):
        share = heard[alarm] / len(texts)
        print(f"{alarm:14}{'checks of the intents':26}{'':6}{share:6.1%}  of {len(texts)}")


def personal(knowledge: Knowledge, part: str, show: str) -> None:
    """The table of the personal data."""
    marked: Counter[str] = Counter()
    found_whole: Counter[str] = Counter()
    clean = flagged = 0
    for text in corpus("personal-data")[part]:
        plain, marks = unmark(text)
        items = find(plain, knowledge.vocabulary)
        if not marks:
            clean += 1
            flagged += bool(items)
            if show == "clean" and items:
                print("   ", [(item.kind, plain[item.start : item.end]) for item in items], plain)
        masked = {at for item in items for at in range(item.start, item.end)}
        for kind, start, end in marks:
            marked[kind] += 1
            whole = all(at in masked for at in range(start, end) if plain[at].isalnum())
            right = any(
                item.kind == kind and item.start < end and start < item.end for item in items
            )
            found_whole[kind] += whole and right
            if show == kind and not (whole and right):
                print("   ", repr(plain[start:end]), "in", plain)
    for kind, count in sorted(marked.items()):
        print(f"{kind:18}{part:10}{found_whole[kind] / count:6.1%}  of {count}")
    print(f"{'clean':18}{part:10}{flagged / clean:6.1%}  of {clean}, anything seen")


def unmark(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    """A text without its marks, and where what they marked stands: (kind, start, end)."""
    plain, at = "", 0
    marks: list[tuple[str, int, int]] = []
    for mark in MARK.finditer(text):
        plain += text[at : mark.start()]
        marks.append((mark[1], len(plain), len(plain) + len(mark[2])))
        plain, at = plain + mark[2], mark.end()
    return plain + text[at:], marks


if __name__ == "__main__":
    main()
