"""The cast: Edna edits, Ravi reviews, Ada advises groups and has no business here."""

import pytest
from django.urls import reverse

from case_studies import rows
from case_studies.admin.profile_form import ProfileForm
from tests.factories import (
    make_adviser,
    make_case_study,
    make_look_out,
    make_organisation,
    make_profile_draft,
    make_source,
    make_user,
)


@pytest.fixture
def edna(db):
    return make_user("editor", username="edna", first_name="Edna", last_name="Writes")


@pytest.fixture
def ravi(db):
    return make_user("reviewer", username="ravi", first_name="Ravi", last_name="Reads")


@pytest.fixture
def ada(db):
    return make_adviser(make_organisation(), username="ada")


@pytest.fixture
def source(db):
    return make_source("report")


@pytest.fixture
def pensions(db):
    return make_look_out("pensions", title="Pensions")


@pytest.fixture
def draft(edna, source, pensions, client):
    client.force_login(edna)
    return make_profile_draft(make_case_study(slug="leaving"), by=edna)


@pytest.fixture
def address():
    """The address of a page about case studies."""

    def of(name, *args):
        return reverse(f"admin:case_studies_casestudy_{name}", args=args)

    return of


@pytest.fixture
def of(address):
    """The address of a page about one edition."""

    def of(name, edition):
        return address(name, edition.document_id, edition.pk)

    return of


CLAIM = {
    "label": "Staff",
    "key": "staff",
    "measure": "staff",
    "qualifier": "over",
    "number": "1,500",
    "unit": "people",
    "as_of": "July 2013",
    "source": "report",
    "assured_by": "body",
    "review_by": "27/3/2099",
}
SHARE = {"group": "staff", "basis": "members", "percent": "60%", "as_of": "2013", "source": "report"}
STEP = {"stage": "first-year", "title": "It opened", "begins": "1 October 2003", "source": "report"}
MET = {
    "look_out": "pensions",
    "stage": "implementation",
    "effect": "hindered",
    "how": "Nobody knew the price.",
    "source": "report",
}


def typed(edition, *, claims=(), shares=(), milestones=(), evidence=(), **answers):
    """The form as a browser sends it: the texts as they stand, and these rows."""
    sent = {
        name: value
        for name, value in ProfileForm(edition=edition).initial.items()
        if not name.startswith("written_") and value not in (None, "", False)
    }
    sent["review_by"] = "27/3/2099"
    given = {"claims": claims, "shares": shares, "milestones": milestones, "evidence": evidence}
    for name in rows.FIELDS:
        prefix, listed = f"written_{name}", given[name]
        sent |= {f"{prefix}-TOTAL_FORMS": len(listed) + 3, f"{prefix}-INITIAL_FORMS": 0}
        for place, row in enumerate(listed):
            sent |= {f"{prefix}-{place}-{field}": value for field, value in row.items()}
    return sent | answers
