"""Tokens written as HTML with GOV.UK classes, for one reader: what names lead to, and which nation is theirs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from mutuals_portal.markup.parsing import NAME, NATIONS, PICTURE, Node, names_in, plain
from mutuals_portal.markup.terms import Term, TermFinder

ADVICE = "advice"
UNCONFIRMED = "unconfirmed"
SPECIAL = {ADVICE: "(our advice)", UNCONFIRMED: "(not confirmed: take advice)"}
GUIDE_KINDS = ("page", "stage", "guide")  # these pages have the nation switch
EXTERNAL = re.compile(r"(?:https?://[^\s/]|mailto:[^\s/@]+@|tel:\+?[0-9])[^\s<>\"]*", re.IGNORECASE)
TAKEN = re.compile(r"(?:source|note|law|nation|table)-\d+|main-content|navigation")

BLOCKS = {
    "blockquote_open": ('<blockquote class="portal-quote">\n', "</blockquote>\n"),
    "bullet_list_open": ('<ul class="govuk-list govuk-list--bullet">\n', "</ul>\n"),
    "list_item_open": ("<li>", "</li>\n"),
    "thead_open": ('<thead class="govuk-table__head">\n', "</thead>\n"),
    "tbody_open": ('<tbody class="govuk-table__body">\n', "</tbody>\n"),
    "hr": ('<hr class="govuk-section-break govuk-section-break--m govuk-section-break--visible">\n', ""),
}
INLINES = {
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "em_open": "<em>",
    "em_close": "</em>",
    "hardbreak": "<br>\n",
}
WARNING = (
    '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>\n'
    '<div class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span>\n'
)


@dataclass(frozen=True)
class Heading:
    level: int
    anchor: str
    text: str


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
    """What is known about the page and who reads it. Without ``names`` every name stays as it is."""

    names: Mapping[str, Target] | None = None
    terms: Sequence[Term] = ()
    nation: str = ""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    suffix: str = ""
    anchors: str = ""


def nations_in_words(nations: Sequence[str]) -> str:
    """“England”, “England and Wales”, “England, Scotland and Wales”, “all of the UK”."""
    labels = [NATIONS[nation] for nation in nations]
    if len(labels) == len(NATIONS):
        return "all of the UK"
    return " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)


def address_of(href: str) -> str:
    """The address of an external link as a browser wants it; nothing if no reader may be sent there."""
    return normalizeLink(href) if EXTERNAL.fullmatch(href) else ""


def lone_picture(inline: Token) -> Token | None:
    """The picture, if a paragraph's inline token holds a picture and nothing else."""
    children = inline.children or []
    return children[0] if len(children) == 1 and children[0].type == "image" else None


class Writer:
    """Writes one text. Then ``headings``, ``notes`` and ``pictures`` say what is in it."""

    def __init__(self, reader: Reader) -> None:
        self.headings: list[Heading] = []
        self.notes: dict[str, Note] = {}
        self.pictures: list[str] = []
        self._reader = reader
        self._used: dict[str, int] = {}
        self._terms = TermFinder((), set())

    def html(self, nodes: Sequence[Node]) -> str:
        linked = {name.removeprefix("term:") for name in names_in(nodes)}
        self._terms = TermFinder(self._reader.terms, linked)
        return self._blocks(nodes)

    def _blocks(self, nodes: Sequence[Node]) -> str:
        return "".join(self._block(node) for node in nodes)

    def _block(self, node: Node) -> str:
        token = node.token
        match token.type:
            case "inline":
                return self._inline(token)
            case "heading_open":
                return self._heading(node)
            case "paragraph_open":
                return self._paragraph(node)
            case "container_open":
                return self._container(node)
            case "table_open":
                return self._table(node, caption="")
            case "tr_open":
                cells = (self._cell(cell, first=cell is node.inside[0]) for cell in node.inside)
                return f'<tr class="govuk-table__row">{"".join(cells)}</tr>\n'
            case "ordered_list_open":
                start = f' start="{token.attrs["start"]}"' if "start" in token.attrs else ""
                items = self._blocks(node.inside)
                return f'<ol class="govuk-list govuk-list--number"{start}>\n{items}</ol>\n'
            case "fence" | "code_block":
                return f'<pre class="portal-code"><code>{escape(token.content)}</code></pre>\n'
        opening, closing = BLOCKS.get(token.type, ("", ""))
        return f"{opening}{self._blocks(node.inside)}{closing}"

    def _heading(self, node: Node) -> str:
        inline = node.inside[0].token
        text = plain(inline.children)
        level = max(2, int(node.token.tag[1:]))  # the page's title is its only h1
        heading = Heading(level, self._anchor(text), text)
        self.headings.append(heading)
        size = "m" if level == 2 else "s"
        words = self._inline(inline, terms=False)
        return f'<h{level} class="govuk-heading-{size}" id="{self._id(heading.anchor)}">{words}</h{level}>\n'

    def _paragraph(self, node: Node) -> str:
        inline = node.inside[0].token
        if picture := lone_picture(inline):
            return self._picture(picture)
        words = self._inline(inline)
        return words if node.token.hidden else f'<p class="govuk-body">{words}</p>\n'

    def _picture(self, token: Token) -> str:
        source, alt = str(token.attrs["src"]), plain(token.children)
        name = source.removeprefix("picture:")
        if not PICTURE.fullmatch(source):
            return f'<p class="govuk-body">{escape(alt)}</p>\n'
        self.pictures.append(name)
        if self._reader.names is None:
            return f'<figure class="portal-picture"><img src="{source}" alt="{escape(alt)}"></figure>\n'
        file = self._reader.pictures.get(name)
        if file is None:
            return f'<p class="govuk-body">{escape(alt)}</p>\n'
        return (
            f'<figure class="portal-picture"><img src="{escape(file.address)}" alt="{escape(alt)}" '
            f'width="{file.width}" height="{file.height}"></figure>\n'
        )

    def _container(self, node: Node) -> str:
        name = node.token.meta["name"]
        title, body = node.title, node.body
        if name == "table":
            caption = self._inline(title, terms=False) if title else ""
            return "".join(
                self._table(child, caption) if child.token.type == "table_open" else self._block(child)
                for child in body
            )
        if name == "details":
            summary = escape(plain(title.children if title else None)) or "More about this"
            return (
                '<details class="govuk-details"><summary class="govuk-details__summary">'
                f'<span class="govuk-details__summary-text">{summary}</span></summary>\n'
                f'<div class="govuk-details__text">{self._blocks(body)}</div></details>\n'
            )
        if name in ("law", "nation"):
            return self._box(node)
        written = self._blocks(body)
        if name == "inset":
            return f'<div class="govuk-inset-text">{written}</div>\n'
        return f"{WARNING}{written}</div></div>\n" if name == "warning" else written

    def _box(self, node: Node) -> str:
        """A law box or a nation box: named by its label, which says where it applies."""
        name, meta = node.token.meta["name"], node.token.meta
        nations = meta["nations"]
        where = nations_in_words(nations) or "some nations"
        label = f"Law in {where}" if name == "law" else f"In {where} only"
        mark, words = self._applies(nations)
        number = self._numbered(name)
        foot = ""
        if meta["checked"]:
            foot = f"Checked on {meta['checked'].day} {meta['checked']:%B %Y}."
        if meta["uncertain"]:
            foot += " <strong>We could not confirm all of this. Take advice.</strong>"
        foot = f'<p class="portal-law__checked">{foot.strip()}</p>\n' if foot else ""
        return (
            f'<div class="portal-{name}{mark}" role="note" aria-labelledby="{number}">\n'
            f'<p class="portal-box__label" id="{number}">{label}</p>\n'
            f"{words}{self._blocks(node.body)}{foot}</div>\n"
        )

    def _applies(self, nations: Sequence[str]) -> tuple[str, str]:
        nation = self._reader.nation
        if nation not in NATIONS or not nations:
            return "", ""
        if nation in nations:
            return " portal-box--applies", f'<p class="portal-applies">Applies in {NATIONS[nation]}</p>\n'
        return (
            " portal-box--elsewhere",
            f'<p class="portal-applies">Does not apply in {NATIONS[nation]}</p>\n',
        )

    def _table(self, node: Node, caption: str) -> str:
        """A table in a region that the keyboard can scroll where the screen is too narrow for it."""
        name, caption_tag = 'aria-label="Table"', ""
        if caption:
            number = self._numbered("table")
            name = f'aria-labelledby="{number}"'
            classes = "govuk-table__caption govuk-table__caption--s"
            caption_tag = f'<caption class="{classes}" id="{number}">{caption}</caption>\n'
        return (
            f'<div class="portal-table" role="region" {name} tabindex="0">\n'
            f'<table class="govuk-table">{caption_tag}{self._blocks(node.inside)}</table>\n</div>\n'
        )

    def _cell(self, node: Node, first: bool) -> str:
        """The first cell of a row is its header. An empty one is no header: it would have no name."""
        inline, column = node.inside[0].token, node.token.type == "th_open"
        words = self._inline(inline, terms=not column)
        numeric = "right" in str(node.token.attrs.get("style", ""))
        if words and (column or first):
            scope, tag, kind = "col" if column else "row", "th", "header"
            scope = f' scope="{scope}"'
        else:
            scope, tag, kind = "", "td", "cell"
        classes = f"govuk-table__{kind}" + (f" govuk-table__{kind}--numeric" if numeric else "")
        return f'<{tag}{scope} class="{classes}">{words}</{tag}>'

    def _inline(self, inline: Token, *, terms: bool = True) -> str:
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
                    key = child.meta["key"]
                    if key not in SPECIAL:
                        written.append(self._note(key))
                    elif key not in said:
                        said.add(key)
                        written.append(f'<span class="portal-note">{SPECIAL[key]}</span>')
                case "image":
                    written.append(escape(plain(child.children)))
                case _:
                    written.append(INLINES.get(child.type, ""))
        return "".join(written)

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

    def _note(self, key: str) -> str:
        first = key not in self.notes
        note = self.notes.setdefault(key, Note(key, len(self.notes) + 1))
        anchor = f' id="{self._id(f"note-{note.number}")}"' if first else ""
        return (
            f'<sup class="portal-note"><a class="govuk-link" href="#{self._id(f"source-{note.number}")}"{anchor}>'
            f'<span class="govuk-visually-hidden">source </span>[{note.number}]</a></sup>'
        )

    def _id(self, anchor: str) -> str:
        return f"{self._reader.anchors}{anchor}"

    def _numbered(self, kind: str) -> str:
        self._used[kind] = self._used.get(kind, 0) + 1
        return self._id(f"{kind}-{self._used[kind]}")

    def _anchor(self, text: str) -> str:
        """A heading's words as an id that no other heading has and no other part of a page."""
        base = re.sub(r"[^a-z0-9]+", "-", text.lower().replace("’", "")).strip("-")[:80] or "section"
        if TAKEN.fullmatch(base):
            base = f"section-{base}"
        anchor, number = base, self._used.get(f"#{base}", 0)
        while f"#{anchor}" in self._used:
            number += 1
            anchor = f"{base}-{number + 1}"
        self._used[f"#{base}"] = number
        self._used.setdefault(f"#{anchor}", 0)
        return anchor
