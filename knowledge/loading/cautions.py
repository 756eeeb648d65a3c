"""Turn the read documents of caution into their nouns, complaining of what does not fit."""

from pathlib import Path

from knowledge import cautions
from knowledge.loading.documents import Document
from knowledge.loading.entries import Mention, day
from knowledge.loading.mappings import Entry


def read_alarm(path: Path, id: str) -> tuple[cautions.Alarm, tuple[Mention, ...], Document]:
    """An alarm, and every message by which it is taught."""
    document = Document(path)
    entry = document.read()
    entry.only("says", "additions", "closing", "signs", "unless", "fires", "quiet")
    additions: list[cautions.Addition] = []
    for found in entry.entries("additions", needed=False):
        found.only("words", "says")
        additions.append(cautions.Addition(found.texts("words"), found.text("says")))
    alarm = cautions.Alarm(
        id=id,
        says=entry.text("says"),
        additions=tuple(additions),
        closing=entry.text("closing", ""),
        signs=entry.texts("signs", needed=False),
        unless=entry.texts("unless", needed=False),
        fires=entry.texts("fires"),
        quiet=entry.texts("quiet"),
    )
    taught = (*entry.lines("fires"), *entry.lines("quiet"))
    return alarm, tuple(Mention(text, document, line) for text, line in taught), document


def read_common_names(path: Path) -> tuple[cautions.CommonNames, Document]:
    """What looks like personal data and is none."""
    document = Document(path)
    entry = document.read()
    entry.only("public_numbers", "published", "allowed", "says")
    names = cautions.CommonNames(
        entry.texts("public_numbers"),
        entry.texts("published"),
        entry.texts("allowed"),
        entry.text("says"),
    )
    return names, document


def read_changes(path: Path) -> tuple[tuple[cautions.Change, ...], tuple[Mention, ...], Document]:
    """What has changed since the reports, and every unit beside which it is said."""
    document = Document(path)
    changes: list[cautions.Change] = []
    beside: list[Mention] = []
    whole = document.read()
    whole.only("changes")
    for entry in whole.entries("changes"):
        entry.only("id", "words", "beside", "says", "source", "noted")
        beside += [Mention(id, document, line) for id, line in entry.lines("beside", needed=False)]
        changes.append(
            cautions.Change(
                id=entry.new_id([change.id for change in changes]),
                words=entry.texts("words", needed=False),
                beside=entry.texts("beside", needed=False),
                says=entry.text("says"),
                source=entry.text("source"),
                noted=day(entry, "noted"),
            )
        )
    return tuple(changes), tuple(beside), document


def read_nations(
    path: Path,
) -> tuple[tuple[cautions.Nation, ...], tuple[str, ...], Document]:
    """The nations that the reports are not about, and what only looks like one."""
    document = Document(path)
    nations: list[cautions.Nation] = []
    whole = document.read()
    whole.only("nations", "not")
    for entry in whole.entries("nations"):
        entry.only("name", "words", "says")
        nations.append(
            cautions.Nation(entry.text("name"), entry.texts("words"), entry.text("says"))
        )
    return tuple(nations), whole.texts("not", needed=False), document


def read_terms(path: Path) -> tuple[tuple[str, ...], tuple[str, ...], Document]:
    """The field's necessary words, and the former names of bodies."""
    document = Document(path)
    entry = document.read()
    entry.only("terms", "former")
    return entry.texts("terms"), entry.texts("former"), document


def read_local(path: Path) -> tuple[cautions.Local, Document]:
    """A partnership's own way."""
    document = Document(path)
    entry = document.read()
    entry.only("partnership", "escalation", "contacts", "links", "emergency")
    local = cautions.Local(
        partnership=entry.text("partnership"),
        stages=tuple(map(_stage, entry.entries("escalation", needed=False))),
        contacts=tuple(map(_contact, entry.entries("contacts", needed=False))),
        links=tuple(map(_link, entry.entries("links", needed=False))),
        emergency=entry.texts("emergency", needed=False),
    )
    return local, document


def _stage(entry: Entry) -> cautions.Stage:
    entry.only("stage", "who", "within")
    return cautions.Stage(entry.text("stage"), entry.text("who"), entry.text("within", ""))


def _contact(entry: Entry) -> cautions.Contact:
    entry.only("name", "reach", "checked")
    return cautions.Contact(entry.text("name"), entry.text("reach"), day(entry, "checked"))


def _link(entry: Entry) -> cautions.Link:
    entry.only("name", "address")
    address = entry.text("address")
    if address and not address.startswith("https://"):
        entry.document.complain(
            entry.line_of("address"), f"'address' is '{address}'", "begin it with https://"
        )
    return cautions.Link(entry.text("name"), address)
