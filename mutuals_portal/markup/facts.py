"""A fact has a source in its own paragraph, list item or table row.

What a machine can see of a fact: a year or another number of two digits or more, a sum of money, a share, a
section of an Act. Headings and the heads of tables name things and state nothing.
"""

import re
from collections.abc import Iterator, Sequence

from mutuals_portal.markup.document import Node, keys_in, placed, walk

FACT = re.compile(r"£ ?\d?|\d[\d.,]*\d ?%?|\d ?%|\bper cent\b|\bsections? \d", re.IGNORECASE)


def unsourced_facts(nodes: Sequence[Node], covered: bool = False) -> Iterator[tuple[int, str]]:
    """Where a block states a fact without a source, and the words that state it.

    ``covered``: the caption of the table gives the source of every row.
    """
    for node in nodes:
        match node.token.type:
            case "heading_open" | "thead_open":
                continue
            case "paragraph_open" | "tr_open":
                if not covered:
                    yield from _first_fact(list(walk(node.inside)))
            case "list_item_open":
                own = [child for child in node.inside if child.token.type == "paragraph_open"]
                yield from _first_fact(list(walk(own)))
                others = [child for child in node.inside if child.token.type != "paragraph_open"]
                yield from unsourced_facts(others)
            case "container_open":
                caption = [Node(node.title, [])] if node.title else []
                yield from unsourced_facts(node.body, covered=any(True for _ in keys_in(caption)))
            case _:
                yield from unsourced_facts(node.inside, covered)


def _first_fact(block: Sequence[Node]) -> Iterator[tuple[int, str]]:
    if any(True for _ in keys_in(block)):
        return
    for node in block:
        for line, child in placed(node):
            if child.type == "text" and (fact := FACT.search(child.content)):
                line += child.content.count("\n", 0, fact.start())
                yield line, fact[0].strip()
                return
