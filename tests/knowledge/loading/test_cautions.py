"""What is said around answers is read from its files, and each fault is told with its line."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.cautions import (
    Addition,
    Alarm,
    Cautions,
    Change,
    CommonNames,
    Contact,
    Link,
    Local,
    Nation,
    Stage,
)
from knowledge.loading import load
from knowledge.places import BUILT_IN
from tests.knowledge.conftest import OVERLAY
from tests.knowledge.small import BRUISES, problems_of, small_handbook, write

EMERGENCY = """\
says: Call 999.
additions:
  - words: [my dad, my mum]
    says: "Childline: 0800 1111."
closing: I am not a record.
signs:
  - "swallowed … battery"
unless:
  - review
fires:
  - he is not breathing
  - she went under the water
quiet:
  - I am drowning in e-mails
"""
DISTRESS = """\
says: Talk to someone.
fires:
  - I cry every night
quiet:
  - the form makes me cry
"""
NAMES = """\
public_numbers: [116 123]
published: [Child Q]
allowed: [Working Together]
says: Single reviews are not here.
"""
CHANGES = """\
changes:
  - id: boards
    words: [lscb]
    says: Boards are no more.
    source: an invented Act
    noted: 2026-11-22
  - id: bruises
    beside: [inv/1.1, inv/2.1]
    says: Look again.
    source: an invented guide
    noted: 2026-11-21
"""
NATIONS = """\
nations:
  - name: Wales
    words: [wales, gwent]
    says: This is about England.
not:
  - new south wales
"""
TERMS = """\
terms: [safeguarding]
former: [lscb]
"""
LOCAL = """\
partnership: Invented Vale
escalation:
  - stage: workers
    who: you talk
    within: today
  - stage: managers
    who: they talk
contacts:
  - name: Front door
    reach: 01632 960001
    checked: 2026-11-22
links:
  - name: Policy
    address: https://example.org/policy
emergency:
  - "Out of hours: 01632 960002."
"""
ALL = {
    "emergency.yaml": EMERGENCY,
    "distress.yaml": DISTRESS,
    "personal-data.yaml": NAMES,
    "then-and-now.yaml": CHANGES,
    "nations.yaml": NATIONS,
    "readability.yaml": TERMS,
    "local.yaml": LOCAL,
}

DANGER = Alarm(
    id="danger",
    says="Call 999.",
    additions=(Addition(("my dad", "my mum"), "Childline: 0800 1111."),),
    closing="I am not a record.",
    signs=("swallowed … battery",),
    unless=("review",),
    fires=("he is not breathing", "she went under the water"),
    quiet=("I am drowning in e-mails",),
)
WORN_OUT = Alarm(
    id="distress",
    says="Talk to someone.",
    additions=(),
    closing="",
    signs=(),
    unless=(),
    fires=("I cry every night",),
    quiet=("the form makes me cry",),
)


def test_every_file_of_caution_is_read_with_every_scalar_as_typed(tmp_path: Path) -> None:
    assert small_handbook(tmp_path, ALL).cautions == Cautions(
        alarms=(DANGER, WORN_OUT),
        names=CommonNames(
            ("116 123",), ("Child Q",), ("Working Together",), "Single reviews are not here."
        ),
        changes=(
            Change("boards", ("lscb",), (), "Boards are no more.", "an invented Act", "2026-11-22"),
            Change(
                "bruises",
                (),
                ("inv/1.1", "inv/2.1"),
                "Look again.",
                "an invented guide",
                "2026-11-21",
            ),
        ),
        nations=(Nation("Wales", ("wales", "gwent"), "This is about England."),),
        not_nations=("new south wales",),
        local=Local(
            "Invented Vale",
            (Stage("workers", "you talk", "today"), Stage("managers", "they talk", "")),
            (Contact("Front door", "01632 960001", "2026-11-22"),),
            (Link("Policy", "https://example.org/policy"),),
            ("Out of hours: 01632 960002.",),
        ),
        terms=("safeguarding",),
        former=("lscb",),
    )


def test_content_without_a_file_of_caution_loads(tmp_path: Path) -> None:
    assert small_handbook(tmp_path).cautions == Cautions()


def test_the_alarms_stand_in_the_order_in_which_they_are_said(tmp_path: Path) -> None:
    names = ("polarity", "distress", "emergency", "live-concern")
    files = {f"{name}.yaml": DISTRESS.replace(" cry", f" {name}") for name in names}
    assert [alarm.id for alarm in small_handbook(tmp_path, files).cautions.alarms] == [
        "danger",
        "live_concern",
        "distress",
        "polarity",
    ]


def test_an_alarm_in_a_later_folder_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "distress.yaml").write_text(DISTRESS.replace("someone", "your manager"))
    together = load([write(tmp_path / "built-in", ALL), own])
    changed = replace(WORN_OUT, says="Talk to your manager.")
    assert together.cautions.alarms == (DANGER, changed)


def test_a_local_file_is_laid_over_the_content_and_changes_nothing_else() -> None:
    plain, over = load(), load((BUILT_IN, OVERLAY))
    assert plain.cautions.local == Local()
    assert over.cautions.local.stages[1] == Stage("managers", "your manager speaks to theirs", "")
    assert replace(over, cautions=replace(over.cautions, local=Local())) == plain


def test_the_example_of_a_local_file_is_one_that_loads(tmp_path: Path) -> None:
    example = (BUILT_IN / "local.example.yaml").read_text(encoding="utf-8")
    local = small_handbook(tmp_path, {"local.yaml": example}).cautions.local
    assert local.partnership
    assert (len(local.stages), len(local.contacts), len(local.links)) == (3, 2, 1)


def test_an_intent_says_which_parts_of_the_local_way_it_asks_for(tmp_path: Path) -> None:
    asking = f"{BRUISES}local: [escalation, contacts]\n"
    intent = small_handbook(tmp_path, {"intents/bruises.yaml": asking}).intent("bruises")
    assert intent.local == ("escalation", "contacts")


WRONG: Mapping[str, tuple[Mapping[str, str], Sequence[tuple[str, int, str, str]]]] = {
    "an unknown key of an alarm": (
        {"emergency.yaml": EMERGENCY.replace("quiet:", "quite:")},
        [
            ("emergency.yaml", 1, "'quiet' is missing", "add `quiet:` and a list under it"),
            ("emergency.yaml", 13, "unknown key 'quite'", "did you mean 'quiet'?"),
        ],
    ),
    "an unknown key of an addition": (
        {"emergency.yaml": EMERGENCY.replace("- words: [my dad, my mum]", "- word: [my dad]")},
        [
            ("emergency.yaml", 3, "'words' is missing", "add `words:` and a list under it"),
            ("emergency.yaml", 3, "unknown key 'word'", "did you mean 'words'?"),
        ],
    ),
    "an alarm that says nothing": (
        {"distress.yaml": DISTRESS.replace("Talk to someone.", "")},
        [("distress.yaml", 1, "'says' is empty", "write the text after the colon")],
    ),
    "a message twice in one alarm": (
        {"emergency.yaml": EMERGENCY.replace("I am drowning in e-mails", "HE IS NOT breathing!")},
        [
            (
                "emergency.yaml",
                14,
                "the message 'he is not breathing' stands twice",
                "it is also in emergency.yaml:11; delete one",
            )
        ],
    ),
    "a message that two alarms are taught": (
        {
            "distress.yaml": DISTRESS.replace("the form makes me cry", "he isn't breathing"),
            "emergency.yaml": EMERGENCY,
        },
        [
            (
                "emergency.yaml",
                11,
                "the message 'he is not breathing' stands twice",
                "it is also in distress.yaml:5; delete one",
            )
        ],
    ),
    "an unknown key of the common names": (
        {"personal-data.yaml": f"{NAMES}numbers: [999]\n"},
        [
            (
                "personal-data.yaml",
                5,
                "unknown key 'numbers'",
                "did you mean 'public_numbers'?",
            )
        ],
    ),
    "common names that are one text": (
        {"personal-data.yaml": NAMES.replace("[Child Q]", "Child Q")},
        [
            (
                "personal-data.yaml",
                2,
                "'published' is not a list",
                "begin each line under it with `- `",
            )
        ],
    ),
    "an unknown key of a change": (
        {"then-and-now.yaml": CHANGES.replace("words: [lscb]", "word: [lscb]")},
        [("then-and-now.yaml", 3, "unknown key 'word'", "did you mean 'words'?")],
    ),
    "an unknown key beside the changes": (
        {"then-and-now.yaml": f"{CHANGES}source: an invented Act\n"},
        [("then-and-now.yaml", 12, "unknown key 'source'", "use one of: changes")],
    ),
    "a change without a source": (
        {"then-and-now.yaml": CHANGES.replace("    source: an invented guide\n", "")},
        [("then-and-now.yaml", 7, "'source' is missing", "add a line `source: …`")],
    ),
    "a change noted on no day": (
        {"then-and-now.yaml": CHANGES.replace("2026-11-21", "last week")},
        [
            (
                "then-and-now.yaml",
                11,
                "'noted' is 'last week'",
                "write a day as 2026-11-22",
            )
        ],
    ),
    "a change's id twice": (
        {"then-and-now.yaml": CHANGES.replace("id: bruises", "id: boards")},
        [
            (
                "then-and-now.yaml",
                7,
                "the id 'boards' stands twice",
                "give one of them another id",
            )
        ],
    ),
    "a change beside a unit that there is not": (
        {"then-and-now.yaml": CHANGES.replace("inv/2.1", "inv/2.2")},
        [("then-and-now.yaml", 8, "there is no unit 'inv/2.2'", "did you mean 'inv/2.1'?")],
    ),
    "no changes": (
        {"then-and-now.yaml": "changes:\n"},
        [
            (
                "then-and-now.yaml",
                1,
                "'changes' is not a list of entries",
                "add `changes:` and entries that begin with `- `",
            )
        ],
    ),
    "an unknown key of a nation": (
        {"nations.yaml": NATIONS.replace("says:", "say:")},
        [
            ("nations.yaml", 2, "'says' is missing", "add a line `says: …`"),
            ("nations.yaml", 4, "unknown key 'say'", "did you mean 'says'?"),
        ],
    ),
    "an unknown key beside the nations": (
        {"nations.yaml": NATIONS.replace("not:", "nor:")},
        [("nations.yaml", 5, "unknown key 'nor'", "did you mean 'not'?")],
    ),
    "an unknown key beside the terms": (
        {"readability.yaml": TERMS.replace("former:", "formal:")},
        [
            ("readability.yaml", 1, "'former' is missing", "add `former:` and a list under it"),
            ("readability.yaml", 2, "unknown key 'formal'", "did you mean 'former'?"),
        ],
    ),
    "an unknown key of a partnership": (
        {"local.yaml": LOCAL.replace("contacts:", "contact:")},
        [("local.yaml", 8, "unknown key 'contact'", "did you mean 'contacts'?")],
    ),
    "an unknown key of a stage": (
        {"local.yaml": LOCAL.replace("within: today", "hours: 24")},
        [("local.yaml", 5, "unknown key 'hours'", "use one of: stage, who, within")],
    ),
    "a contact that was checked on no day": (
        {"local.yaml": LOCAL.replace("2026-11-22", "22/11/2026")},
        [("local.yaml", 11, "'checked' is '22/11/2026'", "write a day as 2026-11-22")],
    ),
    "a contact that nobody says when they checked": (
        {"local.yaml": LOCAL.replace("    checked: 2026-11-22\n", "")},
        [("local.yaml", 9, "'checked' is missing", "add a line `checked: …`")],
    ),
    "a link that does not begin with https": (
        {"local.yaml": LOCAL.replace("https:", "http:")},
        [
            (
                "local.yaml",
                14,
                "'address' is 'http://example.org/policy'",
                "begin it with https://",
            )
        ],
    ),
    "a link that runs something": (
        {"local.yaml": LOCAL.replace("https://example.org/policy", "javascript:alert(1)")},
        [("local.yaml", 14, "'address' is 'javascript:alert(1)'", "begin it with https://")],
    ),
    "an intent that asks for a part that there is not": (
        {"intents/bruises.yaml": f"{BRUISES}local: [escalation, stages]\n"},
        [("intents/bruises.yaml", 10, "'local' is 'stages'", "use one of: escalation, contacts")],
    ),
    "a file of caution by another name": (
        {"live_concern.yaml": DISTRESS},
        [("live_concern.yaml", 0, "no file of this name is known", "rename it, or delete it")],
    ),
    "a file that YAML cannot read": (
        {"emergency.yaml": EMERGENCY.replace("says: Call", "says: now: call")},
        [
            (
                "emergency.yaml",
                1,
                "a line containing ': ' needs quotes",
                'put the whole text in "double quotes"',
            )
        ],
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_with_file_line_and_mend(what: str, tmp_path: Path) -> None:
    changed, expected = WRONG[what]
    found = problems_of(write(tmp_path, changed))
    assert [(p.file, p.line, p.problem, p.mend) for p in found] == expected
