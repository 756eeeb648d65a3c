"""Turn a read document into the nouns of the model, complaining of what does not fit."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge import guidance
from knowledge.cautions import PARTS
from knowledge.loading.documents import Document
from knowledge.loading.mappings import Entry

_UNIT_ID = re.compile(r"[a-z0-9]+/[a-z0-9]+\.[0-9]+")
ID = re.compile(r"[a-z0-9-]{1,40}")
"""The name of an intent's or a report's file."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An id or a text that stands somewhere, to be held against the others."""

    text: str
    document: Document
    line: int


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A source file, read."""

    source: guidance.Source
    units: tuple[tuple[guidance.Unit, Mention], ...]
    needs: tuple[Mention, ...]
    """The units that others are shown with."""


@dataclass(frozen=True, slots=True)
class ReadIntent:
    """An intent file, read."""

    intent: guidance.Intent
    document: Document
    cites: tuple[Mention, ...]
    related: tuple[Mention, ...]
    asked: tuple[Mention, ...]
    theme: tuple[Mention, ...]
    is_draft: bool


def read_source(path: Path) -> tuple[ReadSource, Document]:
    """Read a report and its units."""
    document = Document(path)
    entry = document.read()
    entry.only(
        *(
            "title",
            "subtitle",
            "short",
            "prefix",
            "publisher",
            "publisher_short",
            "year",
            "published",
            "period",
            "nation",
            "status",
        ),
        *("as_of", "checked_by", "review_by", "read_in", "notes", "units"),
    )
    source = guidance.Source(
        slug=path.stem,
        title=entry.text("title"),
        subtitle=entry.text("subtitle", ""),
        short=entry.text("short"),
        publisher=entry.text("publisher"),
        known_as=entry.text("publisher_short", entry.text("publisher")),
        year=entry.number("year"),
        published=entry.text("published"),
        period=entry.text("period"),
        nation=entry.text("nation"),
        status=entry.text("status", among=guidance.STATUSES),
        as_of=day(entry, "as_of"),
        checked_by=entry.text("checked_by", ""),
        review_by=day(entry, "review_by"),
        read_in={
            key: value.content
            for key, value in entry.named("read_in")
            if isinstance(value.content, str)
        },
        notes=entry.texts("notes", needed=False),
    )
    units: list[tuple[guidance.Unit, Mention]] = []
    needs: list[Mention] = []
    for found in entry.entries("units"):
        unit = _read_unit(found, source, entry.text("prefix"))
        units.append((unit, Mention(unit.id, document, found.line)))
        needs += [Mention(id, document, line) for id, line in found.lines("with", needed=False)]
    return ReadSource(source, tuple(units), tuple(needs)), document


def _read_unit(entry: Entry, source: guidance.Source, prefix: str) -> guidance.Unit:
    entry.only(
        "id", "locator", "kind", "addressed_to", "ages", "via", "concerns", "with", "text", "note"
    )
    id = entry.text("id")
    if id and not (_UNIT_ID.fullmatch(id) and id.startswith(f"{prefix}/")):
        entry.document.complain(
            entry.line_of("id"),
            f"the id '{id}' has not the form {prefix}/locator.number",
            "see the other units",
        )
    return guidance.Unit(
        id=id,
        source=source.slug,
        locator=entry.text("locator"),
        kind=entry.text("kind", among=guidance.KINDS),
        addressed_to=entry.texts("addressed_to", among=guidance.AUDIENCES),
        ages=entry.texts("ages", among=guidance.AGES),
        via=entry.texts("via", among=tuple(source.read_in)),
        concerns=entry.texts("concerns", among=guidance.CONCERNS),
        text=entry.text("text"),
        shown_with=entry.texts("with", needed=False),
        note=entry.text("note", ""),
    )


def day(entry: Entry, key: str) -> str:
    """The day (ISO 8601) under a key."""
    text = entry.text(key)
    try:
        date.fromisoformat(text)
    except ValueError:
        if text:
            entry.document.complain(
                entry.line_of(key), f"'{key}' is '{text}'", "write a day as 2026-11-22"
            )
    return text


def read_intent(path: Path) -> ReadIntent:
    """Read an intent; its id is the file's name."""
    document = Document(path)
    entry = document.read()
    entry.only("title", "lead", "cites", "related", "local", "theme", "draft", "asked", "checks")
    if not ID.fullmatch(path.stem):
        document.complain(
            0, f"the file name '{path.stem}' is no id", "use a-z, 0-9 and -, 40 at most"
        )
    intent = guidance.Intent(
        id=path.stem,
        title=entry.text("title"),
        lead=entry.text("lead"),
        cites=entry.texts("cites"),
        related=entry.texts("related", needed=False),
        asked=entry.texts("asked"),
        checks=entry.texts("checks", needed=False),
        local=entry.texts("local", needed=False, among=PARTS),
        theme=entry.text("theme", default=""),
    )
    theme = Mention(intent.theme, document, entry.line_of("theme"))

    def mentions(key: str) -> tuple[Mention, ...]:
        return tuple(Mention(text, document, line) for text, line in entry.lines(key, needed=False))

    return ReadIntent(
        intent,
        document,
        mentions("cites"),
        mentions("related"),
        mentions("asked"),
        (theme,) if intent.theme else (),
        entry.text("draft", "false", among=("true", "false")) == "true",
    )


def read_routes(path: Path) -> tuple[tuple[guidance.Route, ...], tuple[Mention, ...], Document]:
    """Where to turn with what is not covered, and every question of which that is so."""
    document = Document(path)
    routes: list[guidance.Route] = []
    asked: list[Mention] = []
    for entry in document.read().entries("routes"):
        entry.only("id", "text", "asked", "checks")
        asked += [Mention(text, document, line) for text, line in entry.lines("asked")]
        routes.append(
            guidance.Route(
                entry.new_id([route.id for route in routes]),
                entry.text("text"),
                entry.texts("asked"),
                entry.texts("checks", needed=False),
            )
        )
    return tuple(routes), tuple(asked), document


def read_small_talk(path: Path) -> tuple[tuple[guidance.SmallTalkReply, ...], Document]:
    """Read the friendly lines."""
    document = Document(path)
    replies: list[guidance.SmallTalkReply] = []
    for entry in document.read().entries("replies"):
        entry.only("id", "says", "asked")
        replies.append(
            guidance.SmallTalkReply(
                entry.new_id([reply.id for reply in replies]),
                entry.text("says"),
                entry.texts("asked"),
            )
        )
    return tuple(replies), document


def read_themes(path: Path) -> tuple[tuple[guidance.Theme, ...], Document]:
    """Read what intents can be about."""
    document = Document(path)
    themes: list[guidance.Theme] = []
    for entry in document.read().entries("themes"):
        entry.only("id", "title")
        themes.append(
            guidance.Theme(entry.new_id([theme.id for theme in themes]), entry.text("title"))
        )
    return tuple(themes), document


def read_glossary(
    path: Path,
) -> tuple[dict[str, tuple[str, ...]], tuple[guidance.AgeGroup, ...], Document]:
    """What abbreviations and synonyms mean, and the words for ages."""
    document = Document(path)
    entry = document.read()
    entry.only("words", "ages")
    words = entry.entry("words")
    meanings = {meant: words.texts(meant) for meant in words.values}
    groups: list[guidance.AgeGroup] = []
    for group in entry.entries("ages"):
        group.only("id", "name", "words")
        groups.append(
            guidance.AgeGroup(
                group.text("id", among=guidance.AGES), group.text("name"), group.texts("words")
            )
        )
    return meanings, tuple(groups), document


FOLLOW_UPS = ("again", "more", "example", "action", "openers", "corrections", "boards")


def read_follow_ups(path: Path) -> tuple[dict[str, tuple[str, ...]], Document]:
    """Read how people go on from an answer."""
    document = Document(path)
    entry = document.read()
    entry.only(*FOLLOW_UPS)
    return {what: entry.texts(what) for what in FOLLOW_UPS}, document
