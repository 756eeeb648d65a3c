"""A maintainer asks whether the content is any good."""

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.bot.terminals import Here

INTENT = "chief-inspector-2010"
"""Has checks that fail."""
CHROMIUM = shutil.which("chromium")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture
def report(here: Here) -> Path:
    """The report on two intents."""
    folder = here.home / "judged"
    said = here.types("test", INTENT, "briefing-contact", "--report", str(folder))
    assert (said.code, said.out.splitlines()[-1]) == (0, "All good")
    return folder


def test_all_good_is_the_last_word_where_only_what_is_known_fails(here: Here) -> None:
    said = here.types("test", INTENT, "--tier", "lexical")
    assert (said.code, said.err, said.out.splitlines()[-1]) == (0, "", "All good")
    assert said.out.startswith("lexical tier")


def test_new_failures_and_mended_ones_are_told_and_counted(here: Here) -> None:
    own = here.home / "own"
    own.mkdir()
    (own / "known-failures.yaml").write_text(f"lexical:\n  {INTENT}:\n  - nobody asks this\n")
    said = here.types("test", INTENT, environ={"KNOWLEDGE_DIRS": str(own)})
    *new, mended = said.err.splitlines()
    assert said.code == 1
    assert said.out.splitlines()[-1] == f"Failures: {len(new)} new, 1 mended but listed"
    assert f"intents/{INTENT}.yaml:" in new[0]
    assert mended.endswith("fails no more, or is asked no more; take the line out")


def test_what_fails_can_be_listed_in_a_folder_of_ones_own(here: Here) -> None:
    own = here.home / "own"
    own.mkdir()
    environ = {"KNOWLEDGE_DIRS": str(own)}
    assert here.types("test", INTENT, "--update-known", environ=environ).code == 0
    assert here.types("test", INTENT, environ=environ).code == 0
    assert INTENT in (own / "known-failures.yaml").read_text()


def test_a_program_gets_the_same_as_json(here: Here) -> None:
    said = here.types("test", INTENT, "--json")
    told = json.loads(said.out)
    assert (told["ok"], told["tier"], told["new"], told["mended"]) == (True, "lexical", [], [])
    (suite,) = told["suites"]
    assert suite["suite"] == "checks of the intents"
    assert suite["share"] == round(suite["right"] / suite["asked"], 4)


def test_an_intent_that_is_mistyped_is_named_with_the_right_one(here: Here) -> None:
    said = here.types("test", "chief-inspecter-2010")
    assert (said.code, said.out) == (2, "")
    assert "There is no intent 'chief-inspecter-2010'; close to it: chief-inspector-2010, " in (
        said.err
    )


def test_the_numbers_come_as_files_too(report: Path) -> None:
    told = json.loads((report / "report.json").read_text())
    for file, key in (
        ("per-intent.csv", "intents"),
        ("confusions.csv", "confusions"),
        ("questions.csv", "asked"),
    ):
        with (report / file).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        wanted = [{k: "" if v is None else str(v) for k, v in one.items()} for one in told[key]]
        assert rows == wanted
        assert rows


def test_a_report_of_the_same_run_is_the_same(report: Path, here: Here) -> None:
    folder = here.home / "again"
    here.types("test", INTENT, "briefing-contact", "--report", str(folder))
    for file in report.iterdir():
        assert (folder / file.name).read_bytes() == file.read_bytes()


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of a browser."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium: install the package `chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser.new_page(viewport={"width": 390, "height": 844})
        browser.close()


def test_a_browser_shows_the_report_and_asks_nobody_for_anything(report: Path, page: Page) -> None:
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    address = (report / "report.html").as_uri()
    page.goto(address, wait_until="networkidle")
    assert (asked, wrong) == ([address], [])
    assert page.locator("script").count() == 0
    pictures = page.locator("svg[role=img]").all()
    sizes = [box for picture in pictures if (box := picture.bounding_box())]
    assert [box["width"] > 300 and box["height"] > 200 for box in sizes] == [True] * 3
    assert all(picture.get_attribute("aria-label") for picture in pictures)
    for heading in ("Is it any good?", "The worst questions", "What is confused", "By intent"):
        assert page.get_by_role("heading", name=heading).is_visible()
    assert page.get_by_text(INTENT).count() > 1
    assert page.evaluate("document.documentElement.scrollWidth") == 390  # a phone need not scroll
