"""A page as its reader gets it: words in their order, with the number of the source wherever a mark stands."""

import re
from html.parser import HTMLParser

APART = {"td", "th", "li", "p", "dd", "dt", "h1", "h2", "h3", "h4", "br", "tr", "caption"}
LEFT_OUT = {"head", "header", "nav", "footer"}


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.written = []
        self.within = []

    def handle_starttag(self, tag, attributes):
        if tag in APART:
            self.written.append("|")
        if tag not in ("meta", "link", "br", "img", "input", "path", "rect"):
            self.within.append((tag, dict(attributes).get("class", "")))

    def handle_endtag(self, tag):
        if tag in [open_tag for open_tag, _ in self.within]:
            while self.within.pop()[0] != tag:
                pass

    def handle_data(self, words):
        if any(tag in LEFT_OUT for tag, _ in self.within):
            return
        if any("govuk-visually-hidden" in classes for _, classes in self.within):
            return
        self.written.append(words)


def marked_words(html: str) -> str:
    """“Staff|over 500 people[3]|2013”: parts of the page set apart by “|”, marks as numbers in square brackets."""
    parser = _Words()
    parser.feed(html)
    parts = "".join(parser.written).split("|")
    return "|".join(filter(None, (re.sub(r"\s+", " ", part).strip() for part in parts)))


def section(html: str, name: str) -> str:
    """The HTML from the heading with this id up to the next heading of its level."""
    found = re.search(rf'<h2[^>]* id="{name}">.*?(?=<h2|</main>)', html, re.DOTALL)
    return found[0] if found else ""
