"""A profile written on one page: texts and rows are kept, whatever is wrong and whoever saved meanwhile."""

from datetime import date
from decimal import Decimal

import pytest

from case_studies.models import Profile
from mutuals_portal import publishing
from tests.case_studies.admin.conftest import CLAIM, MET, SHARE, STEP, typed
from tests.factories import MONDAY, make_source

pytestmark = pytest.mark.django_db


def now(draft):
    return Profile.objects.get(pk=draft.pk)


def test_rows_are_saved_as_their_editor_wrote_them(client, draft, of):
    answers = typed(draft, claims=[CLAIM], shares=[SHARE], milestones=[STEP], evidence=[MET])
    assert "Saved." in client.post(of("edit", draft), answers, follow=True).text
    after = now(draft)
    claim = after.claims.get()
    assert str(claim) == "Staff: over 1,500 people"
    assert (claim.as_of, claim.review_by) == ("2013-07", date(2099, 3, 27))
    assert after.shares.get().percent == Decimal(60)
    assert after.milestones.get().begins == "2003-10-01"
    assert after.evidence.get().look_out.slug == "pensions"
    assert (after.staff, after.owners, after.stages) == (1500, ["staff"], ["implementation"])


def test_the_page_shows_rows_as_people_write_them_and_three_empty_ones(client, draft, of):
    client.post(of("edit", draft), typed(draft, claims=[CLAIM], milestones=[STEP]))
    text = client.get(of("edit", draft)).text
    for words in ("1 October 2003", "July 2013", "27/03/2099", "Staff: over 1500 people (staff)"):
        assert words in text
    assert text.count('summary-text">Add a figure<') == 3
    assert text.count("Delete this figure") == 1


def test_the_sources_stand_once_on_the_page_and_fields_choose_from_them(client, draft, of):
    for number in range(300):
        make_source(f"extra-{number}")
    text = client.get(of("edit", draft)).text
    assert text.count('<option value="extra-299">') == 1
    assert 'list="sources"' in text
    assert len(text) < 400_000


def test_a_row_is_deleted_and_an_empty_one_is_none(client, draft, of):
    client.post(of("edit", draft), typed(draft, claims=[CLAIM, CLAIM | {"key": "two"}]))
    rows = [CLAIM | {"DELETE": "on", "number": "nonsense"}, CLAIM | {"key": "two"}, {"label": " "}]
    client.post(of("edit", draft), typed(now(draft), claims=rows) | {"written_claims-INITIAL_FORMS": 2})
    assert [claim.key for claim in now(draft).claims.all()] == ["two"]


def test_an_unfinished_row_is_kept_and_named(client, draft, of):
    page = client.post(of("edit", draft), typed(draft, claims=[CLAIM | {"source": ""}]), follow=True)
    assert "Figure “Staff”: name its source." in page.text
    assert now(draft).written_claims[0]["number"] == "1500"
    assert not now(draft).claims.exists()
    assert 'value="1500"' in client.get(of("edit", draft)).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"claims": [CLAIM | {"source": ""}]},
        {"claims": [CLAIM, CLAIM]},
        {"what_it_does": "It has 500 staff [^report]."},
        {"what_it_does": "It has {stuff}."},
        {"evidence": [MET | {"how": "It cost £3."}]},
        {"what_it_does": "It grew [^rumour]."},
    ],
    ids=["no source", "same key", "bare figure", "unknown key", "figure in evidence", "unknown source"],
)
def test_a_figure_without_a_source_keeps_a_profile_from_the_public(client, draft, of, wrong):
    client.post(of("edit", draft), typed(draft, **wrong))
    page = client.post(of("send-for-review", draft), {"seen": now(draft).saves})
    assert "This cannot be published yet." in page.text
    assert now(draft).status == "draft"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"claims": [CLAIM | {"number": "lots"}]},
            "Figure 1: Number must be a number such as 71,501 or 12.5",
        ),
        ({"claims": [CLAIM | {"number": "1e400"}]}, "Figure 1: Number must be a number"),
        ({"claims": [CLAIM | {"number": "NaN"}]}, "Figure 1: Number must be a number"),
        ({"claims": [CLAIM | {"number": "1.234"}]}, "Figure 1: Number must be a number"),
        ({"claims": [CLAIM | {"source": "rumour"}]}, "Figure 1: “rumour” is not the key of a source"),
        ({"claims": [CLAIM | {"as_of": "soon"}]}, "Figure 1: As of must be a real year, month or day"),
        ({"claims": [CLAIM | {"as_of": "2011-13"}]}, "Figure 1: As of must be a real year, month or day"),
        ({"claims": [CLAIM | {"review_by": "31/2/2027"}]}, "Figure 1: Check again by must be a real date"),
        ({"claims": [CLAIM | {"key": "no key"}]}, "Figure 1: Key must be small letters"),
        ({"claims": [CLAIM | {"measure": "luck"}]}, "Figure 1: What it measures must be one of the list"),
        (
            {"claims": [CLAIM | {"label": "x" * 121}]},
            "Figure 1: What it is of must be 120 characters or fewer",
        ),
        ({"shares": [SHARE | {"percent": "101"}]}, "Share 1: Per cent must be between 0 and 100"),
        ({"evidence": [MET, MET | {"look_out": "luck"}]}, "Issue 2: Look-out must be one of the list"),
        ({"claims": [CLAIM] * 51}, "Enter 50 figures or fewer"),
        ({"written_claims-TOTAL_FORMS": "many"}, "The rows could not be read"),
        ({"last_known_source": "rumour"}, "“rumour” is not the key of a source"),
        ({"title": "x" * 121}, "Name must be 120 characters or fewer"),
    ],
    ids=lambda wrong: "" if isinstance(wrong, str) else next(iter(wrong)),
)
def test_a_wrong_value_is_explained_and_everything_is_kept(client, draft, of, wrong, message):
    answers = typed(draft, **{"milestones": [STEP | {"title": "Typed just now"}]} | wrong)
    page = client.post(of("edit", draft), answers).text
    assert message in page.replace("&#x27;", "'")
    assert "There is a problem" in page
    assert "Typed just now" in page
    assert now(draft).saves == draft.saves


def test_the_summary_leads_to_the_field_in_its_open_row(client, draft, of):
    page = client.post(of("edit", draft), typed(draft, claims=[CLAIM, CLAIM | {"number": "lots"}])).text
    assert '<a href="#id_written_claims-1-number">Figure 2: Number must be' in page
    assert 'id="id_written_claims-1-number"' in page
    assert page.count('casework-row" open') == 1


def test_more_rows_come_with_what_was_typed_saved(client, draft, of):
    response = client.post(of("edit", draft), typed(draft, claims=[CLAIM], more="written_claims"))
    assert response["Location"] == f"{of('edit', draft)}?more=written_claims#rows-written_claims"
    page = client.get(response["Location"]).text
    assert page.count('casework-row" open') == 3
    assert now(draft).claims.exists()


def test_saving_without_a_change_loses_no_approval(client, draft, of):
    client.post(of("edit", draft), typed(draft, claims=[CLAIM], shares=[SHARE]))
    saves = now(draft).saves
    client.post(of("edit", draft), typed(now(draft), claims=[CLAIM], shares=[SHARE]))
    assert now(draft).saves == saves


def test_who_saves_second_keeps_what_they_typed_and_sees_what_differs(client, draft, of, ravi):
    theirs = [{"key": "staff", "label": "Staff", "number": "7"}]
    publishing.write(draft, by=ravi, at=MONDAY, seen=draft.saves, written_claims=theirs)
    answers = typed(draft, claims=[CLAIM], milestones=[STEP])
    page = client.post(of("edit", draft), answers).text
    assert "Ravi Reads saved this draft while you were writing" in page
    assert "What differs" in page
    assert 'value="1,500"' in page
    assert now(draft).written_claims == theirs
    again = client.post(of("edit", draft), answers | {"seen": now(draft).saves}, follow=True)
    assert "Saved." in again.text
    assert now(draft).staff == 1500


def test_what_was_typed_in_a_draft_that_is_gone_can_be_copied(client, draft, of):
    address, answers = of("edit", draft), typed(draft, claims=[CLAIM | {"label": "All of the staff"}])
    publishing.discard(draft, at=MONDAY, seen=draft.saves)
    response = client.post(address, answers)
    assert response.status_code == 404
    assert "All of the staff" in response.text


@pytest.mark.parametrize("number", [20, 50])
def test_the_page_costs_the_same_however_many_rows(client, draft, of, number, django_assert_num_queries):
    claims = [CLAIM | {"key": f"staff-{place}"} for place in range(number)]
    client.post(of("edit", draft), typed(draft, claims=claims))
    assert now(draft).claims.count() == number
    with django_assert_num_queries(8):
        client.get(of("edit", draft))
