"""A parsed text in the shape of the document, and the questions that its readers share."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

NAME_KINDS = ("page", "stage", "guide", "policy", "term", "look-out")
NAME = re.compile(rf"(?:{'|'.join(NAME_KINDS)}):[a-z0-9]+(?:[-/][a-z0-9]+)*")
EXTERNAL = re.compile(r"(?:https?://[^\s/]|mailto:[^\s/@]+@|tel:\+?[0-9])[^\s<>\"]*", re.IGNORECASE)
PICTURE = re.compile(r"picture:[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Node:
    """An opening token with all that stands in it, or a token that stands alone."""

    token: Token
    inside: list["Node"]

    @property
    def title(self) -> Token | None:
        """The inline token of a container's caption or summary."""
        titled = self.inside and self.inside[0].token.type == "container_title_open"
        return self.inside[0].inside[0].token if titled else None

    @property
    def body(self) -> list["Node"]:
        return self.inside[1:] if self.title else self.inside


def tree(tokens: Sequence[Token]) -> list[Node]:
    """The tokens in the shape of the document. Blocks nest 20 deep at most: the parser sees to that."""
    open_nodes = [Node(Token("root", "", 0), [])]
    for token in tokens:
        if token.nesting < 0:
            open_nodes.pop()
            continue
        node = Node(token, [])
        open_nodes[-1].inside.append(node)
        if token.nesting > 0:
            open_nodes.append(node)
    return open_nodes[0].inside


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """All nodes, each before what stands in it."""
    ahead = list(reversed(nodes))
    while ahead:
        node = ahead.pop()
        yield node
        ahead.extend(reversed(node.inside))


def names_in(nodes: Sequence[Node]) -> Iterator[str]:
    """The names that links lead to, such as page:pensions, in the order in which they stand."""
    for node in walk(nodes):
        for child in node.token.children or []:
            if child.type == "link_open" and NAME.fullmatch(href := str(child.attrs["href"])):
                yield href


def keys_in(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        for child in node.token.children or []:
            if child.type == "source_reference":
                yield child.meta["key"]


def placed(node: Node) -> Iterator[tuple[int, Token]]:
    """The children of an inline node, each with the line where it begins."""
    line = node.token.map[0] if node.token.map else 0
    for child in node.token.children or []:
        yield line, child
        line += child.content.count("\n") if child.type == "text" else child.type == "hardbreak"


def line_of(node: Node) -> int:
    """The line of a block, counted from 0."""
    places = (child.token.map for child in walk([node]) if child.token.map)
    return next(places, [0])[0]


def plain(inline: list[Token] | None) -> str:
    """The words of inline tokens without their marks, sources left out."""
    words = [child.content for child in inline or [] if child.type in ("text", "code_inline")]
    return " ".join("".join(words).split())


def lone_picture(inline: Token) -> Token | None:
    """The picture, if a paragraph's inline token holds a picture and nothing else."""
    children = inline.children or []
    return children[0] if len(children) == 1 and children[0].type == "image" else None


def address_of(href: str) -> str:
    """The address of an external link as a browser wants it; nothing if no reader may be sent there."""
    return normalizeLink(href) if EXTERNAL.fullmatch(href) else ""
