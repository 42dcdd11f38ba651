"""The directory as a reader's browser gets it, whatever the address holds."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from mutuals_portal import publishing
from signposting import many
from signposting.models import Assurance
from tests.factories import (
    MONDAY,
    make_adviser,
    make_duty_desk,
    make_entry,
    make_entry_draft,
    make_look_out,
    make_offer,
    make_organisation,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

LIST = "/support/"
TODAY = timezone.localdate()


def heading(response):
    return re.search(r'<h2[^>]* id="found">(.*?)</h2>', response.text)[1]


def links(response):
    return [html.unescape(each) for each in re.findall(r'href="(/support/\?[^"]*)"', response.text)]


@pytest.fixture
def bodies():
    make_look_out("pensions", title="Pensions")
    about_pensions = make_offer(title="Pension advice", look_outs=["pensions"], cost="paid")
    make_entry(slug="cwmpas", title="Cwmpas", nations=["wales"])
    make_entry(slug="actuaries", title="Actuaries", kind="commercial", offers=[about_pensions])
    make_entry(slug="agency", title="Agency", activity="unverified", nations=["scotland"])


class TestList:
    def test_each_offer_says_what_it_is_from_whom_and_why_it_is_there(self, client, bodies):
        text = client.get(f"{LIST}?nation=wales&issue=pensions").text
        assert '<a class="govuk-link" href="/support/actuaries/#help-1">Pension advice</a>' in text
        assert "<strong>Actuaries</strong>, commercial firm" in text
        assert "Works in the whole of the UK and helps with pensions. Cost: you pay for it." in text

    def test_kinds_and_what_nobody_confirmed_are_told_in_words(self, client, bodies):
        text = client.get(LIST).text
        assert "<strong>Agency</strong>, development agency. <strong>We could not confirm" in text
        assert (
            text.index("Cwmpas</strong>") < text.index("Agency</strong>") < text.index("Actuaries</strong>")
        )

    def test_options_show_what_they_would_find_and_empty_ones_are_left_out(self, client, bodies):
        text = client.get(LIST).text
        assert re.search(r'name="nation" value="wales"><label[^>]*>Wales \(2\)</label>', text)
        assert re.search(r'name="issue" value="pensions"><label[^>]*>Pensions \(1\)</label>', text)
        assert 'value="lender"' not in text

    def test_filters_combine_and_are_counted_shown_and_removable(self, client, bodies):
        response = client.get(f"{LIST}?nation=wales&kind=commercial")
        assert heading(response) == "1 of 3 kinds of help fits"
        assert links(response)[:2] == [f"{LIST}?kind=commercial", f"{LIST}?nation=wales"]
        assert '<meta name="robots" content="noindex">' in response.text
        assert "Where two fit alike, commercial firms come last." in response.text

    def test_an_empty_result_says_which_filter_to_give_up(self, client, bodies):
        response = client.get(f"{LIST}?nation=scotland&kind=commercial&cost=free")
        assert heading(response) == "0 of 3 kinds of help fit"
        assert "1 whatever you choose under “Cost”" in response.text
        assert "ask us a question" in response.text

    def test_the_next_page_keeps_what_was_asked(self, client):
        make_look_out()
        many.make(90, at=MONDAY)
        response = client.get(f"{LIST}?cost=free&cost=paid&sort=name&page=2")
        assert f"{LIST}?cost=free&cost=paid&sort=name" in links(response)
        assert "page 2 – " in response.text

    def test_it_says_how_the_order_comes_about(self, client, bodies):
        assert 'href="/support/how-we-rank/"' in client.get(LIST).text
        page = client.get("/support/how-we-rank/").text
        assert "commercial firms come after all others" in page
        assert "Nobody can pay" in page

    def test_without_any_entry_it_says_so(self, client):
        assert "Nobody is listed yet." in client.get(LIST).text
        assert "Nobody is listed yet." in client.get("/support/bodies/").text

    def test_it_sets_no_cookie(self, client, bodies):
        for address in (LIST, "/support/bodies/", "/support/cwmpas/", "/support/how-we-rank/"):
            assert not client.get(address).cookies


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("issue=magic", "we do not know “magic”, so we left that out."),
        ("&".join(f"issue=x{number}" for number in range(400)), "and 397 others, so we left that out."),
        ("nation=uk-wide", "we do not know “uk-wide”, so we left that out."),
        ("page=-1", "“-1” is not the number of a page."),
        (f"page=1{'0' * 400}", "is not the number of a page."),
        ("page=999999", "There is no page 999,999. This is the last page."),
        ("sort=price", "We cannot sort by “price”."),
        ("issue=%00&page=%00&sort=%00", "“” is not the number of a page."),
        ("issue=%FF%FE&asker=<script>", "“&lt;script&gt;”"),
        ("issue=%E2%80%AEsnoisnep", "so we left that out."),
        (f"issue={'x' * 10_000}", "so we left that out."),
        ("&".join(["nation=wales"] * 500), "2 of 3 kinds of help fit"),
        ("page=2&page=1&sort=fit&sort=name", "3 kinds of help"),
        ("utm=1&nation[]=wales&nation=", "3 kinds of help"),
    ],
)
def test_whatever_an_address_holds_the_page_helps(
    client, bodies, query, words, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4):
        response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert words in response.text
    assert "Cwmpas" in response.text
    assert len(response.content) < 60_000


@pytest.mark.parametrize(
    "address", ["/support/nobody/", "/support/%00/", "/support/Ω/", f"/support/{'x' * 3000}/"]
)
def test_an_unknown_body_is_not_found(client, address):
    assert client.get(address).status_code == 404


class TestBodies:
    def test_all_are_there_from_a_to_z_and_those_that_ended_are_marked(self, client, bodies):
        make_entry(slug="psm", title="Public Service Mutuals", activity="historic", ended="2013-02")
        make_entry(title="Écluse", former_names=["Old Lock"])
        text = client.get("/support/bodies/").text
        assert '<strong>Ended:</strong> <a class="govuk-link" href="/support/psm/">' in text
        assert "until February 2013" in text
        assert "not confirmed" in text
        assert "Was called Old Lock" in text
        assert re.findall(r'id="letter-(\w+)"', text) == ["a", "c", "e", "p"]

    @pytest.mark.parametrize("number", [10, 400])
    def test_one_query_however_many(self, client, number, django_assert_num_queries):
        make_look_out()
        many.make(number, at=MONDAY)
        with django_assert_num_queries(1):
            client.get("/support/bodies/")


class TestBody:
    def page(self, client, **words):
        return client.get(make_entry(at=MONDAY, **words).document.get_absolute_url()).text

    def test_it_tells_what_help_there_is_for_whom_and_how_to_ask(self, client, django_assert_num_queries):
        make_look_out("pensions", title="Pensions")
        make_source("cw1", title="Its history")
        offer = make_offer(
            title="Advice",
            askers=["staff", "citizen"],
            stages=["appraisal"],
            look_outs=["pensions"],
            cost="membership",
            source="cw1",
        )
        entry = make_entry(
            slug="cwmpas",
            title="Cwmpas",
            nations=["wales"],
            former_names=["Wales Co-operative Centre"],
            website="https://cwmpas.example/",
            body="It began in 1982 [^cw1].",
            offers=[offer],
        )
        with django_assert_num_queries(5):
            text = client.get(entry.document.get_absolute_url()).text
        for words in (
            "It was called Wales Co-operative Centre.",
            "It works in Wales.",
            'href="https://cwmpas.example/" rel="noopener"',
            "<strong>For:</strong> staff and users, carers and citizens, in Wales",
            "<strong>When:</strong> appraisal",
            '<a class="govuk-link" href="/tools/look-outs/pensions/">Pensions</a>',
            "<strong>Cost:</strong> For members",
            "Use the form on its website.",
            "Its history",
            "is not part of this service",
        ):
            assert words in text

    def test_a_commercial_firm_is_called_one(self, client):
        text = self.page(client, kind="commercial")
        assert '<span class="govuk-caption-l">Commercial firm</span>' in text
        assert "It is a commercial firm: what it does for you, you usually pay for." in text

    def test_what_has_ended_is_marked_and_offers_nothing(self, client):
        text = self.page(
            client, title="Cobbetts", activity="historic", ended="2013-02-06", website="https://a.example/"
        )
        assert "Cobbetts has ended (6 February 2013). It can help nobody any more." in text
        assert "What help you can get" not in text
        assert "https://a.example/" not in text
        assert "Asking through this service" not in text

    def test_what_nobody_could_confirm_says_so(self, client):
        assert "We could not confirm that it still works on this." in self.page(client, activity="unverified")

    def test_it_says_whether_the_body_takes_enquiries(self, client):
        taking, not_taking = make_organisation(), make_organisation()
        make_adviser(taking)
        for body, words in (
            (taking, "it answers enquiries that our rules send to it"),
            (not_taking, "takes no enquiries through this service at the moment"),
        ):
            make_entry(body)
            assert words in client.get(f"/support/{body.slug}/").text

    def test_what_an_editor_typed_is_shown_as_text(self, client):
        text = self.page(client, title="<b>Bold</b>", summary="<script>alert(1)</script>")
        assert "<b>" not in text
        assert "<script>alert" not in text

    def test_no_address_for_notices_is_ever_shown(self, client):
        body = make_organisation(contact_email="notices@example.org", entry_email="checks@example.org")
        make_entry(body)
        text = client.get(LIST).text + client.get(f"/support/{body.slug}/").text
        assert "@example.org" not in text

    def test_neither_the_desk_nor_a_draft_has_a_page(self, client):
        hidden = [make_duty_desk().slug, make_entry_draft().document.slug]
        for slug in hidden:
            assert client.get(f"/support/{slug}/").status_code == 404

    def test_a_withdrawn_entry_is_gone_with_the_reason(self, client):
        entry = make_entry(at=MONDAY, title="Zanzibar Help")
        later = MONDAY + timedelta(days=1)
        publishing.withdraw(entry.document, by=make_user(), at=later, reason="The body asked us to.")
        response = client.get(f"/support/{entry.document.slug}/")
        assert response.status_code == 410
        assert "The body asked us to." in response.text
        assert "Zanzibar" not in response.text
        assert "Zanzibar" not in client.get(LIST).text + client.get("/support/bodies/").text


class TestChecked:
    @pytest.fixture
    def entry(self):
        return make_entry(at=MONDAY, title="Agency", review_by=TODAY)

    def text(self, client, entry):
        return client.get(f"/support/{entry.document.slug}/").text

    def assure(self, entry, *, by, days_ago, review_by):
        at = timezone.now() - timedelta(days=days_ago)
        Assurance.objects.create(organisation=entry.document, assured_at=at, by=by, review_by=review_by)
        return f"{timezone.localdate(at):%-d %B %Y}"

    def test_without_anybodys_word_it_names_its_sources_and_the_day(self, client, entry):
        text = self.text(client, entry)
        assert "We checked this against its sources on" in text
        assert "Agency itself has not confirmed it." in text
        assert f"It is to be checked again by {TODAY:%-d %B %Y}." in text
        assert "Somebody should have checked" not in text

    def test_from_the_day_after_it_says_that_nobody_has_checked(self, client):
        entry = make_entry(at=MONDAY, review_by=MONDAY.date() + timedelta(days=1))
        text = self.text(client, entry)
        assert "Somebody should have checked this entry by 2 June 2026." in text
        assert "nobody has done that" in text

    def test_who_confirmed_it_is_named_and_the_later_day_counts(self, client, entry):
        day = self.assure(entry, by="body", days_ago=3, review_by=TODAY + timedelta(days=365))
        text = self.text(client, entry)
        assert "Agency itself confirmed this on <time" in text
        assert day in text
        assert f"{TODAY + timedelta(days=365):%-d %B %Y}" in text

    def test_only_the_newest_word_counts(self, client, entry):
        self.assure(entry, by="body", days_ago=30, review_by=TODAY + timedelta(days=400))
        self.assure(entry, by="us", days_ago=2, review_by=TODAY + timedelta(days=90))
        text = self.text(client, entry)
        assert "We checked this with Agency on" in text
        assert f"{TODAY + timedelta(days=90):%-d %B %Y}" in text

    def test_a_word_on_an_older_edition_is_not_given_for_a_newer_one(self, client, entry):
        self.assure(entry, by="body", days_ago=100, review_by=TODAY + timedelta(days=90))
        make_entry(entry.document, at=timezone.now() - timedelta(days=5), title="Agency")
        assert "Agency itself has not confirmed it." in self.text(client, entry)
