"""Read a message's markup as strictly as Telegram does, and give the words that a person sees."""

from html.parser import HTMLParser

TAGS = frozenset({"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"})
ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class BadMarkup(Exception):
    """Markup that Telegram would refuse."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.words: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise BadMarkup(f"the tag <{tag}> is not known")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise BadMarkup(f"</{tag}> closes nothing")

    def handle_entityref(self, name: str) -> None:
        if name not in ENTITIES:
            raise BadMarkup(f"&{name}; is not known")
        self.words.append(ENTITIES[name])

    def handle_charref(self, name: str) -> None:
        raise BadMarkup(f"&#{name}; was not written by us")

    def handle_data(self, data: str) -> None:
        if "<" in data or "&" in data:
            raise BadMarkup("< or & stands unescaped")
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise BadMarkup("a comment")

    def handle_decl(self, decl: str) -> None:
        raise BadMarkup("a declaration")

    def unknown_decl(self, data: str) -> None:
        raise BadMarkup("a declaration")

    def handle_pi(self, data: str) -> None:
        raise BadMarkup("an instruction")


def shown(html: str) -> str:
    """The words of a message without its tags. Raises `BadMarkup`."""
    reader = _Reader()
    reader.feed(html)
    if reader.rawdata:
        raise BadMarkup(f"left over: {reader.rawdata}")
    if reader.open:
        raise BadMarkup(f"<{reader.open[-1]}> is never closed")
    return "".join(reader.words)
