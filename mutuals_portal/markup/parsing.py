"""The one parser of editors' Markdown: CommonMark with pipe tables, `:::` containers and `[^key]` sources.

The HTML of a page and the PDF of a guide are written from the same tokens, so that they say the same. What
is ours among the tokens:

- ``container_open`` and ``container_close``. ``meta`` of the opening: ``name`` (law, nation …), ``nations``
  (a tuple in the vocabulary's order), ``checked`` (a date or None), ``uncertain``, ``closed`` (has it an end?)
  and ``strange`` (words that mean nothing there). A table or details is followed by ``container_title_open``,
  ``inline`` and ``container_title_close``: its caption or summary. Containers never stand in one another.
- ``container_end``: a closing line that closes nothing. It has no text.
- ``source_reference``, among the children of an ``inline``: ``meta["key"]`` is the source's key.

Links and pictures keep what the editor wrote as their address, whatever it is: each writer lets through
what it knows. There is no raw HTML, no bare address as a link and no link whose address stands elsewhere.
"""

import re
from datetime import date
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mutuals_portal.vocabulary import Nation

LONGEST = 100_000  # characters: a guide page has about 6,000
NATIONS = {nation.value: nation.label for nation in Nation if nation is not Nation.UK_WIDE}
CONTAINERS = ("law", "nation", "inset", "warning", "details", "table")
TITLED = ("details", "table")
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
REFERENCE = re.compile(r"\[\^([A-Za-z0-9._-]{1,80})\]")
MARKER = ":::"


class TooLong(ValueError):
    """The text has more than ``LONGEST`` characters."""


def tokens(text: str) -> list[Token]:
    """The tokens of ``text``, new ones at every call. Raises TooLong."""
    if len(text) > LONGEST:
        raise TooLong(f"The text has {len(text):,} characters. It can have {LONGEST:,} at most.")
    return _PARSER.parse(INVISIBLE.sub("", text))


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        return True  # a bad address has to reach ``problems``, which names it

    def normalizeLink(self, url: str) -> str:
        return url


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not _is_marker(state, start):
        return False
    if silent:
        return True  # it ends a paragraph, list or quote above it
    if state.level:
        return False
    name, _, words = _line(state, start).lstrip(":").strip().partition(" ")
    if not name:
        state.push("container_end", "", 0).map = [start, start + 1]
        state.line = start + 1
        return True
    # The next marker is the end even if it opens something: so nothing nests, and a thousand containers
    # that are never closed are read once and not a thousand times.
    last = next((line for line in range(start + 1, end) if _is_marker(state, line)), end)
    closed = last < end and not _line(state, last).strip(": \t")
    opening = state.push("container_open", "div", 1)
    opening.map = [start, last]
    opening.meta = {"name": name.lower(), "closed": closed} | _attributes(name.lower(), words)
    if name.lower() in TITLED:
        state.push("container_title_open", "", 1).map = [start, start + 1]
        title = state.push("inline", "", 0)
        title.map, title.content, title.children = [start, start + 1], words.strip(), []
        state.push("container_title_close", "", -1)
    outer, state.lineMax = state.lineMax, last
    state.md.block.tokenize(state, start + 1, last)
    state.lineMax = outer
    state.push("container_close", "div", -1)
    state.line = last + closed
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _is_marker(state: StateBlock, line: int) -> bool:
    return state.src.startswith(MARKER, state.bMarks[line] + state.tShift[line]) and not state.is_code_block(
        line
    )


def _attributes(name: str, words: str) -> dict[str, Any]:
    nations: set[str] = set()
    checked: date | None = None
    uncertain = False
    strange: list[str] = []
    rest = [] if name in TITLED else words.split()
    while rest:
        word = rest.pop(0).lower()
        if name in ("law", "nation") and (word == "uk" or word in NATIONS):
            nations |= set(NATIONS) if word == "uk" else {word}
        elif name == "law" and word == "uncertain":
            uncertain = True
        elif name == "law" and word == "checked" and rest and (day := _day(rest[0])):
            checked = day
            del rest[0]
        else:
            strange.append(word)
    in_order = tuple(nation for nation in NATIONS if nation in nations)
    return {"nations": in_order, "checked": checked, "uncertain": uncertain, "strange": tuple(strange)}


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _source_reference(state: StateInline, silent: bool) -> bool:
    found = REFERENCE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("source_reference", "", 0)
        token.meta = {"key": found[1]}
    state.pos = found.end()
    return True


def _join_lines(state: StateCore) -> None:
    """A line that goes on in the next one is still one run of text, so that a term can be found across it."""
    for token in state.tokens:
        for child in token.children or []:
            if child.type == "softbreak":
                child.type, child.content = "text", "\n"


def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False}).enable("table")
    parser.disable(["html_block", "html_inline", "autolink", "reference"])
    parser.block.ruler.before(
        "fence", "container", _container, {"alt": ["paragraph", "blockquote", "list", "table"]}
    )
    parser.inline.ruler.before("link", "source_reference", _source_reference)
    parser.core.ruler.before("text_join", "join_lines", _join_lines)
    return parser


_PARSER = _parser()
