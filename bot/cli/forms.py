"""What a new intent and a new report are made of: each thing as a question, and as content."""

from collections.abc import Mapping
from datetime import date

from bot.cli.inquiring import Field, Given, Id, Ids, Lines, nothing
from knowledge.guidance import AGES, AUDIENCES, CONCERNS, KINDS, STATUSES
from knowledge.writing import Bare, Content, InARow, Prose

ID = Id("id", "Id, which is the file's name: a-z, 0-9 and -")
INTENT = (
    Field("title", "Title, as a question"),
    Field("lead", "The answer in one sentence, with nothing that the units do not say"),
    Ids("cites", "Units that it cites, the main one first (`list units` shows all)"),
    Ids("related", "Related intents", nothing),
    Field("theme", "Theme under which /topics lists it", nothing),
    Lines("asked", "Ways of asking"),
    Lines("checks", "Checks: other questions that must arrive here", nothing),
)


def _today(given: Given) -> str:
    return date.today().isoformat()


def _a_year_on(given: Given) -> str:
    year, rest = given["as_of"][:4], given["as_of"][4:]
    return f"{int(year) + 1}{rest}" if year.isdecimal() else ""


REPORT = (
    Field("title", "Title"),
    Field("subtitle", "Subtitle", nothing),
    Field("short", "Title in short", lambda given: str(given["title"])),
    Field("prefix", "Prefix of its units' ids: a few letters and digits"),
    Field("publisher", "Publisher"),
    Field("publisher_short", "Publisher in short", nothing),
    Field("year", "Year"),
    Field("published", "When it was published", lambda given: str(given["year"])),
    Field("period", "What time it is about"),
    Field("nation", "Nation", lambda given: "England"),
    Field("status", "Status", among=STATUSES),
    Field("as_of", "Day on which that was noted", _today),
    Field("checked_by", "Role that checked our wording", nothing),
    Field("review_by", "Day by which to look at it again", _a_year_on),
    Field("read_in", "What was read", lambda given: "the report itself"),
    Lines("notes", "Notes on what was read", nothing),
)
UNIT = (
    Field("unit", "Id of its first unit", lambda given: f"{given['prefix']}/1.1"),
    Field("locator", "Where in the report that unit stands"),
    Field("kind", "Kind of the unit", among=KINDS),
    Ids("addressed_to", "Whom the report asks", lambda given: "all", AUDIENCES),
    Ids("ages", "Ages of the children", lambda given: "any", AGES),
    Ids("concerns", "Agencies and roles that it touches", lambda given: "all agencies", CONCERNS),
    Field("text", "What the unit says, in words of your own"),
)


def report(given: Given) -> Mapping[str, Content]:
    """What the file of a report holds, with its first unit."""
    forms = {"year": Bare, "as_of": Bare, "review_by": Bare}
    told = {f.name: forms.get(f.name, str)(given[f.name]) for f in REPORT if type(f) is Field}
    lists = {field.name: InARow(given[field.name]) for field in UNIT if type(field) is Ids}
    unit: Mapping[str, Content] = {
        "id": given["unit"],
        "locator": given["locator"],
        "kind": given["kind"],
        "addressed_to": lists["addressed_to"],
        "ages": lists["ages"],
        "via": InARow(("read",)),
        "concerns": lists["concerns"],
        "text": Prose(given["text"]),
    }
    return {**told, "read_in": {"read": given["read_in"]}, "notes": given["notes"], "units": [unit]}
