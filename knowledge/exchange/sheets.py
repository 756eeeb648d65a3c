"""The content → a workbook of intents, ways of asking, checks, and what is not covered."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from knowledge.exchange import workbooks
from knowledge.exchange.folders import Folder
from knowledge.exchange.workbooks import ROWS, Column

TEXTS = ("title", "lead", "theme")
"""The columns of intents that hold a text."""
LISTS = ("cites", "related", "local")
"""Those that hold ids, with commas between them."""
USES = {"teaches": "asked", "judges": "checks"}
"""What a text of what is not covered does, and the key under which it stands."""
_INTENT = Column("intent", 36, f"intents!$A$2:$A${ROWS}")
_TEXT = Column("text", 110)
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "intents": (
        Column("id", 36),
        Column("title", 44),
        Column("lead", 70),
        Column("cites", 24),
        Column("related", 36),
        Column("theme", 14),
        Column("local", 14),
    ),
    "ways": (_INTENT, _TEXT),
    "checks": (_INTENT, _TEXT),
    "not-covered": (Column("route", 22), _TEXT, Column("use", 12, f'"{",".join(USES)}"')),
}
"""The sheets and their columns."""


def export(folder: Folder, path: Path) -> None:
    """Write the folder's content as a workbook. Raises `Unsound`, `OSError`."""
    intents, routes = folder.intents.values(), folder.routes.values()
    rows: Mapping[str, list[Sequence[str]]] = {
        "intents": [
            (
                i.id,
                i.title,
                i.lead,
                *(", ".join(ids) for ids in (i.cites, i.related)),
                i.theme,
                ", ".join(i.local),
            )
            for i in intents
        ],
        "ways": [(i.id, text) for i in intents for text in i.asked],
        "checks": [(i.id, text) for i in intents for text in i.checks],
        "not-covered": [
            (route.id, text, use)
            for route in routes
            for use, key in USES.items()
            for text in getattr(route, key)
        ],
    }
    workbooks.write(path, {title: (COLUMNS[title], found) for title, found in rows.items()})
