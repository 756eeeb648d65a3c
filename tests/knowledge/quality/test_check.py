"""What is wrong with the content as a whole is told with file, line and mend."""

from pathlib import Path

import pytest

from knowledge.problems import Problem
from knowledge.quality.soundness.check import check
from tests.knowledge.loading.test_cautions import CHANGES, DISTRESS, EMERGENCY, NATIONS
from tests.knowledge.small import BRUISES, NOT_COVERED, SMALL_TALK, SOURCE, write

LONG = " ".join(["we saw him"] * 12) + "."
"""A sentence of 36 words."""
HARD = "Organisational accountability necessitates multidisciplinary communication."


def problems(folder: Path, **changed: str) -> list[tuple[str, int, str, str]]:
    """File, line, problem and mend of every error in the small content with changed files."""
    folders = [write(folder, {path.replace("__", "/"): text for path, text in changed.items()})]
    _, found = check(folders, None, ())
    return [
        (p.file.removeprefix(f"{folder}/"), p.line, p.problem, p.mend)
        for p in found
        if p.severity == "error"
    ]


def test_content_that_is_short_and_plain_has_no_fault(tmp_path: Path) -> None:
    loaded, found = check([write(tmp_path)], None, ())
    assert loaded
    of_intents = [p for p in found if "/intents/" in p.file]
    assert [p.problem for p in found if p not in of_intents] == ["no intent cites inv/2.1"]
    assert all(p.problem.startswith("only ") for p in of_intents)


def read_hard(text: str, folder: Path, **changed: str) -> list[tuple[str, int, str, str]]:
    """The faults by which a text is too hard to read."""
    return [found for found in problems(folder, **changed) if text in found[2]]


def test_a_sentence_that_is_too_long_is_told_with_its_words(tmp_path: Path) -> None:
    lead = {"intents__bruises.yaml": BRUISES.replace("The teachers had.", LONG)}
    assert read_hard("a sentence has", tmp_path, **lead) == [
        (
            "intents/bruises.yaml",
            2,
            f"a sentence has 36 words: '{LONG}'",
            "35 at most: cut it in two",
        )
    ]


def test_sentences_that_are_long_on_average_are_told(tmp_path: Path) -> None:
    text = " ".join(["we saw him"] * 7) + ". " + " ".join(["we saw her"] * 7) + "."
    changed = {"not-covered.yaml": NOT_COVERED.replace("Ask the police.", text)}
    assert read_hard("on average", tmp_path, **changed) == [
        (
            "not-covered.yaml",
            9,
            f"sentences have 21.0 words on average: '{text}'",
            "20 at most: cut them",
        )
    ]


def test_a_text_that_asks_for_too_many_years_of_school_is_told(tmp_path: Path) -> None:
    found = read_hard(
        "reading grade",
        tmp_path,
        **{"small-talk.yaml": SMALL_TALK.replace("says: Hello.", f"says: {HARD}")},
    )
    ((file, line, problem, mend),) = found
    assert (file, line, mend) == (
        "small-talk.yaml",
        3,
        "9 at most: use shorter words and sentences",
    )
    assert problem.startswith("the reading grade is ") and problem.endswith(f": '{HARD}'")


def test_a_term_of_the_field_makes_no_text_hard(tmp_path: Path) -> None:
    changed = {"small-talk.yaml": SMALL_TALK.replace("says: Hello.", f"says: {HARD}")}
    terms = f"terms: [{', '.join(HARD.lower().rstrip('.').split())}]\nformer: [lscb]\n"
    assert read_hard("reading grade", tmp_path, **changed, **{"readability.yaml": terms}) == []


TEXTS = {
    "a unit's text": ("sources/invented.yaml", SOURCE, "Boards should ask how often."),
    "a unit's note": ("sources/invented.yaml", SOURCE, "The page is unnumbered."),
    "an intent's lead": ("intents/bruises.yaml", BRUISES, "The teachers had."),
    "a route": ("not-covered.yaml", NOT_COVERED, "Ask the police."),
    "small talk": ("small-talk.yaml", SMALL_TALK, "says: Hello."),
    "an alarm": ("emergency.yaml", EMERGENCY, "Call 999."),
    "an addition": ("emergency.yaml", EMERGENCY, '"Childline: 0800 1111."'),
    "a closing": ("emergency.yaml", EMERGENCY, "I am not a record."),
    "another alarm": ("distress.yaml", DISTRESS, "Talk to someone."),
    "a nation": ("nations.yaml", NATIONS, "This is about England."),
    "a change": ("then-and-now.yaml", CHANGES, "Boards are no more."),
}


@pytest.mark.parametrize("what", TEXTS)
def test_whatever_a_person_reads_is_held_to_it(tmp_path: Path, what: str) -> None:
    path, text, said = TEXTS[what]
    key = "says: " if said.startswith("says: ") else ""
    hard = text.replace(said, f"{key}{HARD}", 1)
    assert hard != text
    line = 1 + hard[: hard.index(HARD)].count("\n")
    assert [
        found[:2]
        for found in read_hard("reading grade", tmp_path, **{path.replace("/", "__"): hard})
    ] == [(path, line)]


@pytest.mark.parametrize("what", ["asked", "checks"])
def test_what_people_ask_may_be_as_hard_as_they_like(tmp_path: Path, what: str) -> None:
    asked = BRUISES.replace(f"{what}:\n", f"{what}:\n  - {HARD}\n")
    assert read_hard("reading grade", tmp_path, **{"intents__bruises.yaml": asked}) == []


def test_the_line_is_that_of_the_text_though_a_later_line_has_its_first_word(
    tmp_path: Path,
) -> None:
    lead = BRUISES.replace("The teachers had.", f"It is so. {HARD}")
    later = f"{lead}  - It was seen, was it not\n"
    found = read_hard("reading grade", tmp_path, **{"intents__bruises.yaml": later})
    assert [where[:2] for where in found] == [("intents/bruises.yaml", 2)]


@pytest.mark.parametrize(
    ("text", "told"),
    [("Boards must ask.", True), ("Boards should ask.", False), ("The mustard is off.", False)],
)
def test_must_is_kept_for_law(tmp_path: Path, text: str, told: bool) -> None:
    source = {"sources__invented.yaml": SOURCE.replace("Boards should ask how often.", text)}
    expected = [
        (
            "sources/invented.yaml",
            44,
            f"'must' is kept for law: '{text}'",
            "write what the report asks: 'should'",
        )
    ]
    assert read_hard("kept for law", tmp_path, **source) == (expected if told else [])


FORMER = "terms: [safeguarding]\nformer: [lscb, primary care trust]\n"


def named(folder: Path, **changed: str) -> list[tuple[str, int, str, str]]:
    """The faults by which a body of the past is named."""
    return [
        p for p in problems(folder, **{"readability.yaml": FORMER}, **changed) if "past" in p[2]
    ]


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("not-covered.yaml", NOT_COVERED, "Ask the police."),
        ("small-talk.yaml", SMALL_TALK, "says: Hello."),
        ("emergency.yaml", EMERGENCY, "Call 999."),
        ("emergency.yaml", EMERGENCY, "I am not a record."),
        ("nations.yaml", NATIONS, "This is about England."),
    ],
)
def test_a_text_of_our_own_that_names_a_body_of_the_past_is_told(
    tmp_path: Path, path: str, text: str, said: str
) -> None:
    key = "says: " if said.startswith("says: ") else ""
    naming = text.replace(said, f"{key}Ask your LSCB.", 1)
    line = 1 + naming[: naming.index("Ask your LSCB.")].count("\n")
    assert named(tmp_path, **{path: naming}) == [
        (
            path,
            line,
            "'lscb' is a body of the past",
            "name who has taken its place, or take it out",
        )
    ]


def test_a_name_of_several_words_is_seen_and_a_part_of_a_word_is_not(tmp_path: Path) -> None:
    def told(text: str) -> list[str]:
        changed = {"not-covered.yaml": NOT_COVERED.replace("Ask the police.", text)}
        return [problem for _, _, problem, _ in named(tmp_path, **changed)]

    assert told("Ask the Primary Care Trust.") == ["'primary care trust' is a body of the past"]
    assert told("Ask for primary care you trust.") == []
    assert told("Ask for the lscbx.") == []


def test_a_reports_own_text_may_name_a_body_of_the_past(tmp_path: Path) -> None:
    source = SOURCE.replace("Boards should ask", "The LSCB should ask")
    changes = CHANGES.replace("Boards are no more.", "The LSCB is no more.")
    changed = {"sources__invented.yaml": source, "then-and-now.yaml": changes}
    assert named(tmp_path, **changed) == []


def test_content_that_cannot_be_loaded_is_told_why_and_no_more(tmp_path: Path) -> None:
    write(tmp_path, {"emergency.yaml": EMERGENCY.replace("quiet:", "quite:")})
    loaded, found = check([tmp_path], None, ())
    assert loaded is None
    assert [p.line for p in found] == [1, 13]
    assert all(isinstance(p, Problem) for p in found)
