"""What the list finds and counts: held against counting by hand, and no dearer for five thousand than for fifty."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from case_studies import directory, many
from case_studies.models import Profile
from mutuals_portal import facets, publishing
from tests.factories import MONDAY, make_case_study, make_figure, make_profile, make_profile_draft, make_user

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def ask(**values):
    query = {name: [value] if isinstance(value, str) else value for name, value in values.items()}
    return facets.read(query, path="/case-studies/", facets=directory.FACETS, sorts=directory.SORTS)


def by_hand(profile):
    """The values of a profile in each facet."""
    size = (
        "not-known"
        if profile.staff is None
        else next(
            name
            for name, (low, high) in directory.SIZES.items()
            if low <= profile.staff and (high is None or profile.staff < high)
        )
    )
    return {
        "nation": [profile.nation],
        "region": [profile.region],
        "sector": profile.sectors,
        "kind": [profile.kind],
        "form": [profile.legal_form],
        "owner": profile.owners or ["not-known"],
        "size": [size],
        "stage": profile.stages,
        "status": [profile.last_known],
    }


QUESTIONS = [
    {},
    {"nation": "wales"},
    {"sector": ["leisure", "youth"]},
    {"owner": "not-known"},
    {"owner": ["staff", "users"], "size": "not-known"},
    {"stage": ["appraisal"], "nation": ["england", "scotland"], "status": "operating"},
    {"kind": "pilot", "form": "cic", "region": "london", "size": "under-50", "sector": "fire"},
    {"size": ["under-50", "50-249", "250-999", "1000-or-more"]},
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_counts_and_pages_are_those_of_counting_by_hand(question):
    many.make(400, at=MONDAY)
    asked = ask(**question)
    bodies = [(profile.pk, by_hand(profile)) for profile in Profile.objects.all()]

    def fits(values, facet):
        return facet not in asked.chosen or bool({*asked.chosen[facet]} & {*values[facet]})

    names = [facet.name for facet in directory.FACETS]
    found = [pk for pk, values in bodies if all(fits(values, name) for name in names)]
    counts = directory.count(asked, at=NOW)
    assert (counts.found, counts.all) == (len(found), 400)
    for name in names:
        others = [
            values for _, values in bodies if all(fits(values, other) for other in names if other != name)
        ]
        assert counts.without[name] == len(others)
        expected = Counter(value for values in others for value in values[name])
        assert {value: number for value, number in counts.options.get(name, {}).items() if number} == expected
    pages = [directory.page(asked.on_page(page), at=NOW) for page in range(1, counts.pages + 2)]
    assert sorted(profile.pk for page in pages for profile in page) == sorted(found)
    assert all(len(page) <= directory.ON_A_PAGE for page in pages)
    assert pages[-1] == []


def test_the_orders():
    started, staff = {"measure": "started"}, {"measure": "staff"}
    for title, figures in {
        "beta": [make_figure(day="1999", **started), make_figure(number="5", **staff)],
        "Alpha": [make_figure(number="900", **staff)],
        "Gamma": [make_figure(day="1990", **started)],
    }.items():
        make_profile(at=MONDAY, title=title, claims=figures)

    def titles(sort):
        return [profile.title for profile in directory.page(ask(sort=sort), at=NOW)]

    assert titles("name") == ["Alpha", "beta", "Gamma"]
    assert titles("start") == ["Gamma", "beta", "Alpha"]
    assert titles("size") == ["Alpha", "beta", "Gamma"]


def test_only_what_is_live_is_found_and_counted():
    body = make_profile(at=MONDAY, title="Live")
    make_profile_draft(at=MONDAY)
    make_profile(at=MONDAY, show_from=NOW + timedelta(days=1))
    make_profile(body.document, at=MONDAY + timedelta(days=1), title="Newer")
    gone = make_profile(at=MONDAY)
    publishing.withdraw(gone.document, by=make_user(), at=MONDAY + timedelta(days=1), reason="Wrong.")
    assert [profile.title for profile in directory.page(ask(), at=NOW)] == ["Newer"]
    counts = directory.count(ask(), at=NOW)
    assert (counts.found, counts.all, counts.options["nation"]) == (1, 1, {"england": 1})


def test_coming_next_names_what_is_scheduled_where_an_editor_said_so():
    soon, later = NOW + timedelta(days=1), NOW + timedelta(days=9)
    make_profile(make_case_study(is_announced=True), at=MONDAY, show_from=later, title="Later")
    make_profile(make_case_study(is_announced=True), at=MONDAY, show_from=soon, title="Soon")
    make_profile(make_case_study(), at=MONDAY, show_from=soon, title="Secret")
    make_profile_draft(make_case_study(is_announced=True), at=MONDAY, title="Draft")
    live = make_case_study(is_announced=True)
    make_profile(live, at=MONDAY, title="Live")
    make_profile(live, at=MONDAY, show_from=soon, title="New name of what is live")
    assert directory.coming_next(at=NOW) == ["Soon", "Later"]


@pytest.mark.parametrize("number", [50, 5000])
def test_the_page_takes_three_queries_however_many_there_are(client, number, django_assert_num_queries):
    many.make(number, at=MONDAY)
    for query in ("", "?sector=leisure&nation=england&sort=size", "?page=2&sort=start"):
        with django_assert_num_queries(3):
            assert client.get(f"/case-studies/{query}").status_code == 200
