"""A small content folder, invented, for tests that have to break it."""

from collections.abc import Mapping
from pathlib import Path

from knowledge.handbook import Handbook
from knowledge.loading import load
from knowledge.problems import Problem, Unsound

SOURCE = """\
title: Invented lessons
subtitle: a sample
short: Invented lessons
prefix: inv
publisher: Nobody
year: 2010
published: March 2010
period: 2009-2010
nation: England
status: historic
as_of: 2026-01-31
checked_by: ""
review_by: 2027-01-31
read_in:
  summary: the summary
notes:
  - It was invented.
units:
  - id: inv/1.1
    locator: paragraph 4.10
    kind: finding
    addressed_to: [practitioners]
    ages: [any]
    via: [summary]
    concerns: [education]
    with: [inv/2.1]
    text: Teachers had seen the bruises.
  - id: inv/2.1
    locator: page 2
    kind: statistic
    addressed_to: [all]
    ages: [unborn, under-1]
    via: [summary]
    concerns: [education]
    text: This was so in 7 of 12 cases.
    note: The page is unnumbered.
  - id: inv/3.1
    locator: page 3
    kind: recommendation
    addressed_to: [boards]
    ages: [14-plus]
    via: [summary]
    concerns: [manager]
    text: Boards should ask how often.
"""
BRUISES = """\
title: Who had seen the bruises?
lead: The teachers had.
cites: [inv/1.1]
related: [boards]
asked:
  - who saw the bruises
  - did any teacher notice marks
checks:
  - had school noticed
"""
BOARDS = """\
title: What should boards ask?
lead: They should ask how often.
cites: [inv/3.1, inv/1.1]
asked:
  - what should boards ask
  - questions for the board
"""
NOT_COVERED = """\
routes:
  - id: lead
    text: Talk to your safeguarding lead.
    asked:
      - may I look in her bag
    checks:
      - can we search a pupil
  - id: police
    text: Ask the police.
    asked:
      - is it a crime
"""
SMALL_TALK = """\
replies:
  - id: hello
    says: Hello.
    asked: [hello, good morning]
"""
GLOSSARY = """\
words:
  health visitor: [hv, health vis]
ages:
  - id: unborn
    name: unborn babies
    words: [bump]
"""
FOLLOW_UPS = "".join(
    f"{key}: [{key} then]\n"
    for key in ("again", "more", "example", "action", "openers", "corrections", "boards")
)

FILES: Mapping[str, str] = {
    "sources/invented.yaml": SOURCE,
    "intents/bruises.yaml": BRUISES,
    "intents/boards.yaml": BOARDS,
    "not-covered.yaml": NOT_COVERED,
    "small-talk.yaml": SMALL_TALK,
    "glossary.yaml": GLOSSARY,
    "follow-ups.yaml": FOLLOW_UPS,
}


def write(folder: Path, changed: Mapping[str, str | bytes] | None = None) -> Path:
    """Write the files, some of them changed, or others besides."""
    for path, text in {**FILES, **(changed or {})}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def small_handbook(folder: Path, changed: Mapping[str, str] | None = None) -> Handbook:
    """The handbook of the files."""
    return load([write(folder, changed)])


def problems_of(*folders: Path) -> tuple[Problem, ...]:
    """What is wrong with the folders, each file named from its folder; none if they load."""
    try:
        load(folders)
    except Unsound as unsound:
        return tuple(
            Problem(_within(folders, p.file), p.line, p.problem, _within(folders, p.mend))
            for p in unsound.problems
        )
    return ()


def _within(folders: tuple[Path, ...], text: str) -> str:
    for folder in folders:
        text = text.replace(f"{folder}/", "")
    return text
