"""Markdown as plain values for ``layout.typ``, which lays them out. The same tokens make the HTML of a page.

What editors type goes into a JSON file and never into typst's own language, so there is nothing in it that typst
could run. A block is a dict whose ``is`` says what it is. Words are a list of runs: ``text`` with its marks, a
``link`` or a place ``to`` go to with the runs inside it, the number of a ``note``, or a ``break``.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it.token import Token

from guides import pictures
from mutuals_portal import markup
from mutuals_portal.markup import Node

Block = dict[str, Any]
Run = dict[str, Any]

DEEPEST = 6  # lists and quotes in each other; typst gives up at about 25, publishing refuses more than four
TOGETHER = 6_000  # characters of a box that stands on one page whole: no more than a third of it
WHITE_SPACE = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029 ]+")
MARKS = {
    "strong_open": ("strong", 1),
    "strong_close": ("strong", -1),
    "em_open": ("em", 1),
    "em_close": ("em", -1),
}


class TextWriter:
    """Writes one text. ``names`` says where names lead: #anchor within the PDF, or a whole address.

    ``level`` is that of the heading which stands above the text.
    """

    def __init__(
        self, body: str, *, level: int, names: Mapping[str, markup.Target], numbers: Mapping[str, int]
    ) -> None:
        self._names = names
        self._numbers = numbers
        self._said: set[str] = set()
        self._title_level = self._last_level = level
        self.blocks = self._blocks(markup.tree(markup.tokens(body)), depth=0)

    def _blocks(self, nodes: Sequence[Node], depth: int) -> list[Block]:
        return [block for node in nodes for block in self._block(node, depth)]

    def _block(self, node: Node, depth: int) -> list[Block]:
        token = node.token
        match token.type:
            case "heading_open":
                return self._heading(node)
            case "paragraph_open":
                return self._paragraph(node.inside[0].token)
            case "container_open":
                return self._container(node, depth)
            case "table_open":
                return [self._table(node, caption=[])]
            case "bullet_list_open" | "ordered_list_open" | "blockquote_open" if depth < DEEPEST:
                return [self._nested(node, depth + 1)]
            case "fence" | "code_block":
                return [{"is": "code", "text": token.content.rstrip("\n")}]
            case "hr":
                return [{"is": "rule"}]
        return self._blocks(node.inside, depth)

    def _nested(self, node: Node, depth: int) -> Block:
        if node.token.type == "blockquote_open":
            return {"is": "quote", "blocks": self._blocks(node.inside, depth)}
        return {
            "is": "list",
            "start": int(node.token.attrs.get("start", 1)) if node.token.tag == "ol" else None,
            "items": [self._blocks(item.inside, depth) for item in node.inside],
        }

    def _heading(self, node: Node) -> list[Block]:
        """A level is never skipped: readers who listen find their way by them, and PDF/UA asks for it."""
        inline = node.inside[0].token
        if not markup.plain(inline.children):
            return []
        wanted = max(2, int(node.token.tag[1:])) - 1 + self._title_level
        self._last_level = min(wanted, self._last_level + 1)
        return [{"is": "heading", "level": self._last_level, "runs": self._runs(inline)}]

    def _paragraph(self, inline: Token) -> list[Block]:
        if picture := markup.lone_picture(inline):
            kind, _, name = str(picture.attrs["src"]).partition(":")
            alt = markup.plain(picture.children)
            if kind == "picture" and name in pictures.names() and alt:
                return [{"is": "picture", "name": name, "alt": alt}]
        return [{"is": "paragraph", "runs": self._runs(inline)}]

    def _container(self, node: Node, depth: int) -> list[Block]:
        name = node.token.meta["name"]
        if name == "table":
            return self._captioned(node, depth)
        box: Block = {
            "is": "box",
            "kind": name,
            "label": "",
            "foot": [],
            "blocks": self._blocks(node.body, depth),
        }
        box["short"] = len(str(box["blocks"])) < TOGETHER  # longer ones may run on over the page
        match name:
            case "law" | "nation":
                box["label"], checked, doubt = markup.box_words(node.token)
                box["foot"] = [{"text": f"{checked} "}, {"text": doubt, "strong": True}]
            case "details":
                box["label"] = markup.plain(node.title.children if node.title else None)
            case "warning":
                box["label"] = "Warning"
            case "inset":
                pass
            case _:
                return box["blocks"]
        return [box]

    def _captioned(self, node: Node, depth: int) -> list[Block]:
        caption = self._runs(node.title) if node.title else []
        blocks: list[Block] = []
        for child in node.body:
            is_table = child.token.type == "table_open"
            blocks += [self._table(child, caption)] if is_table else self._block(child, depth)
        return blocks

    def _table(self, node: Node, caption: list[Run]) -> Block:
        lines = [line for part in node.inside for line in part.inside]
        numeric = ["right" in str(cell.token.attrs.get("style", "")) for cell in lines[0].inside]
        rows = [[self._runs(cell.inside[0].token) for cell in line.inside] for line in lines]
        return table(rows, caption=caption, numeric=numeric)

    def _runs(self, inline: Token) -> list[Run]:
        runs = here = []
        marks = {"strong": 0, "em": 0}
        said: set[str] = set()
        for child in inline.children or []:
            match child.type:
                case "text" | "code_inline":
                    here.append(_words(child, marks))
                case "hardbreak":
                    here.append({"break": True})
                case "image":
                    here.append({"text": markup.plain(child.children)})
                case "source_reference":
                    self._source(child.meta["key"], here, said)
                case "link_open":
                    link = self._link(str(child.attrs["href"]))
                    runs.append(link)
                    here = link["runs"]
                case "link_close":
                    runs[-1]["runs"] = here or [{"text": runs[-1]["title"]}]
                    here = runs
                case kind if kind in MARKS:
                    mark, by = MARKS[kind]
                    marks[mark] += by
        return runs

    def _link(self, href: str) -> Run:
        """What it leads to. Where that is nothing, its words alone stay."""
        if target := self._names.get(href):
            way = {"to": target.address[1:]} if target.address.startswith("#") else {"link": target.address}
            return way | {"title": target.title, "runs": []}
        if address := markup.address_of(href):
            return {"link": address, "external": True, "title": address, "runs": []}
        return {"title": "", "runs": []}

    def _source(self, key: str, runs: list[Run], said: set[str]) -> None:
        """A raised number follows its word without a space; what is said in words follows with one, and once."""
        before = runs[-1] if runs and "text" in runs[-1] else None
        is_words = key in markup.SPECIAL and key not in said
        if before and not is_words:
            before["text"] = before["text"].rstrip(" ")
        if is_words:
            said.add(key)
            space = "" if not runs or (before and before["text"].endswith(" ")) else " "
            runs.append({"text": f"{space}{markup.special(key, self._said)}"})
        elif key not in markup.SPECIAL:
            runs.append({"note": self._numbers[key]})


def table(rows: Sequence[list[list[Run]]], *, caption: list[Run], numeric: Sequence[bool] = ()) -> Block:
    """A table whose first row is its head. ``numeric``: which columns stand to the right."""
    head, *body = rows
    return {
        "is": "table",
        "caption": caption,
        "numeric": list(numeric) or [False] * len(head),
        "widths": [_width(column) for column in zip(*rows, strict=True)],
        "head": head,
        "rows": body,
    }


def _words(child: Token, marks: Mapping[str, int]) -> Run:
    run: Run = {"text": WHITE_SPACE.sub(" ", child.content)}
    if child.type == "code_inline":
        run["code"] = True
    return run | {mark: True for mark, depth in marks.items() if depth}


def _width(column: Sequence[list[Run]]) -> float:
    """A share of the page that grows more slowly than the words, so that short columns stay readable."""
    lengths = [sum(_length(run) for run in cell) for cell in column]
    return round(max(8, sum(lengths) / len(lengths), max(lengths) / 3) ** 0.6, 2)


def _length(run: Run) -> int:
    return sum(map(_length, run["runs"])) if "runs" in run else len(run.get("text", "[99]"))
