"""How look-outs join, in the admin. Edna is an editor, Ravi a reviewer."""

import pytest
from django.urls import reverse

from guides import journey
from guides.admin.tools.journey_rows import JoinRow
from guides.models import Document, ToolEdition
from mutuals_portal import publishing
from tests.factories import make_look_out, make_source, make_tool_draft, make_user

pytestmark = pytest.mark.django_db

JOIN = {"before": "agreement", "after": "contract", "kind": "blocks", "why": "It pays.", "source": "act"}


@pytest.fixture
def issues():
    make_source("act")
    return [make_look_out(slug, title=slug.title()) for slug in ("agreement", "contract")]


@pytest.fixture
def draft(issues, edna):
    return make_tool_draft("look-outs", by=edna, joins=[JOIN])


def page_of(name, draft):
    return reverse(f"admin:guides_tool_{name}", args=[draft.document_id, draft.pk])


def typed(draft, *rows):
    """What a browser sends for these rows."""
    answers = {
        "seen": draft.saves,
        "title": draft.title,
        "summary": draft.summary,
        "review_by": "1/1/2099",
        "joins-TOTAL_FORMS": len(rows),
        "joins-INITIAL_FORMS": 0,
    }
    return answers | {
        f"joins-{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()
    }


def test_a_row_has_the_fields_of_its_table():
    assert tuple(JoinRow.base_fields) == journey.TABLES["joins"]


def test_a_join_is_chosen_from_the_look_outs_and_kept_as_it_was_entered(client, edna, draft):
    client.force_login(edna)
    text = client.get(page_of("edit", draft)).text
    assert text.count('<option value="agreement"') >= 2
    assert "Join 1: agreement → contract" in text
    other = {
        "before": "contract",
        "after": "agreement",
        "kind": "eases",
        "why": "It helps.",
        "case_study": "alpha",
    }
    client.post(page_of("edit", draft), typed(draft, JOIN, other))
    assert ToolEdition.objects.get(pk=draft.pk).rows("joins") == [JOIN, other]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"before": "luck"}, "Join 1: First look-out must be one of the list"),
        ({"kind": "hinders"}, "Join 1: How they join must be one of the list"),
        ({"why": "x" * 301}, "Join 1: Why must be 300 characters or fewer"),
        ({"source": "nowhere"}, "Join 1: “nowhere” is not the key of a source"),
    ],
)
def test_what_is_wrong_is_said_by_its_field(client, edna, draft, wrong, message):
    client.force_login(edna)
    assert message in client.post(page_of("edit", draft), typed(draft, JOIN | wrong)).text
    assert ToolEdition.objects.get(pk=draft.pk).rows("joins") == [JOIN]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([JOIN, JOIN | {"before": "contract", "after": "agreement"}], "agreement → contract → agreement"),
        (
            [{name: value for name, value in JOIN.items() if name != "source"}],
            "name a source, or a case study",
        ),
        ([JOIN | {"case_study": "alpha"}], "“alpha” is not a case study that readers can open"),
    ],
)
def test_joins_in_a_circle_or_with_nothing_behind_them_cannot_be_published(issues, edna, rows, sentence):
    draft = make_tool_draft("look-outs", by=edna, joins=rows)
    assert sentence in " ".join(draft.problems(at=draft.saved_at))
    with pytest.raises(publishing.NotReady):
        publishing.send_for_review(draft, by=edna, at=draft.saved_at, seen=draft.saves)


def test_a_join_with_a_look_out_that_is_not_live_cannot_be_published(issues, edna):
    text = Document.objects.get(kind="look-out", slug="contract")
    draft = make_tool_draft("look-outs", by=edna, joins=[JOIN])
    assert draft.problems(at=draft.saved_at) == []
    publishing.withdraw(text, by=make_user(), at=draft.saved_at, reason="Wrong.")
    assert draft.problems(at=draft.saved_at) == [
        "Join “agreement / contract”: “contract” is not a look-out that readers can open."
    ]


def test_the_preview_shows_the_list_as_the_draft_would_make_it(client, ravi, draft):
    client.force_login(ravi)
    text = client.get(page_of("preview", draft)).text
    assert "Waits for “Agreement”." in text
    assert "It pays." in text
