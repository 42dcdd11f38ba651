"""Tokens written as HTML with GOV.UK classes, for one reader: what names lead to, and which nation is theirs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markdown_it.token import Token

from mutuals_portal.markup.document import PICTURE, Node, lone_picture, plain
from mutuals_portal.markup.inlines import InlineWriter, Reader
from mutuals_portal.markup.parsing import NATIONS

TAKEN = re.compile(r"(?:source|note|law|nation|table)-\d+|main-content|navigation")

BLOCKS = {
    "blockquote_open": ('<blockquote class="portal-quote">\n', "</blockquote>\n"),
    "bullet_list_open": ('<ul class="govuk-list govuk-list--bullet">\n', "</ul>\n"),
    "list_item_open": ("<li>", "</li>\n"),
    "thead_open": ('<thead class="govuk-table__head">\n', "</thead>\n"),
    "tbody_open": ('<tbody class="govuk-table__body">\n', "</tbody>\n"),
    "hr": ('<hr class="govuk-section-break govuk-section-break--m govuk-section-break--visible">\n', ""),
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


def nations_in_words(nations: Sequence[str]) -> str:
    """“England”, “England and Wales”, “England, Scotland and Wales”, “all of the UK”."""
    labels = [NATIONS[nation] for nation in nations]
    if len(labels) == len(NATIONS):
        return "all of the UK"
    return " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)


def box_words(box: Token) -> tuple[str, str, str]:
    """What a law or nation box says of itself: its label, when it was checked, and that there is doubt."""
    where = nations_in_words(box.meta["nations"]) or "some nations"
    label = f"Law in {where}" if box.meta["name"] == "law" else f"In {where} only"
    day = box.meta["checked"]
    checked = f"Checked on {day.day} {day:%B %Y}." if day else ""
    return label, checked, "We could not confirm all of this. Take advice." if box.meta["uncertain"] else ""


class Writer:
    """One text as HTML, with what is in it: its headings, notes and pictures."""

    def __init__(self, nodes: Sequence[Node], reader: Reader) -> None:
        self.headings: list[Heading] = []
        self.pictures: list[str] = []
        self._reader = reader
        self._inlines = InlineWriter(reader, nodes)
        self._used: dict[str, int] = {}
        self._columns: list[str] = []
        self.html = self._blocks(nodes)
        self.notes = tuple(self._inlines.notes.values())

    def _blocks(self, nodes: Sequence[Node]) -> str:
        return "".join(self._block(node) for node in nodes)

    def _block(self, node: Node) -> str:
        token = node.token
        match token.type:
            case "inline":
                return self._inlines.write(token)
            case "heading_open":
                return self._heading(node)
            case "paragraph_open":
                return self._paragraph(node)
            case "container_open":
                return self._container(node)
            case "table_open":
                return self._table(node, caption="")
            case "tr_open":
                cells = map(self._cell, node.inside, self._columns, range(len(node.inside)))
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
        level = min(level + self._reader.title_level - 1, 6)
        heading = Heading(level, self._anchor(text), text)
        self.headings.append(heading)
        size = "m" if level == 2 else "s"
        words = self._inlines.write(inline, terms=False)
        anchor = self._inlines.anchored(heading.anchor)
        return f'<h{level} class="govuk-heading-{size}" id="{anchor}">{words}</h{level}>\n'

    def _paragraph(self, node: Node) -> str:
        inline = node.inside[0].token
        if picture := lone_picture(inline):
            return self._picture(picture)
        words = self._inlines.write(inline)
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
            caption = self._inlines.write(title, terms=False) if title else ""
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
        name = node.token.meta["name"]
        label, checked, doubt = box_words(node.token)
        mark, words = self._applies(node.token.meta["nations"])
        number = self._numbered(name)
        foot = f"{checked} <strong>{doubt}</strong>" if doubt else checked
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
        head = node.inside[0].inside[0]
        self._columns = [plain(cell.inside[0].token.children) for cell in head.inside]
        if caption:
            number = self._numbered("table")
            name = f'aria-labelledby="{number}"'
            caption_tag = f'<caption class="govuk-table__caption" id="{number}">{caption}</caption>\n'
        return (
            f'<div class="portal-table" role="region" {name} tabindex="0">\n'
            f'<table class="govuk-table">{caption_tag}{self._blocks(node.inside)}</table>\n</div>\n'
        )

    def _cell(self, node: Node, column: str, position: int) -> str:
        """The first cell of a row is its header. An empty one is no header: it would have no name.

        A narrow screen shows each row as a card, where a cell stands below the name of its column.
        """
        inline, in_head = node.inside[0].token, node.token.type == "th_open"
        words = self._inlines.write(inline, terms=not in_head)
        numeric = "right" in str(node.token.attrs.get("style", ""))
        if words and (in_head or not position):
            tag, kind, more = "th", "header", f' scope="{"col" if in_head else "row"}"'
        else:
            label = f"{column}{'' if column.endswith('?') else ':'}"
            tag, kind = "td", "cell"
            more = f' data-label="{escape(label)}"' if column and words and not in_head else ""
        classes = f"govuk-table__{kind}" + (f" govuk-table__{kind}--numeric" if numeric else "")
        return f'<{tag}{more} class="{classes}">{words}</{tag}>'

    def _numbered(self, kind: str) -> str:
        self._used[kind] = self._used.get(kind, 0) + 1
        return self._inlines.anchored(f"{kind}-{self._used[kind]}")

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
