"""What the built style sheet must be: every class a template names, nothing that is missing, and small."""

import re

import brotli
import pytest
from django.conf import settings

BUILT = settings.BASE_DIR / "static" / "build"
TEMPLATES = settings.BASE_DIR / "templates"
OURS = re.compile(r"^(govuk|portal|casework)-[\w!-]+$")

# Names in govuk-frontend's own HTML that it gives no style.
WITHOUT_STYLE = {
    "govuk-template__header",
    "govuk-template__footer",
    "govuk-table__body",
    "govuk-phase-banner__content__tag",
    "govuk-file-upload--error",
}
MOST_BYTES = 11 * 1024  # of the style sheet as sent: with a page of ours it fits into the first round trip


@pytest.fixture(scope="module")
def styles():
    return "".join((BUILT / name).read_text() for name in ("portal.css", "casework.css"))


def classes_in(template):
    for value in re.findall(r'class="([^"]*)"', template.read_text()):
        # A name that a template completes itself, `govuk-tag--{{ colour }}`, is checked by the components' tests.
        words = re.sub(r"\S*{{.*?}}\S*", " ", value)
        yield from re.sub(r"{%.*?%}", " ", words).split()


@pytest.mark.parametrize(
    "template",
    [pytest.param(path, id=str(path.relative_to(TEMPLATES))) for path in TEMPLATES.rglob("*.html")],
)
def test_every_class_in_a_template_has_a_style(template, styles):
    named = {name for name in classes_in(template) if OURS.match(name) and not name.startswith("govuk-js-")}

    unknown = {name for name in named - WITHOUT_STYLE if f".{name.replace('!', chr(92) + '!')}" not in styles}

    assert not unknown


def test_the_style_sheet_is_small():
    assert len(brotli.compress((BUILT / "portal.css").read_bytes())) <= MOST_BYTES


def test_the_style_sheet_asks_for_no_other_file(styles):
    assert re.findall(r"url\((?!['\"]?data:)[^)]*\)", styles) == []


def test_nothing_of_gov_uk_that_is_not_ours_to_use(styles):
    for forbidden in ("GDS Transport", "crown", "crest"):
        assert forbidden not in styles
