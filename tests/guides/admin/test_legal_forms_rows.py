"""The tables on legal forms in the admin. Edna is an editor."""

import pytest
import yaml
from django.conf import settings
from django.urls import reverse

from guides.admin.tools import legal_forms_rows as rows
from guides.legal_forms.rules import TABLES
from guides.models import Source, ToolEdition
from guides.tools_loading import CONTENT
from tests.factories import make_tool_draft

pytestmark = pytest.mark.django_db

SHIPPED = {
    name: listed
    for name, listed in yaml.safe_load((CONTENT / "legal-forms.yaml").read_text()).items()
    if name in TABLES
}
ROWS = [rows.FormRow, rows.FeatureRow, rows.FactRow, rows.CriterionRow, rows.OptionRow, rows.LeaningRow]


def bound(form, row, **kwargs):
    """A row as a browser sends it."""
    shown = form(initial=form.entered(row))
    return form({name: shown[name].value() or "" for name in shown.fields}, **kwargs)


@pytest.fixture
def sources():
    return {row["source"] for listed in SHIPPED.values() for row in listed if row.get("source")}


@pytest.mark.parametrize("form", ROWS)
def test_a_row_has_the_fields_of_its_table(form):
    assert tuple(form.base_fields) == TABLES[form.table]


@pytest.mark.parametrize("form", ROWS)
def test_every_row_that_comes_with_the_service_comes_back_as_it_was(form, sources):
    for row in SHIPPED[form.table]:
        sent = bound(form, row, sources=sources)
        assert sent.is_valid(), (row, sent.errors)
        assert sent.row() == row
        assert form.called(row)


def test_forms_are_named_in_one_line_each_once():
    row = rows.FactRow({"forms": " CIO, llp  cio", "words": "Yes"})
    assert row.is_valid(), row.errors
    assert row.row() == {"forms": ["cio", "llp"], "words": "Yes"}
    assert rows.FactRow({"forms": "", "words": ""}).is_valid()


@pytest.mark.parametrize(
    ("form", "values", "message"),
    [
        (rows.FactRow, {"forms": "x" * 401}, "Forms must be 400 characters or fewer"),
        (rows.FactRow, {"words": "x" * 301}, "What is known must be 300 characters or fewer"),
        (rows.LeaningRow, {"leans": "perhaps"}, "It speaks must be one of the list"),
        (rows.LeaningRow, {"nations": ["france"]}, "Nations: select from the list"),
        (rows.FormRow, {"key": "A b"}, "Key must be small letters, numbers and hyphens, such as staff-2013"),
    ],
)
def test_what_is_wrong_is_said_by_its_field(form, values, message):
    assert bound(form, values).errors[next(iter(values))] == [message]


@pytest.mark.parametrize(
    ("form", "source", "is_good"),
    [
        (rows.FactRow, "unknown", True),
        (rows.FactRow, "unconfirmed", True),
        (rows.FactRow, "york", True),
        (rows.LeaningRow, "advice", True),
        (rows.LeaningRow, "unknown", False),
        (rows.FactRow, "nobody", False),
    ],
)
def test_a_row_names_a_source_or_says_that_it_has_none(form, source, is_good):
    assert ("source" not in form({"source": source}, sources={"york"}).errors) == is_good


@pytest.fixture
def draft(edna, client, sources):
    for key in sources:
        Source.objects.create(key=key, title=key, publisher="Somebody", kind="guidance")
    client.force_login(edna)
    return make_tool_draft("legal-forms", by=edna, **SHIPPED)


def address(name, edition):
    return reverse(f"admin:guides_tool_{name}", args=[edition.document_id, edition.pk])


def everything(page, draft):
    """What a browser sends of the whole page."""
    form = page.context["form"]
    sent = {"seen": draft.saves, "title": draft.title, "summary": draft.summary, "review_by": "1/1/2099"}
    for name in TABLES:
        rowset = form[name].field.shown(form[name])
        for part in [rowset.management_form, *rowset]:
            sent |= {
                part.add_prefix(field): part[field].value() for field in part.fields if part[field].value()
            }
    return sent


def test_all_rows_are_shown_and_saved_as_they_were(client, draft):
    page = client.get(address("edit", draft))
    assert page.status_code == 200
    sent = everything(page, draft) | {"summary": "Now said anew."}
    assert len(sent) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    after = client.post(address("edit", draft), sent, follow=True)
    assert "Saved." in after.text
    saved = ToolEdition.objects.get(pk=draft.pk)
    assert saved.summary == "Now said anew."
    assert saved.tables == draft.tables


def test_a_preview_has_the_questions_and_every_fact(client, draft):
    page = client.get(address("preview", draft))
    assert page.status_code == 200
    assert "Who is to be in control?" in page.text
    for row in SHIPPED["features"]:
        assert row["name"] in page.text
    assert "Financial Conduct Authority; in Northern Ireland since 6 April 2018" in page.text
    assert client.get(f"{address('preview', draft)}?control=staff").status_code == 200


def test_a_preview_of_an_unfinished_draft_is_shown(client, edna):
    client.force_login(edna)
    broken = {name: [{}, {"key": "x"}, {"criterion": "x", "key": "y"}] for name in TABLES}
    draft = make_tool_draft("legal-forms", by=edna, **broken)
    assert client.get(f"{address('preview', draft)}?x=y").status_code == 200


def test_what_keeps_it_from_being_published_is_named(client, edna, draft):
    draft.tables["facts"] = draft.tables["facts"][1:]
    draft.tables["leanings"][0]["reason"] = ""
    draft.save()
    page = client.get(reverse("admin:guides_tool_change", args=[draft.document_id]))
    assert "Leaning 1 (nation / england): enter the reason." in page.text
