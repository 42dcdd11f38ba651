"""What the built style sheets must be: every class a template names, nothing that is missing, and small."""

import re

import brotli
import pytest
from django.conf import settings
from django.core.management import call_command

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
    "govuk-checkboxes",
    "govuk-radios",
    "govuk-table__head",
}
SHEETS = (
    "portal.css",
    "guides.css",
    "case_studies.css",
    "can_we_spin_out.css",
    "look_outs.css",
    "legal_forms.css",
    "who_has_a_say.css",
    "search.css",
    "suggestions.css",
    "casework.css",
)
MOST_BYTES = {
    "portal.css": 11 * 1024,  # as sent: with a page of ours it fits into the first round trip
    "guides.css": 6.5 * 1024,  # a page of a guide has more words
    "case_studies.css": 8.25 * 1024,  # filters, tables and pictures
    "can_we_spin_out.css": 8 * 1024,
    "look_outs.css": 7.5 * 1024,
    "legal_forms.css": 7.5 * 1024,
    "who_has_a_say.css": 7.75 * 1024,
    "search.css": 7.25 * 1024,
    "suggestions.css": 512,  # fetched by whoever is about to type
}
# One page for each thing that pages are made of, as they come with the service.
READ = [
    "/guides/",
    "/guides/spinning-out/",
    "/guides/spinning-out/print/",
    "/guides/spinning-out/appraisal/?nation=scotland",
    "/guides/spinning-out/implementation/pensions-council/?nation=wales",
    "/guides/spinning-out/implementation/pensions-council/?as_of=1999-01-01",
    "/guides/spinning-out/?as_of=yesterday",
    "/policy/",
    "/policy/ppn-024/",
    "/glossary/",
    "/tools/",
    "/tools/look-outs/pensions/?nation=wales",
]
CASE_STUDIES = [
    "/case-studies/",
    "/case-studies/?nation=england&sector=fire&kind=pilot&page=x",
    "/case-studies/compare/",
    "/case-studies/compare/?with=epic,mycsp,seqol",
    "/case-studies/mycsp/",
    "/case-studies/city-health-care-partnership/",
    "/support/",
    "/support/?nation=wales&issue=legal-form&kind=x",
    "/support/bodies/",
    "/support/how-we-rank/",
    "/support/data/",
    "/support/cwmpas/",
    "/support/public-service-mutuals/",
]
SEARCH = [
    "/search/",
    "/search/?q=what+is+tupe&nation=wales&kind=x",
    "/search/?q=pensoins",
    "/search/?q=can+we+become+a+zebra",
]
CAN_WE_SPIN_OUT = [
    "/tools/can-we-spin-out/",
    "/tools/can-we-spin-out/?nation=england&asked=employer&x=1",
    "/tools/can-we-spin-out/?nation=england&employer=fire&fire-part=control",
    "/tools/can-we-spin-out/?nation=england&employer=not-public&outside=practice&service=leisure",
    "/tools/can-we-spin-out/all-questions/",
]
LOOK_OUTS = [
    "/tools/look-outs/",
    "/tools/look-outs/?settled=contract-and-income&stage=appraisal&sector=x",
    "/tools/look-outs/map/",
]
LEGAL_FORMS = [
    "/tools/legal-forms/",
    "/tools/legal-forms/?nation=scotland&control=staff&reserved=yes&favourite=cio&lock=x",
    "/tools/legal-forms/compare/?form=cio&form=llp",
]
WHO_HAS_A_SAY = [
    "/tools/who-has-a-say/",
    "/tools/who-has-a-say/?who1=employees&members1=60&who2=users&members2=30&nation=england",
    "/tools/who-has-a-say/?who1=employees&members1=-3&rows=12",
]


@pytest.fixture(scope="module")
def styles():
    return "".join((BUILT / name).read_text() for name in SHEETS)


def classes_in(text):
    for value in re.findall(r'class="([^"]*)"', text):
        # A name that a template completes itself, `govuk-tag--{{ colour }}`, is checked by the components' tests.
        words = re.sub(r"\S*{{.*?}}\S*", " ", value)
        yield from re.sub(r"{%.*?%}", " ", words).split()


def without_style(text, styles):
    named = {name for name in classes_in(text) if OURS.match(name) and not name.startswith("govuk-js-")}
    # Whole names: that a part of a component has a style says nothing of the component.
    styled = {name.replace("\\", "") for name in re.findall(r"\.((?:[\w-]|\\.)+)", styles)}
    return named - WITHOUT_STYLE - styled


@pytest.mark.parametrize(
    "template",
    [pytest.param(path, id=str(path.relative_to(TEMPLATES))) for path in TEMPLATES.rglob("*.html")],
)
def test_every_class_in_a_template_has_a_style(template, styles):
    assert not without_style(template.read_text(), styles)


@pytest.mark.django_db
def test_pages_that_are_only_read_find_every_class_in_their_one_small_sheet(client):
    call_command("load_content", verbosity=0)
    for sheet, paths in (
        ("guides.css", READ),
        ("case_studies.css", CASE_STUDIES),
        ("can_we_spin_out.css", CAN_WE_SPIN_OUT),
        ("look_outs.css", LOOK_OUTS),
        ("legal_forms.css", LEGAL_FORMS),
        ("who_has_a_say.css", WHO_HAS_A_SAY),
        ("search.css", SEARCH),
    ):
        styles = (BUILT / sheet).read_text()
        for path in paths:
            text = client.get(path).text
            assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', text) == [f"/static/{sheet}"], path
            assert not without_style(text, styles), path


@pytest.mark.parametrize("sheet", MOST_BYTES)
def test_a_style_sheet_is_small(sheet):
    assert len(brotli.compress((BUILT / sheet).read_bytes())) <= MOST_BYTES[sheet]


def test_the_style_sheet_asks_for_no_other_file(styles):
    assert re.findall(r"url\((?!['\"]?data:)[^)]*\)", styles) == []


def test_nothing_of_gov_uk_that_is_not_ours_to_use(styles):
    for forbidden in ("GDS Transport", "crown", "crest"):
        assert forbidden not in styles
