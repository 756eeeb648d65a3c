"""`new`: a maintainer writes an intent or a report, and sees whom its questions go to today."""

from knowledge.loading import load
from tests.bot.terminals import Here
from tests.bot.test_inquiring import Keyboard

LEAD = "Gran was heard: nobody had asked her."
GRAN = ["new", "intent", "gran-heard", "--title", "Was gran heard?", "--lead", LEAD]
GRAN += ["--cites", "inv/1.1,inv/2.1", "--theme", "family"]
WAYS = (
    "zzyzx gran",
    "- gran: asked?",
    "no",
    "qwerty nan",
    "did a teacher see the bruises",
)
TAUGHT = [word for way in WAYS for word in ("--asked", way)]
CHECKS = ["--checks", "nan, then", "--checks", "gran, then"]


def test_an_intent_is_written_and_it_is_shown_whom_it_might_steal_from(here_small: Here) -> None:
    own = here_small.home / "own"
    own.mkdir()
    said = here_small.types(*GRAN, *TAUGHT, *CHECKS, environ={"KNOWLEDGE_DIRS": str(own)})
    assert said.code == 0
    assert [line.partition(";")[0] for line in said.err.splitlines()] == [
        "warning: only 5 ways of asking",
        "warning: only 2 checks",
    ]
    written, heading, columns, *rows = said.out.splitlines()
    assert written == f"Written: {own / 'intents' / 'gran-heard.yaml'}"
    assert heading == "Where its title and its questions go today, before it is taught:"
    assert columns.split() == ["asked", "goes", "today", "to", "how", "likely"]
    stolen = next(row for row in rows if row.startswith(WAYS[-1]))
    assert "bruises (answered)" in stolen and " in 100" in stolen
    assert any(row.startswith("Answered today by others: ") for row in rows)
    assert rows[-1] == (
        "Next: python bot.py check, then calibrate, then /reload where the bot runs"
    )
    intent = load((here_small.built_in, own)).intent("gran-heard")
    assert (intent.asked, intent.checks) == (WAYS, ("nan, then", "gran, then"))
    assert intent.lead == LEAD


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(here_small: Here) -> None:
    own = here_small.home / "own"
    wrong = ["inv/1.1,inv/1.9" if word.startswith("inv/") else word for word in GRAN]
    said = here_small.types(*wrong, *TAUGHT, "--related", "nowhere", "--folder", str(own))
    first, second, last = said.err.splitlines()
    assert first.startswith("error: there is no unit 'inv/1.9'; did you mean 'inv/1.1'")
    assert second.startswith("error: there is no intent 'nowhere'; ")
    assert (last, said.out, said.code, own.exists()) == ("Nothing was written.", "", 1, False)


def test_what_was_typed_is_not_lost_where_it_cannot_be_written(here_small: Here) -> None:
    typed = ["", "zzyzx gran", "", "", "n"]
    here_small.monkeypatch.setattr("sys.stdin", Keyboard("".join(f"{line}\n" for line in typed)))
    said = here_small.types(*GRAN, "--folder", str(here_small.home / "own"))
    assert said.code == 1
    assert "error: only 0 checks; write at least 2" in said.err
    assert "asked:\n  - zzyzx gran\n" in said.out


def test_a_report_is_written_with_its_first_unit(here_small: Here) -> None:
    own = here_small.home / "own"
    words = {
        "title": "Invented: a review",
        "prefix": "rev",
        "publisher": "Nobody",
        "year": "2019",
        "period": "2018",
        "status": "historic",
        "locator": "page 3",
        "kind": "finding",
        "text": "Gran had seen it. Nobody asked her.",
        "ages": "unborn,under-1",
        "folder": str(own),
    }
    said = here_small.types(
        "new", "source", "review", *(w for k, v in words.items() for w in (f"--{k}", v))
    )
    assert (said.err, said.code) == ("", 0)
    assert "`check` asks for one" in said.out
    assert f"Next: put {own} into KNOWLEDGE_DIRS, then python bot.py check\n" in said.out
    handbook = load((here_small.built_in, own))
    unit = handbook.unit("rev/1.1")
    assert (unit.text, unit.ages, unit.concerns) == (
        "Gran had seen it. Nobody asked her.",
        ("unborn", "under-1"),
        ("all agencies",),
    )
    source = handbook.source_of(unit)
    assert (source.title, source.year, source.published) == ("Invented: a review", 2019, "2019")
    year, rest = int(source.as_of[:4]), source.as_of[4:]
    assert source.review_by == f"{year + 1}{rest}"


def test_what_is_missing_is_named(here_small: Here) -> None:
    said = here_small.types("new", "intent", "gran", "--title", "Gran?")
    assert (said.code, said.err) == (
        2,
        "Missing: --lead, --cites, --asked. Call it on a terminal to be asked. "
        "Try: python bot.py new intent --help\n",
    )
