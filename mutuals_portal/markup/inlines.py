"""Words, links, terms and sources as HTML, for one reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from markdown_it.token import Token

from mutuals_portal.markup.document import NAME, Node, address_of, names_in, plain
from mutuals_portal.markup.terms import Term, TermFinder

ADVICE = "advice"
UNCONFIRMED = "unconfirmed"
SPECIAL = {ADVICE: "(our advice)", UNCONFIRMED: "(not confirmed: take advice)"}
AGAIN = SPECIAL | {UNCONFIRMED: "(not confirmed)"}
"""What a text has said once in full it says in short from then on: a warning at every line is read by nobody."""
GUIDE_KINDS = ("page", "stage", "guide")  # these pages have the nation switch
BETWEEN_NOTES = '</sup><sup class="portal-note">'
INLINES = {
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "em_open": "<em>",
    "em_close": "</em>",
    "hardbreak": "<br>\n",
}


@dataclass(frozen=True)
class Target:
    """Where a name leads, and the title of what stands there."""

    address: str
    title: str


@dataclass(frozen=True)
class Picture:
    """Where a picture's file is, and its size in CSS pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True)
class Note:
    """A source and the number that it has on this page."""

    key: str
    number: int


@dataclass(frozen=True)
class Reader:
    """What is known about the page and who reads it. Without ``names`` every name stays as it is.

    Where several texts share a page, ``title_level`` is the level of the title above this one, and ``numbers``
    has the number of every source in the one list under them all.
    """

    names: Mapping[str, Target] | None = None
    terms: Sequence[Term] = ()
    nation: str = ""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    suffix: str = ""
    anchors: str = ""
    title_level: int = 1
    numbers: Mapping[str, int] | None = None


def special(key: str, said: set[str]) -> str:
    """The words for a special source. ``said`` are the keys that the same text has told already."""
    words = (AGAIN if key in said else SPECIAL)[key]
    said.add(key)
    return words


class InlineWriter:
    """Writes what stands in the blocks of one text. Then ``notes`` says which sources it gives."""

    def __init__(self, reader: Reader, nodes: Sequence[Node]) -> None:
        self.notes: dict[str, Note] = {}
        self._said: set[str] = set()
        self._reader = reader
        linked = {name.removeprefix("term:") for name in names_in(nodes) if name.startswith("term:")}
        self._terms = TermFinder(reader.terms, linked)

    def write(self, inline: Token, *, terms: bool = True) -> str:
        written: list[str] = []
        children = inline.children or []
        said: set[str] = set()
        closing = ""
        in_link = False
        for index, child in enumerate(children):
            match child.type:
                case "text":
                    linked = terms and not in_link
                    written.append(self._words(child.content) if linked else escape(child.content))
                case "code_inline":
                    written.append(f"<code>{escape(child.content)}</code>")
                case "link_open":
                    in_link = True
                    opening, closing, title = self._link(str(child.attrs["href"]))
                    empty = children[index + 1].type == "link_close"
                    written.append(opening + (escape(title) if empty else ""))
                case "link_close":
                    in_link = False
                    written.append(closing)
                case "source_reference":
                    self._source(child.meta["key"], written, said)
                case "image":
                    written.append(escape(plain(child.children)))
                case _:
                    written.append(INLINES.get(child.type, ""))
        return "".join(written).replace(BETWEEN_NOTES, " ")

    def _words(self, text: str) -> str:
        return "".join(
            f'<a class="govuk-link portal-term" href="{escape(term.address)}" '
            f'title="{escape(term.meaning)}">{escape(words)}</a>'
            if term
            else escape(words)
            for words, term in self._terms.split(text)
        )

    def _link(self, href: str) -> tuple[str, str, str]:
        """How a link opens and closes, and the title of what it leads to. A bad address makes no link."""
        if NAME.fullmatch(href):
            if self._reader.names is None:
                return f'<a class="govuk-link" href="{href}">', "</a>", ""
            target = self._reader.names.get(href)
            if target is None:
                return "", "", ""
            address = target.address
            if href.partition(":")[0] in GUIDE_KINDS and self._reader.suffix:
                path, hash_sign, anchor = address.partition("#")
                address = f"{path}{self._reader.suffix}{hash_sign}{anchor}"
            return f'<a class="govuk-link" href="{escape(address)}">', "</a>", target.title
        if address := address_of(href):
            return f'<a class="govuk-link" href="{escape(address)}" rel="noopener">', "</a>", address
        return "", "", ""

    def _source(self, key: str, written: list[str], said: set[str]) -> None:
        """A raised number follows its word without a space; what is said in words follows with one, and once."""
        if key in SPECIAL and key not in said:
            said.add(key)
            space = " " if written and not written[-1].endswith(" ") else ""
            written.append(f'{space}<span class="portal-note">{special(key, self._said)}</span>')
            return
        if written:
            written[-1] = written[-1].rstrip()
        if key not in SPECIAL:
            written.append(self._note(key))

    def _note(self, key: str) -> str:
        first = key not in self.notes
        shared = self._reader.numbers
        number = len(self.notes) + 1 if shared is None else shared[key]
        note = self.notes.setdefault(key, Note(key, number))
        anchor = f' id="{self.anchored(f"note-{note.number}")}"' if first else ""
        source = f"source-{note.number}"
        href = self.anchored(source) if shared is None else source
        return (
            f'<sup class="portal-note"><a class="govuk-link" href="#{href}"{anchor}>'
            f'<span class="govuk-visually-hidden">source </span>[{note.number}]</a></sup>'
        )

    def anchored(self, anchor: str) -> str:
        return f"{self._reader.anchors}{anchor}"
