"""What keeps a text from being published: each problem names its line and says how to mend it.

Whatever a parser can see is checked here and nothing else: whether a fact is true is for the person who
approves the text.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from markdown_it.token import Token

from mutuals_portal.markup.document import (
    NAME_KINDS,
    PICTURE,
    Node,
    address_of,
    keys_in,
    line_of,
    lone_picture,
    placed,
    plain,
    tree,
    walk,
)
from mutuals_portal.markup.facts import unsourced_facts
from mutuals_portal.markup.inlines import ADVICE, SPECIAL, UNCONFIRMED
from mutuals_portal.markup.parsing import CONTAINERS, INVISIBLE, NATIONS, TITLED, TooLong, tokens

RAW_HTML = re.compile(r"<[/!?]?[a-z-][^<>]*>", re.IGNORECASE)
NEW_LINE = re.compile(r"\r\n?|\n")
MOST_PARTS = (
    5_000  # cells, items, links, runs of words: the longest page of ours has 600; these take 0.2 s to show
)
MOST_NAMED = 100  # problems of one text: more help nobody
DEEPEST = 8  # the words of a list in a list in a list in a container; the parser itself gives up at 20
LEADS_TO = {
    "page": "page",
    "stage": "stage",
    "guide": "guide",
    "policy": "policy bulletin",
    "term": "glossary term",
    "look-out": "look-out",
}
LAW_WORDS = f"It takes nations ({', '.join(NATIONS)} or uk), uncertain, and checked with a date: 2026-11-21."
WORDS_TAKEN = {"law": LAW_WORDS, "nation": f"It takes nations: {', '.join(NATIONS)}."}
LEFT_OVER = (
    (RAW_HTML, "HTML is not used here: “{}”. Write it in Markdown, or leave it out."),
    (
        re.compile(r"\]\("),
        "a link or picture is not complete. Write [words](page:name) with no space in the name.",
    ),
    (
        re.compile(r"\[\^"),
        "a source is not written as [^key]: its key has small letters, digits and hyphens.",
    ),
    (re.compile(r"^ *:::", re.MULTILINE), "::: must stand at the start of a line, outside lists and quotes."),
)

Found = Iterator[tuple[int, str]]


@dataclass(frozen=True)
class Problem:
    """``line`` is counted from 1."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.sentence}"


def problems(
    text: str,
    *,
    names: Container[str],
    sources: Container[str],
    pictures: Container[str] = (),
    first_line: int = 1,
) -> list[Problem]:
    """What keeps ``text`` from being published, in the order of its lines.

    ``names`` are those that lead somewhere (page:pensions), ``sources`` the keys of the sources that exist,
    ``pictures`` the names of the pictures that exist. ``first_line`` is where the text begins in its file.
    """
    try:
        parsed = tokens(text)
    except TooLong as error:
        found = [(0, f"{str(error)[0].lower()}{str(error)[1:]} Split it into pages.")]
    else:
        found = list(_parts(parsed)) or _in_detail(text, tree(parsed), names, sources, pictures)
    return [
        Problem(line + first_line, sentence)
        for line, sentence in sorted(dict.fromkeys(found), key=lambda problem: problem[0])[:MOST_NAMED]
    ]


def _parts(parsed: Sequence[Token]) -> Found:
    """A page is made anew for every reader, and none may wait for it."""
    parts = sum(1 + len(token.children or []) for token in parsed if token.nesting >= 0)
    if parts > MOST_PARTS:
        yield (
            0,
            f"the text has {parts:,} parts: paragraphs, items of lists, cells of tables, links, sources. "
            f"It can have {MOST_PARTS:,} at most. Split it into pages.",
        )


def _in_detail(
    text: str,
    nodes: Sequence[Node],
    names: Container[str],
    sources: Container[str],
    pictures: Container[str],
) -> list[tuple[int, str]]:
    return [
        *_invisible(text),
        *_headings(nodes),
        *_containers(nodes),
        *_captions(nodes),
        *_pictures(nodes, pictures),
        *_facts(nodes),
        *_depth(nodes),
        *_inlines(nodes, names, sources),
    ]


def _invisible(text: str) -> Found:
    for line, words in enumerate(NEW_LINE.split(text)):
        if INVISIBLE.search(words):
            yield line, "an invisible control character stands here. Delete the line and type it again."


def _headings(nodes: Sequence[Node]) -> Found:
    level = 1
    for node in walk(nodes):
        if node.token.type == "paragraph_open" and _all_bold(node.inside[0].token.children or []):
            yield (
                line_of(node),
                "a paragraph all in bold looks like a heading. Write ## or ### before it instead.",
            )
        if node.token.type != "heading_open":
            continue
        before, level = level, int(node.token.tag[1:])
        if not plain(node.inside[0].token.children):
            yield line_of(node), "the heading has no words."
        if level == 1:
            yield line_of(node), "# is the title of the page. Headings start with ##."
        elif level > before + 1:
            yield line_of(node), f"the heading skips a level. Start it with {'#' * (before + 1)}."


def _all_bold(children: Sequence[Token]) -> bool:
    types = [child.type for child in children if child.type != "text" or child.content.strip()]
    return types[:1] == ["strong_open"] and types.count("strong_close") == 1 and types[-1] == "strong_close"


def _containers(nodes: Sequence[Node]) -> Found:
    for node in nodes:
        line, meta = line_of(node), node.token.meta
        if node.token.type == "container_end":
            yield line, "this ::: closes nothing. Take it out, or name what it opens."
        if node.token.type != "container_open":
            continue
        name, strange = meta["name"], " ".join(meta["strange"])
        if not meta["closed"]:
            yield (
                line,
                f"::: {name} is not closed. Write a line ::: after its last line, before the next opens.",
            )
        if name not in CONTAINERS:
            yield line, f"there is no ::: {name}. You can use {', '.join(CONTAINERS)}."
        elif strange:
            taken = WORDS_TAKEN.get(name, "It takes no words.")
            yield line, f"“{strange}” means nothing in ::: {name}. {taken}"
        if name in ("law", "nation") and not meta["nations"]:
            yield line, f"::: {name} names no nation. Write one or more after it: {', '.join(NATIONS)}."
        if name == "law":
            for sentence in _law(node):
                yield line, sentence


def _law(node: Node) -> Iterator[str]:
    keys = set(keys_in(walk(node.inside)))
    if node.token.meta["checked"] is None:
        yield "::: law does not say when it was checked. Write checked and the date: checked 2026-11-21."
    if not keys - {ADVICE}:
        yield "::: law gives no source. Put [^key] behind what it says."
    if UNCONFIRMED in keys and not node.token.meta["uncertain"]:
        yield "::: law holds something unconfirmed. Write uncertain after its nations."


def _captions(nodes: Sequence[Node]) -> Found:
    for node in nodes:
        name = node.token.meta.get("name")
        tables = [child for child in node.body if child.token.type == "table_open"]
        if name in TITLED and not (node.title and plain(node.title.children)):
            what = "caption" if name == "table" else "summary line"
            yield line_of(node), f"::: {name} has no {what}. Write it on the same line: ::: {name} Its words."
        if name == "details" and node.title and any(True for _ in _marks(node.title)):
            yield line_of(node), "a summary line holds no link and no source. Put them in the text below it."
        if name == "table" and (len(tables) != 1 or len(node.body) != 1):
            yield line_of(node), "::: table must hold one table and nothing else."
        if name != "table":
            loose = [child for child in walk([node]) if child.token.type == "table_open"]
            for table in loose:
                yield (
                    line_of(table),
                    "the table has no caption. Put a line ::: table Its caption before it, ::: after.",
                )


def _marks(inline: Token) -> Iterator[Token]:
    for child in inline.children or []:
        if child.type in ("link_open", "source_reference"):
            yield child


def _pictures(nodes: Sequence[Node], pictures: Container[str]) -> Found:
    alone = {id(picture) for node in nodes if (picture := _picture(node))}
    for node, follower in zip_longest(nodes, nodes[1:]):
        if _picture(node) and (follower is None or follower.token.meta.get("name") != "table"):
            yield (
                line_of(node),
                "the picture has no table. Put a ::: table with the same content right after it.",
            )
    for node in walk(nodes):
        for line, child in placed(node):
            if child.type != "image":
                continue
            for sentence in _image(child, pictures):
                yield line, sentence
            if id(child) not in alone:
                yield line, "the picture must stand alone in its paragraph, outside lists and boxes."


def _picture(node: Node) -> Token | None:
    return lone_picture(node.inside[0].token) if node.token.type == "paragraph_open" else None


def _image(image: Token, pictures: Container[str]) -> Iterator[str]:
    source = str(image.attrs["src"])
    if not PICTURE.fullmatch(source):
        yield f"the picture {_short(source)} is not one of ours. Write ![what it shows](picture:name)."
    elif source.removeprefix("picture:") not in pictures:
        yield f"there is no {source}. Check its name, or add the picture first."
    if not plain(image.children):
        yield "the picture has no words for people who cannot see it: ![what it shows](picture:name)."


def _facts(nodes: Sequence[Node]) -> Found:
    for line, fact in unsourced_facts(nodes):
        yield (
            line,
            (
                f"“{fact}” is a fact without a source. Put [^key] behind it, [^{ADVICE}] if it is our own advice, "
                f"or [^{UNCONFIRMED}] if nobody has confirmed it."
            ),
        )


def _depth(nodes: Sequence[Node]) -> Found:
    for node in walk(nodes):
        if node.token.level > DEEPEST:
            yield line_of(node), "lists and quotes stand too deep in each other. Use two levels at most."
            return


def _inlines(nodes: Sequence[Node], names: Container[str], sources: Container[str]) -> Found:
    for node in walk(nodes):
        children = node.token.children or []
        for index, (line, child) in enumerate(placed(node)):
            if child.type == "link_open":
                empty = children[index + 1].type == "link_close"
                for sentence in _link(str(child.attrs["href"]), names, empty):
                    yield line, sentence
            elif child.type == "source_reference" and (key := child.meta["key"]) not in SPECIAL:
                if key not in sources:
                    yield line, f"there is no source [^{key}]. Check its key, or add the source first."
            elif child.type == "text":
                for pattern, sentence in LEFT_OVER:
                    for found in pattern.finditer(child.content):
                        here = line + child.content.count("\n", 0, found.start())
                        yield here, sentence.format(_short(found[0]))


def _link(href: str, names: Container[str], empty: bool) -> Iterator[str]:
    kind = href.partition(":")[0]
    if kind in NAME_KINDS:
        if href not in names:
            yield f"the link {_short(href)} leads to no {LEADS_TO[kind]}. Check the name, or take the link out."
    elif not address_of(href):
        yield (
            f"the address “{_short(href)}” cannot be used. Link to our own pages by name, [words](page:name), "
            "and to others with https://."
        )
    elif empty:
        yield "the link has no words. Write them between the square brackets."


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"
