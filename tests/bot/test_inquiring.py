"""A maintainer is asked on the terminal for what a command was not given."""

from io import StringIO

import click
import pytest

from bot.cli.inquiring import Field, Id, Ids, Lines, inquire, nothing

FIELDS = (
    Id("id", "Id", taken=("nan",)),
    Field("kind", "Kind", among=("finding", "case")),
    Field("short", "In short", lambda given: f"short {given['id']}"),
    Ids("ages", "Ages", nothing, among=("any", "unborn", "under-1")),
    Lines("asked", "Ways of asking"),
    Lines("checks", "Checks", nothing),
)
NOTHING = {"id": None, "kind": None, "short": None, "ages": (), "asked": (), "checks": ()}


class Keyboard(StringIO):
    """A terminal at which these lines are typed."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", Keyboard("".join(f"{line}\n" for line in lines)))


def test_everything_is_asked_for_and_what_may_not_be_said_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(
        monkeypatch,
        "Gran!",
        "nan",
        "gran",
        "cse",
        "case",
        "",
        "unborn, any",
        "",
        "nan: told",
        "no",
        "",
        "",
    )
    assert inquire(FIELDS, NOTHING) == (
        {
            "id": "gran",
            "kind": "case",
            "short": "short gran",
            "ages": ("unborn", "any"),
            "asked": ("nan: told", "no"),
            "checks": (),
        },
        True,
    )
    said, _ = capsys.readouterr()
    assert "'Gran!' is no id; use a-z, 0-9 and -, 40 at most." in said
    assert "there is 'nan' already; choose another." in said
    assert "'cse' is none; did you mean case?" in said
    assert "One of: any, unborn, under-1" in said
    assert "One is needed at least." in said


def test_what_was_given_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"id": "gran", "kind": "case", "short": "g", "ages": ("any",), "checks": ("c",)}
    typing(monkeypatch, "nan told", "")
    assert inquire(FIELDS, given) == ({**given, "asked": ("nan told",)}, True)


def test_with_all_that_is_needed_nothing_is_asked() -> None:
    given = {"id": "gran", "kind": "case", "asked": ("nan told",)}
    whole = {**given, "short": "short gran", "ages": (), "checks": ()}
    assert inquire(FIELDS, {**NOTHING, **given}) == (whole, False)


def test_where_nobody_can_be_asked_all_that_is_missing_is_named() -> None:
    with pytest.raises(click.UsageError, match=r"^Missing: ID, --kind, --asked\. "):
        inquire(FIELDS, NOTHING)
