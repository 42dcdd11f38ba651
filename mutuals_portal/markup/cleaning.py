"""The last word on what HTML may leave this package: a short list of tags, attributes, classes and schemes.

The writer only ever writes what is on the list. This runs over its result all the same, always: a fault in
the writer or in the parser below it must never become a script in somebody's page.
"""

import nh3

from mutuals_portal.markup.document import NAME_KINDS

LINK_SCHEMES = frozenset({"https", "http", "mailto", "tel"})
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "id", "rel", "title"},
    "caption": {"id"},
    "div": {"aria-label", "aria-labelledby", "role", "tabindex"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start"},
    "p": {"id"},
    "td": {"data-label"},
    "th": {"scope"},
} | {heading: {"id"} for heading in HEADINGS}
CLASSES: dict[str, set[str]] = {
    "a": {"govuk-link", "portal-term"},
    "blockquote": {"portal-quote"},
    "caption": {"govuk-table__caption"},
    "details": {"govuk-details"},
    "div": {
        "govuk-details__text",
        "govuk-inset-text",
        "govuk-warning-text",
        "govuk-warning-text__text",
        "portal-law",
        "portal-nation",
        "portal-box--applies",
        "portal-box--elsewhere",
        "portal-table",
    },
    "figure": {"portal-picture"},
    "hr": {"govuk-section-break", "govuk-section-break--m", "govuk-section-break--visible"},
    "ol": {"govuk-list", "govuk-list--number"},
    "p": {"govuk-body", "portal-applies", "portal-box__label", "portal-law__checked"},
    "pre": {"portal-code"},
    "span": {
        "govuk-details__summary-text",
        "govuk-visually-hidden",
        "govuk-warning-text__icon",
        "portal-note",
    },
    "summary": {"govuk-details__summary"},
    "sup": {"portal-note"},
    "table": {"govuk-table"},
    "tbody": {"govuk-table__body"},
    "td": {"govuk-table__cell", "govuk-table__cell--numeric"},
    "th": {"govuk-table__header", "govuk-table__header--numeric"},
    "thead": {"govuk-table__head"},
    "tr": {"govuk-table__row"},
    "ul": {"govuk-list", "govuk-list--bullet"},
} | {heading: {"govuk-heading-m", "govuk-heading-s"} for heading in HEADINGS}
TAGS = {"br", "code", "em", "img", "li", "strong", *CLASSES}
VALUES: dict[str, dict[str, set[str]]] = {
    "a": {"rel": {"noopener"}},
    "div": {"role": {"note", "region"}, "tabindex": {"0"}},
    "span": {"aria-hidden": {"true"}},
    "th": {"scope": {"col", "row"}},
}


def _cleaner(schemes: frozenset[str]) -> nh3.Cleaner:
    fixed = {(tag, name) for tag, names in VALUES.items() for name in names}
    return nh3.Cleaner(
        tags=TAGS,
        attributes={
            tag: {name for name in names if (tag, name) not in fixed} for tag, names in ATTRIBUTES.items()
        },
        tag_attribute_values=VALUES,
        allowed_classes=CLASSES,
        url_schemes=schemes,
        link_rel=None,
    )


_FINISHED = _cleaner(LINK_SCHEMES)
_WITH_NAMES = _cleaner(LINK_SCHEMES | {*NAME_KINDS, "picture"})


def clean(html: str, *, with_names: bool = False) -> str:
    """``html`` with nothing but what is allowed. ``with_names`` lets links keep names such as page:pensions."""
    return (_WITH_NAMES if with_names else _FINISHED).clean(html)
