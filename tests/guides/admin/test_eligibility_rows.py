"""The questions and findings of “Can our service spin out?” as editors write them."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from guides.admin.tools.eligibility_rows import EligibilityTables
from guides.models import ToolEdition
from guides.models.tool import ToolSave
from mutuals_portal.publishing_admin.rows import EMPTY_ROWS
from tests.factories import make_look_out, make_source, make_tool_draft
from tests.guides.eligibility.sample import shipped, tables

pytestmark = pytest.mark.django_db


class Fields(HTMLParser):
    """What a browser would send of a page's form, were its first button pressed."""

    def __init__(self, text):
        super().__init__()
        self.sent = {}
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        name, value = has.get("name", ""), has.get("value", "")
        if tag == "select":
            self._open = name
        elif tag == "option" and self._open and ("selected" in has or self._open not in self.sent):
            self.sent[self._open] = [value or ""]
        elif tag == "textarea":
            self._open = name
            self.sent[name] = [""]
        elif tag == "input" and (has.get("type") not in ("checkbox", "radio") or "checked" in has):
            self.sent.setdefault(name, []).append(value or "")

    def handle_data(self, data):
        if self._open in self.sent and self.lasttag == "textarea":
            self.sent[self._open] = [self.sent[self._open][0] + data.replace("\n", "\r\n")]

    def handle_endtag(self, tag):
        if tag in ("select", "textarea"):
            self._open = ""


def page(name, edition):
    return reverse(f"admin:guides_tool_{name}", args=[edition.document_id, edition.pk])


@pytest.fixture
def draft(client, edna):
    make_source("a-report")
    client.force_login(edna)
    return make_tool_draft("can-we-spin-out", by=edna, **tables())


def typed(client, edition):
    """The form as it stands. Its first line break in a text area is the page's own."""
    sent = Fields(client.get(page("edit", edition)).text).sent
    return {name: [value.removeprefix("\r\n") for value in values] for name, values in sent.items() if name}


def saved(edition):
    return ToolEdition.objects.get(pk=edition.pk).tables


def test_what_comes_with_the_service_goes_through_the_form_unchanged(client, edna):
    rows = shipped()
    for key in {key for row in [*rows["findings"], *rows["outcomes"]] for key in row["sources"]}:
        make_source(key)
    for slug in {slug for row in rows["findings"] for slug in row.get("look_outs", ())}:
        make_look_out(slug)
    client.force_login(edna)
    draft = make_tool_draft("can-we-spin-out", by=edna, **rows)
    answers = typed(client, draft)
    response = client.post(page("edit", draft), answers | {"title": "Renamed"}, follow=True)
    assert "Saved." in response.text
    after = ToolEdition.objects.get(pk=draft.pk)
    assert after.title == "Renamed"
    for name, listed in rows.items():
        assert after.tables[name] == listed


def test_all_the_rows_that_the_form_allows_can_be_sent(settings):
    """With every box of every row ticked."""
    number = 0
    for field in EligibilityTables.base_fields.values():
        boxes = {"nations": 4}
        of_a_row = 1 + sum(boxes.get(name, 1) for name in field.row_form.base_fields)
        number += of_a_row * (field.most + EMPTY_ROWS)
    assert number < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_rows_are_saved_as_their_editor_wrote_them(client, draft):
    answers = typed(client, draft) | {
        "findings-0-when": "job = guard\r\n\r\n nation=north ,south",
        "findings-0-sources": "A-report, advice,",
        "findings-0-nations": ["wales"],
        "findings-0-checked": "22/11/2026",
        "findings-0-law": "The Keys Act.",
        "outcomes-0-next_steps": "Ask.\r\nRead.\r\n",
    }
    client.post(page("edit", draft), answers)
    row = saved(draft)["findings"][0]
    assert row["when"] == ["job=guard", "nation=north, south"]
    assert row["sources"] == ["a-report", "advice"]
    assert (row["nations"], row["checked"]) == (["wales"], "2026-11-22")
    assert saved(draft)["outcomes"][0]["next_steps"] == ["Ask.", "Read."]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"findings-0-when": "job is guard"}, "Finding 1: “job is guard” is not a question and its answers"),
        ({"findings-0-sources": "a-report, rumour"}, "Finding 1: “rumour” is not the key of a source"),
        ({"findings-0-checked": "soon"}, "Finding 1: Law checked on must be a real date"),
        ({"findings-0-nations": ["france"]}, "Finding 1: Where the law applies: select from the list"),
        ({"findings-0-look_outs": "luck"}, "Finding 1: “luck” is not a look-out"),
        ({"findings-0-effect": "maybe"}, "Finding 1: What it does to the outcome must be one of the list"),
        ({"answers-0-leads_to": "no key"}, "Answer 1: Leads to must be small letters"),
        ({"questions-0-short": "x" * 41}, "Question 1: Short name must be 40 characters or fewer"),
        ({"outcomes-0-key": "perhaps"}, "Outcome 1: When it comes out must be one of the list"),
        ({"outcomes-0-sources": "rumour"}, "Outcome 1: “rumour” is not the key of a source"),
    ],
)
def test_a_wrong_value_is_explained_by_its_field(client, draft, wrong, message):
    text = client.post(page("edit", draft), typed(client, draft) | wrong).text
    assert message in text.replace("&#x27;", "'")
    assert saved(draft) == tables()


def test_what_would_strand_a_reader_keeps_it_from_the_public(client, draft):
    client.post(page("edit", draft), typed(client, draft) | {"answers-7-leads_to": "nation"})
    draft.refresh_from_db()
    text = client.post(page("send-for-review", draft), {"seen": draft.saves}).text
    assert "This cannot be published yet." in text
    assert "these lead round in a circle: nation → job → mood → nation" in text


def test_the_preview_asks_and_draws_the_draft(client, draft):
    assert "Which nation?" in client.get(page("preview", draft)).text
    assert "Which job?" in client.get(page("preview", draft), {"nation": "north"}).text
    assert "portal-graph" in client.get(page("preview", draft), {"show": "all-questions"}).text


def test_two_saves_can_be_compared(client, draft):
    law = {"findings-0-law": "The Keys Act.", "findings-0-nations": ["england", "wales"]}
    client.post(page("edit", draft), typed(client, draft) | law | {"findings-0-checked": "22/11/2026"})
    old, new = ToolSave.objects.order_by("pgh_id").values_list("pk", flat=True)[1:3]
    address = reverse("admin:guides_tool_compare", args=[draft.document_id])
    text = client.get(address, {"old": old, "new": new}).text
    assert "The Keys Act." in text
    assert "England, Wales" in text
