"""The page of one profile, as a reader's browser gets it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from case_studies.models import Claim, Question
from mutuals_portal import publishing
from tests.case_studies.pages import marked_words, section
from tests.factories import (
    make_evidence,
    make_figure,
    make_look_out,
    make_profile,
    make_profile_draft,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

AGO = timezone.now() - timedelta(days=30)
YESTERDAY = timezone.now() - timedelta(days=1)
PAGE = "/case-studies/alpha/"


@pytest.fixture
def source():
    return make_source("report", title="The report", publisher="A council", address="https://report.example/")


@pytest.fixture
def profile(source):
    """A body of which much is known."""
    key = source.key
    return make_profile(
        at=AGO,
        slug="alpha",
        title="Alpha",
        summary="A body that runs pools.",
        parent_body="A council",
        last_known="closed",
        last_known_as_of="2016-10",
        last_known_source=source,
        what_it_does="It ran pools with {staff-2011} [^advice].",
        road_out="It left on {started}.",
        claims=[
            make_figure(
                "started",
                measure="started",
                label="Started",
                day="2011-07-01",
                as_of="2011-07-01",
                source=key,
            ),
            make_figure("staff-2015", number="400", as_of="2015", source=key, assured_by="press"),
            make_figure("staff-2011", number="100", qualifier="over", as_of="2011-07", source=key),
        ],
        shares=[
            {"group": "staff", "basis": "ownership", "percent": "75", "as_of": "2011", "source": key},
            {"group": "public-body", "basis": "ownership", "percent": "25", "as_of": "2011", "source": key},
            {"group": "users", "basis": "board", "words": "some seats", "as_of": "2012", "source": key},
        ],
        milestones=[
            {"stage": "appraisal", "title": "The council agrees", "begins": "2010-01", "source": key},
            {"stage": "implementation", "title": "It opens", "begins": "2011-07-01", "source": key},
        ],
        evidence=[
            make_evidence(
                make_look_out("pensions", title="Pensions"), how="A gap for {staff-2011}.", source=key
            ),
            make_evidence(make_look_out("leadership", title="Leadership"), effect="helped", source=key),
        ],
    )


def test_the_facts_in_short_with_their_days_and_sources(client, profile):
    text = marked_words(client.get(PAGE).text)
    for fact in (
        "Case study Alpha|A body that runs pools.",
        "How it came to be|Staff spin-out from a public body",
        "Where|Salford|North West, England",
        "Came out of|A council",
        "Started|1 July 2011[1]",
        "Staff|400 people[1]|As of 2015",
        "How it stands|Closed (October 2016)[1]",
    ):
        assert fact in text


def test_a_figure_in_a_text_brings_its_source_along(client, profile):
    text = marked_words(section(client.get(PAGE).text, "what-it-does"))
    assert "It ran pools with over 100 people[1] (our advice)." in text


def test_who_owns_it_is_drawn_and_told_in_numbers(client, profile):
    html = section(client.get(PAGE).text, "ownership")
    assert re.findall(
        r'<rect class="portal-mix__part portal-mix__part--([a-z-]+)" x="(\d+)[.0]*" y="0" width="(\d+)[.0]*"',
        html,
    ) == [
        ("staff", "0", "75"),
        ("public-body", "75", "25"),
    ]
    text = marked_words(html)
    assert "Shares or ownership|Who|Share|As of|Staff|75%[1]|2011|Public body|25%[1]|2011" in text
    assert "Seats on the board|Who|Share|As of|Users|some seats[1]|2012" in text
    assert html.count("portal-mix__bar") == 1  # no picture where no number is known


def test_its_size_over_time_is_drawn_from_the_oldest_figure_on(client, profile):
    html = section(client.get(PAGE).text, "size")
    assert re.findall(r'<rect width="([\d.]+)"', html) == ["25.0", "100.0"]
    assert "July 2011|over 100 people[1]|2015|400 people[1]" in marked_words(html)


def test_one_figure_is_no_size_over_time(client):
    make_profile(at=AGO, slug="alpha", claims=[make_figure("staff")])
    assert 'id="size"' not in client.get(PAGE).text


def test_the_road_out_goes_by_stages_and_says_how_long_it_took(client, profile):
    text = marked_words(section(client.get(PAGE).text, "road"))
    assert "It left on 1 July 2011[1]." in text
    assert "From the first step that we know of to the start: about 1 year and 6 months." in text
    assert "Appraisal|The council agrees[1]|January 2010|Implementation|It opens[1]|1 July 2011" in text


def test_what_it_met_leads_to_the_look_out_with_stage_and_source(client, profile):
    html = client.get(PAGE).text
    assert '<a class="govuk-link" href="/tools/look-outs/pensions/">Pensions</a>' in section(html, "hindered")
    assert "Pensions Implementation|A gap for over 100 people[1]." in marked_words(section(html, "hindered"))
    assert "Leadership Implementation|It took long.[1]" in marked_words(section(html, "helped"))


def test_how_it_stands_is_as_last_evidenced(client, profile):
    assert "Closed, October 2016.[1]" in marked_words(section(client.get(PAGE).text, "stands"))


def test_all_figures_stand_in_one_table_and_each_can_be_questioned(client, profile):
    html = section(client.get(PAGE).text, "figures")
    assert "Staff|400 people[1]|2015|The press|1 January 2099|Question this" in marked_words(html)
    assert 'href="/case-studies/alpha/question/?claim=staff-2015">Question this' in html


def test_sources_are_listed_once(client, profile):
    html = client.get(PAGE).text
    assert html.count('<li id="source-') == 1
    assert (
        '<a class="govuk-link" href="https://report.example/" rel="noopener">The report</a>, A council'
        in html
    )


def test_what_is_not_known_is_said_to_be_not_known(client):
    make_profile(at=AGO, slug="alpha", legal_form="not-known", what_it_does="It runs pools.")
    html = client.get(PAGE).text
    text = marked_words(html)
    for fact in ("Came out of", "Started", "Legal form", "Staff", "How it stands"):
        assert f"{fact}|Not known" in text
    for name in ("governance", "ownership", "road", "hindered", "helped", "results", "lessons"):
        assert "|Not known." in marked_words(section(html, name)), name
    assert "We know of no figures that have a source." in text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (
            "practice-membership",
            "This is not a staff spin-out from a public body. It is another kind: membership of GP practices.",
        ),
        ("not-known", "We do not know whether staff took this service out of a public body."),
    ],
)
def test_what_is_no_staff_spin_out_says_so_at_the_top(client, kind, words):
    make_profile(at=AGO, slug="alpha", kind=kind)
    text = marked_words(client.get(PAGE).text)
    assert text.index(words) < text.index("How it came to be")


def test_a_staff_spin_out_needs_no_such_words(client, profile):
    assert "spin-out from a public body. It is" not in client.get(PAGE).text


def test_a_figure_that_nobody_checked_in_time_says_so_from_the_very_next_day(client, profile):
    today = timezone.localdate()
    Claim.objects.filter(key="staff-2011").update(review_by=today)
    assert "ot checked since" not in client.get(PAGE).text
    Claim.objects.filter(key="staff-2011").update(review_by=today - timedelta(days=1))
    text = marked_words(client.get(PAGE).text)
    since = f"not checked since {today - timedelta(days=1):%-d %B %Y}"
    assert f"It ran pools with over 100 people ({since})[1]" in text
    assert f"A gap for over 100 people ({since})[1]." in text
    assert f"Not{since[3:]}" in text


def test_answered_questions_stand_with_the_figures_and_others_do_not(client, profile):
    def ask(words, **kwargs):
        answered = {"answer": "We checked.", "answered_at": YESTERDAY, "answered_by": make_user()}
        facts = {"claim_key": "staff-2015", "edition_number": 1, "received_at": AGO} | answered | kwargs
        Question.objects.create(document=profile.document, words=words, **facts)

    ask("Is <b>this</b> right?")
    ask("Still open?", answer="", answered_at=None, answered_by=None)
    ask("Not for all?", is_public=False)
    ask("Of a figure that is gone?", claim_key="gone")
    text = client.get(PAGE).text
    assert "<strong>Staff. A reader asked:</strong> Is &lt;b&gt;this&lt;/b&gt; right?" in text
    assert f"We answered on {timezone.localdate(YESTERDAY):%-d %B %Y}:</strong> We checked." in text
    for words in ("Still open", "Not for all", "that is gone"):
        assert words not in text


def test_more_like_this_says_why_and_can_be_compared(client, profile):
    make_profile(at=AGO, slug="beta", title="Beta", summary="Another body.")
    text = client.get(PAGE).text
    assert (
        '<a class="govuk-link" href="/case-studies/beta/">Beta</a><br>Another body.<br>Why: It works in the same field'
        in text
    )
    assert 'href="/case-studies/compare/?with=alpha,beta">Compare them with Alpha</a>' in text


class TestAtAnotherTime:
    def test_a_past_day_is_read_as_it_was_but_for_its_likes(self, client, profile):
        make_profile(at=AGO, slug="beta")
        make_profile(profile.document, at=YESTERDAY, title="Alpha renamed")
        response = client.get(f"{PAGE}?as_of={timezone.localdate(AGO)}")
        assert "This is how the page read on" in response.text
        assert "Alpha renamed" not in response.text
        assert 'id="alike"' not in response.text
        assert "noindex" in response.text
        assert "Question this" not in response.text
        assert "Alpha renamed" in client.get(PAGE).text

    def test_changes_that_are_public_lead_to_the_day_before_them(self, client, profile):
        make_profile(profile.document, at=YESTERDAY, change_note="It closed.", change_is_public=True)
        day = timezone.localdate(YESTERDAY)
        assert f'href="?as_of={day}">{day:%-d %B %Y}</a>: It closed.' in client.get(PAGE).text

    @pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "9999-01-01", "\x00", "1" * 4000])
    def test_what_is_no_day_is_explained(self, client, profile, day):
        response = client.get(PAGE, {"as_of": day})
        assert response.status_code == 400
        assert "We do not know that day" in response.text

    def test_before_its_first_day_it_was_not_there(self, client, profile):
        response = client.get(f"{PAGE}?as_of=1999-01-01")
        assert response.status_code == 404
        assert f"first published on {timezone.localdate(AGO):%-d %B %Y}" in response.text

    def test_what_was_withdrawn_is_gone_for_a_reason_and_nothing_of_it_is_left(self, client, profile):
        publishing.withdraw(profile.document, by=make_user(), at=YESTERDAY, reason="It is <b>wrong</b>.")
        for path in (PAGE, f"{PAGE}?as_of={timezone.localdate(AGO)}"):
            response = client.get(path)
            assert response.status_code == 410
            assert "It is &lt;b&gt;wrong&lt;/b&gt;." in response.text
            assert "pools" not in response.text

    def test_before_a_withdrawn_profile_there_was_nothing_either(self, client, profile):
        publishing.withdraw(profile.document, by=make_user(), at=YESTERDAY, reason="Wrong.")
        assert client.get(f"{PAGE}?as_of=1999-01-01").status_code == 410

    def test_a_profile_that_came_back_is_read_again_but_not_what_was_withdrawn(self, client, profile):
        publishing.withdraw(
            profile.document, by=make_user(), at=YESTERDAY - timedelta(days=5), reason="Wrong."
        )
        make_profile(profile.document, at=YESTERDAY, title="Alpha mended")
        assert "Alpha mended" in client.get(PAGE).text
        response = client.get(f"{PAGE}?as_of={timezone.localdate(AGO)}")
        assert response.status_code == 410
        assert "Read the case study as it is now" in response.text
        assert client.get(f"{PAGE}?as_of=1999-01-01").status_code == 404


def test_what_is_not_there_or_not_yet_is_not_found(client):
    make_profile_draft(at=AGO)
    make_profile(at=AGO, slug="soon", show_from=timezone.now() + timedelta(days=1))
    assert client.get("/case-studies/soon/").status_code == 404
    assert client.get("/case-studies/nothing/").status_code == 404


def test_a_profile_takes_twelve_queries_at_most(client, profile, django_assert_max_num_queries):
    for _ in range(15):
        make_profile(at=AGO)
    with django_assert_max_num_queries(12):
        client.get(PAGE)
