"""Our components and form fields give the HTML of govuk-frontend's own examples.

Every component ships `fixtures.json`: examples as options and HTML. Each is either rendered by us to the same
HTML, or uses an option that `NOT_OFFERED` names with the reason. An upgrade that changes markup, or brings an
option that nobody has thought about, fails here.
"""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pytest
from django.conf import settings

from .macro_options import RENDER
from .markup import outline

PACKAGE = settings.BASE_DIR / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
CONTROLS = {"input", "textarea", "character-count", "select", "file-upload"}
PARTS = {"hint", "label", "error-message"}  # parts of every field, so checked with each

NAMED_CLASSES = re.compile(
    r"(govuk-input--width-\d+|govuk-(label|fieldset__legend)--(s|m|l|xl)|govuk-table__caption--m|govuk-tag--[a-z]+"
    r"|govuk-!-width-full|govuk-button--(secondary|warning|inverse)"
    r"|govuk-(radios|checkboxes)--small|govuk-radios--inline| )+"
)
NAMED_AT = {"classes", "captionClasses", "label.classes", "legend.classes", "fieldset.legend.classes"}

# "component option", "component option=value", "component option missing": a file name pattern -> why not.
NOT_OFFERED = {
    "* classes": "a page says what it wants by our named values, not by class names",
    "* *.classes": "as above",
    "* *Classes": "as above",
    "* attributes": "free attributes are for form controls, through the widget",
    "* *.attributes": "as above",
    "* wrapperAttributes.*": "as above",
    "* *describedBy": "a field is described by its own hint, error and counter",
    "* *with holes": "our lists have no empty places to skip",
    "* formGroup.classes": "nothing is known of the group but its state",
    "* items.disabled": "a choice that cannot be made is left out",
    "* items.id": "ids follow from the field's, so that the error summary finds the first",
    "checkboxes items.name": "one field, one name",
    "* items.checked=False": "Django knows from the form's data what is chosen",
    "* items.selected=False": "as above",
    "select items missing": "a select without choices is a mistake",
    "select items.value=False": "a value is text; an empty one is chosen where nothing else is",
    "select items.value missing": "an option always has a value here",
    "input type=number": "a number is typed as text with inputmode numeric, as GOV.UK advises",
    "character-count maxlength missing": "characters are counted, words are not",
    "character-count attributes=*maxlength*": "the server tells that a text is too long, the browser cuts nothing",
    "character-count countType": "as above",
    "character-count threshold": "the counter always shows",
    "character-count textareaDescriptionText": "one wording, in English",
    "character-count charactersUnderLimitText.*": "as above",
    "file-upload javascript": "the plain control works everywhere and shows what was chosen",
    "button disabled": "a button that does nothing explains nothing",
    "button type": "a button of ours submits",
    "button id": "nothing points at a button",
    "button html": "a button is named by words",
    "button preventDoubleClick=False": "left out means the same",
    "error-summary titleText=*<em>*": "one title for all",
    "error-summary titleHtml": "as above",
    "error-summary descriptionText": "the messages say it",
    "error-summary descriptionHtml": "as above",
    "error-summary errorList missing": "no summary without a message",
    "breadcrumbs labelText": "one wording, in English",
    "details id": "nothing points at it",
    "inset-text id": "as above",
    "exit-this-page text": "one wording",
    "exit-this-page html": "as above",
    "fieldset role": "it is a group already",
    "generic-header logoHtml": "our mark is part of the template",
    "notification-banner titleHeadingLevel": "it stands under the page's h1",
    "notification-banner titleId": "one banner on a page",
    "notification-banner role": "follows from the kind",
    "notification-banner disableAutoFocus": "news of success takes the focus",
    "pagination items.number": "keyset pages have no numbers",
    "panel headingLevel": "its title is the page's h1",
    "panel classes=*interruption*": "the confirmation panel only",
    "phase-banner tag.classes": "one colour",
    "service-navigation serviceName": "the header above it bears the name",
    "service-navigation slots.*": "links only",
    "service-navigation menuButtonText": "one wording",
    "service-navigation menuButtonLabel": "as above",
    "service-navigation navigationLabel": "as above",
    "service-navigation navigationId": "one navigation on a page",
    "service-navigation collapseNavigationOnMobile=False": "it always collapses",
    "service-navigation navigation just one": "as above",
    "service-navigation navigation missing": "it always has items",
    "service-navigation navigation.href missing": "every item is a link",
    "summary-list card.*": "rows only",
    "summary-list rows.actions.items several": "one action for a row",
    "table *.colspan": "plain tables, which every screen reader reads well",
    "warning-text iconFallbackText": "one wording",
}

# What we add on purpose, left out of the comparison on both sides.
OUR_OWN = {
    "back-link": r"</?nav[^>]*>",  # axe wants all content inside landmarks
    "exit-this-page": r' role="region" aria-label="Quick exit"',  # as above
    "breadcrumbs": r" govuk-breadcrumbs--collapse-on-mobile",  # always
}


def fixtures(component: str) -> list[dict[str, Any]]:
    return json.loads((PACKAGE / component / "fixtures.json").read_text())["fixtures"]


def statements(node: Any, known: dict[str, set[str]], path: str = "") -> Iterator[str]:
    """What an example's options say: "label.text", "label.text=Name", "items several", "hint missing"."""
    if isinstance(node, list):
        yield f"{path} {'several' if len(node) > 1 else 'just one'}"
        for item in node:
            yield from statements(item, known, path) if item else [f"{path} with holes"]
    elif isinstance(node, dict) and not path.endswith("attributes"):
        for key in known.setdefault(path, set()) - set(node):
            yield f"{path}.{key} missing".lstrip(".")
        for key, value in node.items():
            yield from statements(value, known, f"{path}.{key}" if path else key)
    elif path.lower().endswith("classes"):
        if node and not (path in NAMED_AT and NAMED_CLASSES.fullmatch(node)):
            yield from (path, f"{path}={node}")
    elif node not in (None, {}):
        yield from (path, f"{path}={node}")


def note_keys(node: Any, known: dict[str, set[str]], path: str = "") -> None:
    if isinstance(node, list):
        for item in node:
            note_keys(item, known, path)
    elif isinstance(node, dict):
        known.setdefault(path, set()).update(node)
        for key, value in node.items():
            note_keys(value, known, f"{path}.{key}" if path else key)


def sort_out() -> tuple[list[Any], set[str], set[str]]:
    """The examples to render, the patterns that ruled others out, and the components with one to render."""
    offered, used, components = [], set(), set()
    for component in RENDER:
        known: dict[str, set[str]] = {}
        note_keys([fixture["options"] for fixture in fixtures(component)], known)
        for fixture in fixtures(component):
            said = [
                f"{component} {statement}"
                for statement in statements(fixture["options"], known)
                if not (component in CONTROLS and statement == "attributes")
            ]
            reasons = {pattern for pattern in NOT_OFFERED if any(fnmatchcase(each, pattern) for each in said)}
            used |= reasons
            if not reasons:
                components.add(component)
                offered.append(pytest.param(component, fixture, id=f"{component}: {fixture['name']}"))
    return offered, used, components


OFFERED, USED, COMPONENTS = sort_out()


@pytest.mark.parametrize(("component", "fixture"), OFFERED)
def test_we_render_what_govuk_frontend_renders(component, fixture):
    ours, theirs = RENDER[component](fixture["options"]), fixture["html"]
    if own := OUR_OWN.get(component):
        ours, theirs = re.sub(own, "", ours), re.sub(own, "", theirs)

    assert outline(ours) == outline(theirs)


def test_every_component_is_checked_by_at_least_one_example():
    assert set(RENDER) == COMPONENTS


def test_every_reason_not_to_offer_an_option_still_stands():
    assert set(NOT_OFFERED) == USED


def test_every_component_whose_styles_we_ship_is_checked():
    styles = (settings.BASE_DIR / "static" / "src" / "portal.scss").read_text()

    assert set(re.findall(r"components/([a-z-]+)", styles)) == set(RENDER) | PARTS
