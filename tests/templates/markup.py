"""Compare HTML the way a reader meets it: tags, attributes and words; white space as a browser collapses it."""

from html.parser import HTMLParser

INLINE = {"a", "b", "br", "em", "span", "strong", "time"}
VOID = {"br", "hr", "img", "input", "link", "meta"}


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.words: list[str] = []  # of the block at hand, with the inline tags among them
        self.space = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag(tag, f"<{' '.join([tag, *sorted(map(_attribute, attrs))])}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._tag(tag, f"</{tag}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self.cdata_elem or self.lasttag == "textarea":
            data = data.removeprefix("\n")  # HTML drops a newline that opens a text area
        self.space |= data[:1].isspace()
        for word in data.split():
            if self.space and any(not part.startswith("<") for part in self.words):
                self.words.append(" ")
            self.words.append(word)
            self.space = True
        self.space = data[-1:].isspace() or (self.space and not data.split())

    def _tag(self, tag: str, text: str) -> None:
        if tag in INLINE:
            self.words.append(text)
        else:
            self.end_block()
            self.lines.append(text)

    def end_block(self) -> None:
        if self.words:
            self.lines.append("".join(self.words))
        self.words, self.space = [], False


def _attribute(attribute: tuple[str, str | None]) -> str:
    name, value = attribute
    if name == "class":
        value = " ".join(sorted((value or "").split()))
    return f'{name}="{value or ""}"'


def outline(html: str) -> list[str]:
    """One line for each block-level tag and each run of words."""
    parser = _Outline()
    parser.feed(html)
    parser.close()
    parser.end_block()
    return parser.lines
