"""Editors' Markdown as safe HTML, and what keeps a text from being published.

Content files and the editors' forms hold Markdown: how it looks is told in ``parsing``. Nothing in here
knows the database: what names lead to, which sources exist and which terms are linked is passed in.

- ``tokens`` parses, for whoever writes something else than HTML;
- ``compile`` tells what is in a text; links in its HTML are still names (page:pensions);
- ``html`` is what a page shows;
- ``problems`` is what publishing refuses, each with its line and how to mend it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString

from mutuals_portal.markup.checking import Problem, problems
from mutuals_portal.markup.cleaning import clean
from mutuals_portal.markup.document import Node, address_of, lone_picture, names_in, plain, tree, walk
from mutuals_portal.markup.inlines import ADVICE, SPECIAL, UNCONFIRMED, Note, Picture, Reader, Target, special
from mutuals_portal.markup.parsing import INVISIBLE, LONGEST, NATIONS, TooLong, tokens
from mutuals_portal.markup.terms import Term
from mutuals_portal.markup.writing import Heading, Writer, box_words, nations_in_words

__all__ = [
    "ADVICE",
    "INVISIBLE",
    "LONGEST",
    "NATIONS",
    "SPECIAL",
    "UNCONFIRMED",
    "Compiled",
    "Heading",
    "Node",
    "Note",
    "Picture",
    "Problem",
    "Target",
    "Term",
    "TooLong",
    "address_of",
    "box_words",
    "compile",
    "html",
    "lone_picture",
    "nations_in_words",
    "plain",
    "problems",
    "special",
    "tokens",
    "tree",
    "words_of",
]

NO_PICTURES: Mapping[str, Picture] = {}
BEFORE_A_MARK = re.compile(r" (?=[.,;:])")


@dataclass(frozen=True)
class Compiled:
    """What is in a text: its HTML with links that are still names, its headings, the names it links to,
    its sources in the order of their numbers, and its pictures."""

    html: str
    headings: tuple[Heading, ...]
    names: tuple[str, ...]
    notes: tuple[Note, ...]
    pictures: tuple[str, ...]


@lru_cache(maxsize=256)
def compile(text: str) -> Compiled:
    """Raises TooLong."""
    nodes = _nodes(text)
    writer = Writer(nodes, Reader())
    return Compiled(
        html=clean(writer.html, with_names=True),
        headings=tuple(writer.headings),
        names=tuple(dict.fromkeys(names_in(nodes))),
        notes=writer.notes,
        pictures=tuple(dict.fromkeys(writer.pictures)),
    )


def html(
    text: str,
    *,
    names: Mapping[str, Target],
    terms: Sequence[Term] = (),
    nation: str = "",
    pictures: Mapping[str, Picture] = NO_PICTURES,
    suffix: str = "",
    anchors: str = "",
    title_level: int = 1,
    numbers: Mapping[str, int] | None = None,
) -> SafeString:
    """``text`` as a page shows it. Raises TooLong.

    A link whose name is not among ``names`` is only its words. Each of ``terms`` is linked where it first
    occurs. ``nation`` marks law and nation boxes as applying there or not; none is hidden. ``suffix``
    ("?nation=scotland") is put on links into guides. Several texts can share a page: ``anchors`` is put before
    every id, ``title_level`` is the level of the heading above the text, and ``numbers``, where it is given, has
    the number of every source in one list that they share.
    """
    reader = Reader(names, terms, nation, pictures, suffix, anchors, title_level, numbers)
    return SafeString(clean(Writer(_nodes(text), reader).html))


def words_of(text: str) -> str:
    """All that a text says without its marks and sources, a line for each paragraph, heading, item and cell."""
    inline = (plain(node.token.children) for node in walk(_nodes(text)) if node.token.type == "inline")
    # Where a source was left out, the space before it stays.
    return "\n".join(BEFORE_A_MARK.sub("", line) for line in inline if line)


@lru_cache(maxsize=128)
def _nodes(text: str) -> tuple[Node, ...]:
    """Read only: they are shared by all who ask for the same text."""
    return tuple(tree(tokens(text)))
