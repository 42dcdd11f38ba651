"""What the directory finds and counts: held against counting by hand, and as dear for 5,000 offers as for fifty."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from mutuals_portal import publishing
from mutuals_portal.vocabulary import Nation
from signposting import directory, many
from signposting.matching import Wanted
from signposting.models import Offer, Organisation
from tests.factories import (
    MONDAY,
    make_adviser,
    make_entry,
    make_entry_draft,
    make_look_out,
    make_offer,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TOMORROW = NOW + timedelta(days=1)


def ask(columns, **values):
    query = {name: [value] if isinstance(value, str) else value for name, value in values.items()}
    return directory.read(query, path="/support/", of=columns)


def by_hand(offer):
    """The values of an offer in each facet."""
    return {
        "nation": offer.nations,
        "stage": offer.stages,
        "issue": offer.look_outs,
        "asker": offer.askers,
        "kind": [offer.body_kind],
        "cost": [offer.cost],
    }


QUESTIONS = [
    {},
    {"nation": "wales"},
    {"issue": ["pensions", "tax"]},
    {"kind": ["commercial", "network"], "cost": "free"},
    {"stage": "appraisal", "nation": ["england", "scotland"], "asker": "staff"},
    {
        "nation": "wales",
        "stage": "first-year",
        "issue": "tupe",
        "asker": "citizen",
        "kind": "lender",
        "cost": "paid",
    },
]


@pytest.fixture
def look_outs():
    return [make_look_out(slug, title=slug.title(), is_live=False) for slug in ("pensions", "tax", "tupe")]


@pytest.mark.parametrize("question", QUESTIONS)
def test_counts_and_pages_are_those_of_counting_by_hand(question, look_outs):
    many.make(300, at=MONDAY)
    columns = directory.columns()
    asked = ask(columns, **question)
    offers = [(offer.pk, by_hand(offer)) for offer in Offer.objects.all()]

    def fits(values, facet):
        return facet not in asked.chosen or bool({*asked.chosen[facet]} & {*values[facet]})

    names = [facet.name for facet in columns.facets]
    found = [pk for pk, values in offers if all(fits(values, name) for name in names)]
    counts = directory.count(asked, of=columns, at=NOW)
    assert (counts.found, counts.all) == (len(found), 300)
    for name in names:
        others = [values for _, values in offers if all(fits(values, n) for n in names if n != name)]
        assert counts.without[name] == len(others)
        expected = Counter(value for values in others for value in values[name])
        assert {value: number for value, number in counts.options.get(name, {}).items() if number} == expected
    pages = [directory.page(asked.on_page(n), of=columns, at=NOW) for n in range(1, counts.pages + 2)]
    assert sorted(each.offer.pk for page in pages for each in page) == sorted(found)
    assert all(len(page) <= 20 for page in pages)
    assert pages[-1] == []


def titles(**values):
    columns = directory.columns()
    return [found.entry.title for found in directory.page(ask(columns, **values), of=columns, at=NOW)]


def test_what_fits_comes_first_and_names_when_asked_for():
    make_entry(title="Everywhere", nations=[])
    make_entry(title="Firm", nations=["wales"], kind="commercial")
    make_entry(title="Welsh", nations=["wales"])
    assert titles() == ["Everywhere", "Welsh", "Firm"]
    assert titles(nation="wales") == ["Welsh", "Firm", "Everywhere"]
    assert titles(sort="name") == ["Everywhere", "Firm", "Welsh"]


def test_only_what_is_live_and_has_not_ended_is_found_and_counted():
    live = make_entry(at=MONDAY, title="Live")
    make_entry_draft(at=MONDAY)
    make_entry(at=MONDAY, show_from=TOMORROW)
    make_entry(at=MONDAY, activity="historic")
    make_entry(live.document, at=MONDAY + timedelta(days=1), title="Newer")
    gone = make_entry(at=MONDAY)
    publishing.withdraw(gone.document, by=make_user(), at=MONDAY + timedelta(days=1), reason="Wrong.")
    ended = make_entry(at=MONDAY, title="Ended since")
    make_entry(ended.document, at=MONDAY + timedelta(days=1), activity="historic")
    columns = directory.columns()
    assert titles() == ["Newer"]
    assert directory.count(ask(columns), of=columns, at=NOW).all == 1
    assert [found.body for found in directory.fitting(Wanted("wales"), at=NOW)] == ["Newer"]


def test_an_entry_that_ends_later_stops_being_help_by_the_clock_alone():
    body = make_entry(at=MONDAY, title="Ending").document
    make_entry(body, at=MONDAY, show_from=TOMORROW, activity="historic")
    assert directory.fitting(Wanted("wales"), at=NOW)
    assert not directory.fitting(Wanted("wales"), at=TOMORROW)


class TestFitting:
    def test_each_body_is_named_once_with_its_kind_and_the_reason(self, django_assert_num_queries):
        make_look_out("pensions", title="Pensions", is_live=False)
        pensions = make_offer(title="Pension advice", look_outs=["pensions"])
        make_entry(slug="fund", title="Fund", kind="public-body", offers=[make_offer(), pensions])
        with django_assert_num_queries(1):
            (found,) = directory.fitting(Wanted("wales", look_outs=frozenset({"pensions"})), at=NOW)
        assert (found.body, found.kind, found.title) == ("Fund", "Public body", "Pension advice")
        assert found.address == "/support/fund/"
        assert found.reason == "Works in the whole of the UK and helps with pensions."

    def test_a_body_that_was_ruled_out_is_not_named(self):
        make_entry(slug="employer")
        assert not directory.fitting(Wanted("wales", excluded_bodies=frozenset({"employer"})), at=NOW)

    def test_what_the_database_is_asked_for_is_what_ranking_would_leave_in(self):
        for nation in ("wales", "scotland"):
            for stage in ("appraisal", "first-year"):
                make_entry(nations=[nation], offers=[make_offer(stages=[stage], askers=["staff"])])
        found = directory.fitting(Wanted("wales", "appraisal", asker="staff"), at=NOW)
        assert len(found) == 1
        assert not directory.fitting(Wanted("wales", "appraisal", asker="citizen"), at=NOW)

    @pytest.mark.parametrize("nation", [*Nation.values, ""])
    def test_the_whole_list_is_filtered_alike(self, nation, client):
        make_entry(nations=[nation] if nation not in ("", "uk-wide") else [])
        wanted = Wanted(nation, "appraisal", frozenset({"legal-form"}), "staff")
        page = client.get(directory.address_for(wanted)).text
        assert 'class="govuk-inset-text"' not in page
        assert "1 of 1 kinds of help fits" in page


def test_a_body_that_has_ended_is_given_no_enquiries():
    body = make_organisation()
    make_adviser(body)
    assert list(Organisation.objects.able()) == [body]
    make_entry(body, at=MONDAY, activity="historic")
    assert list(Organisation.objects.able()) == []
    make_entry(body, at=MONDAY + timedelta(days=1), activity="unverified")
    assert list(Organisation.objects.able()) == [body]


@pytest.mark.parametrize("number", [50, 5000])
def test_the_list_takes_four_queries_however_many_offers_there_are(
    client, number, look_outs, django_assert_num_queries
):
    many.make(number, at=MONDAY)
    for query in ("", "?nation=england&issue=tax&sort=name", "?page=2&stage=appraisal"):
        with django_assert_num_queries(4):
            assert client.get(f"/support/{query}").status_code == 200
