"""The readiness questions in the admin. Edna is an editor, Ravi a reviewer."""

import pytest
from django.urls import reverse

from guides import readiness
from guides.admin.tools.readiness_rows import ReadinessRow, ScaleRow
from guides.models import ToolEdition
from mutuals_portal import publishing
from tests.factories import make_look_out, make_source, make_tool_draft

pytestmark = pytest.mark.django_db

QUESTION = {
    "key": "heard",
    "text": "Are you heard?",
    "why": "People matter.",
    "look_out": "culture",
    "source": "talk",
}
SCALE = [{"key": "yes", "text": "Yes"}, {"key": "no", "text": "No"}]


@pytest.fixture
def draft(edna):
    make_source("talk")
    make_look_out("culture", title="Culture")
    return make_tool_draft("plan", by=edna, readiness=[QUESTION], scale=SCALE)


def page_of(name, draft):
    return reverse(f"admin:guides_tool_{name}", args=[draft.document_id, draft.pk])


def typed(draft, **tables):
    """What a browser sends for these rows."""
    answers = {"seen": draft.saves, "title": draft.title, "summary": draft.summary, "review_by": "1/1/2099"}
    for table, rows in ({"readiness": [QUESTION], "scale": SCALE} | tables).items():
        answers |= {f"{table}-TOTAL_FORMS": len(rows), f"{table}-INITIAL_FORMS": 0}
        answers |= {
            f"{table}-{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()
        }
    return answers


@pytest.mark.parametrize("row", [ReadinessRow, ScaleRow])
def test_a_row_has_the_fields_of_its_table(row):
    assert tuple(row.base_fields) == readiness.TABLES[row.table]


def test_questions_are_kept_as_they_were_entered(client, edna, draft):
    client.force_login(edna)
    text = client.get(page_of("edit", draft)).text
    assert "Question 1: Are you heard?" in text
    assert "Answer 2: No" in text
    other = {"key": "skills", "text": "Have we the skills?", "why": "Work needs them."}
    client.post(page_of("edit", draft), typed(draft, readiness=[QUESTION, other]))
    assert ToolEdition.objects.get(pk=draft.pk).rows("readiness") == [QUESTION, other]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"key": "Not a key!"}, "Question 1: Key must be small letters, numbers and hyphens"),
        ({"text": "x" * 201}, "Question 1: Question must be 200 characters or fewer"),
        ({"why": "x" * 301}, "Question 1: Why it matters must be 300 characters or fewer"),
        ({"look_out": "moon"}, "Question 1: The look-out that it is about must be one of the list"),
        ({"source": "nowhere"}, "Question 1: “nowhere” is not the key of a source"),
    ],
)
def test_what_is_wrong_is_said_by_its_field(client, edna, draft, wrong, message):
    client.force_login(edna)
    assert message in client.post(page_of("edit", draft), typed(draft, readiness=[QUESTION | wrong])).text
    assert ToolEdition.objects.get(pk=draft.pk).rows("readiness") == [QUESTION]


def test_a_question_without_answers_to_choose_from_cannot_be_published(edna, draft):
    draft = publishing.write(
        draft, by=edna, at=draft.saved_at, seen=draft.saves, tables={"readiness": [QUESTION]}
    )
    assert draft.problems(at=draft.saved_at) == ["Readiness: offer from 2 to 6 answers."]
    with pytest.raises(publishing.NotReady):
        publishing.send_for_review(draft, by=edna, at=draft.saved_at, seen=draft.saves)


def test_the_preview_shows_what_colleagues_would_be_asked(client, ravi, draft):
    client.force_login(ravi)
    assert "Are you heard?" in client.get(page_of("preview", draft)).text
