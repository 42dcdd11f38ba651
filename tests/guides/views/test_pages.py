"""The pages of guides, stages, pages and bulletins, as a reader's browser gets them."""

import json
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from guides.models import Source
from mutuals_portal import publishing
from tests.factories import (
    make_draft,
    make_entry,
    make_live_document,
    make_look_out,
    make_published,
    make_user,
    make_words,
)

pytestmark = pytest.mark.django_db

AGO = timezone.now() - timedelta(days=30)
YESTERDAY = timezone.now() - timedelta(days=1)


def make(kind="page", **kwargs):
    return make_live_document(kind, at=kwargs.pop("at", AGO), **kwargs)


def words(response):
    return " ".join(strip_tags(response.text).split())


@pytest.fixture
def guide():
    return make("guide", slug="leaving", title="Leaving")


@pytest.fixture
def stages(guide):
    return [
        make("stage", slug=slug, parent=guide, position=number, title=slug.title(), summary=f"About {slug}.")
        for number, slug in enumerate(["early", "middle", "late"], start=1)
    ]


@pytest.fixture
def page(stages):
    make_look_out("money", title="Money matters")
    make(slug="before", parent=stages[1], position=1, title="Before it")
    make(slug="after", parent=stages[1], position=3, title="After it", look_outs=["money"])
    return make(
        slug="costs", parent=stages[1], position=2, title="The costs", look_outs=["money"], body="It costs."
    )


PAGE = "/guides/leaving/middle/costs/"


def test_the_list_names_every_guide(client, guide):
    response = client.get("/guides/")
    assert '<a class="govuk-link" href="/guides/leaving/">Leaving</a>' in response.text


def test_a_guide_lists_all_its_stages_and_pages_and_says_that_any_order_will_do(client, page):
    text = client.get("/guides/leaving/").text
    for path in ("early/", "middle/", "middle/before/", "middle/costs/", "middle/after/", "late/"):
        assert f'href="/guides/leaving/{path}"' in text
    assert "you can take them in any order" in text
    assert "portal-steps__pages" in text
    assert " hidden" not in text[text.index("portal-steps__pages") : text.index('id="stage-late"')]


def test_a_stage_without_pages_is_a_step_that_leads_to_it(client, guide):
    stage = make_live_document("stage", slug="only", parent=guide, title="Only this")
    text = client.get("/guides/leaving/").text
    assert f'<a class="govuk-link" href="{stage.get_absolute_url()}">Only this</a></h3>' in text
    assert 'id="pages-only"' not in text


def test_the_next_step_comes_before_the_sources(client, stages):
    Source.objects.create(key="act", title="The Act", publisher="Parliament", kind=Source.Kind.LAW)
    make(slug="costs", parent=stages[1], body="It costs £20 [^act].")
    text = client.get(PAGE).text
    assert text.index('rel="next"') < text.index("Who can help</h2>") < text.index('id="sources"')


def test_a_stage_lists_its_pages_with_what_they_are_about(client, page):
    response = client.get("/guides/leaving/middle/")
    assert "Leaving: stage 2 of 3 Middle" in words(response)
    assert ">Before it</a><br>One sentence that says what it is about.</li>" in response.text


def test_a_page_says_where_it_stands_and_what_comes_before_and_after(client, page):
    response = client.get(PAGE)
    text = words(response)
    assert "Guides Leaving Middle The costs" in text
    assert "Stage 2 of 3: Middle The costs" in text
    assert "Previous: Before it Next: After it" in text
    assert 'aria-current="page">The costs</strong>' in response.text


def test_a_page_shows_its_issues_and_others_that_help_with_them(client, page):
    text = client.get(PAGE).text
    assert '<a class="govuk-link" href="/tools/look-outs/money/">Money matters</a>' in text
    related = text[text.index("Also on these issues") : text.index("Who can help</h2>")]
    assert "After it" in related
    assert "Before it" not in related


def test_a_page_lists_its_sources_where_its_notes_lead(client, stages):
    Source.objects.create(key="law", title="An Act", publisher="Parliament", address="https://law.example/")
    make(slug="law", parent=stages[0], body="It says so [^law].")
    text = client.get("/guides/leaving/early/law/").text
    assert 'href="#source-1"' in text
    assert (
        '<li id="source-1"><a class="govuk-link" href="https://law.example/" rel="noopener">An Act</a>, Parliament'
        in text
    )


def test_a_page_says_when_it_was_updated_and_when_it_is_checked_again(client, page):
    text = words(client.get(PAGE))
    assert (
        f"Last updated on {timezone.localdate(AGO):%-d %B %Y}. We will check it again by 1 January 2099."
        in text
    )
    assert "due for review" not in text


def test_a_page_past_its_review_says_so_at_the_top(client, page):
    late = make_words(body="It costs.", review_by=date(2026, 1, 31))
    publishing.publish_loaded(page, at=YESTERDAY, digest="checked elsewhere", **late)
    text = words(client.get(PAGE))
    assert text.index("This page was due for review on 31 January 2026.") < text.index("It costs.")


def test_a_page_tells_its_public_changes_with_the_day_to_read_it_as_it_was(client, page):
    make_published(page, at=YESTERDAY, change_note="New rates.", change_is_public=True)
    day = timezone.localdate(YESTERDAY)
    assert f'href="?as_of={day}">{day:%-d %B %Y}</a>: New rates.' in client.get(PAGE).text


def test_a_page_leads_to_the_form_for_what_is_wrong_with_it(client, page):
    assert f'href="/report/?page={PAGE}">Is something wrong with this page?' in client.get(PAGE).text


def test_a_page_for_some_nations_says_so(client, stages):
    make(slug="north", parent=stages[0], nations=["scotland", "northern-ireland"])
    text = words(client.get("/guides/leaving/early/north/"))
    assert "Applies in Scotland and Northern Ireland." in text
    assert "Applies in" not in words(client.get("/guides/leaving/"))


def test_a_page_that_moved_is_found_at_its_old_address(client, page, stages):
    page.parent = stages[2]
    page.save()
    response = client.get(f"{PAGE}?nation=wales")
    assert response.status_code == 301
    assert response["Location"] == "/guides/leaving/late/costs/?nation=wales"


@pytest.mark.parametrize(
    "path", ["nothing/", "leaving/nothing/", "leaving/early/nothing/", "leaving/nothing/nothing/"]
)
def test_what_is_not_there_is_not_found(client, page, path):
    assert client.get(f"/guides/{path}").status_code == 404
    assert client.get("/policy/nothing/").status_code == 404


def test_a_draft_is_not_found_and_not_seen(client, page, stages):
    make_draft(page, title="Draft title", body="Draft words.")
    assert "Draft" not in client.get(PAGE).text
    publishing.withdraw(stages[0], by=make_user(), at=YESTERDAY, reason="Wrong.")
    assert "early" not in client.get(PAGE).text


def test_what_was_withdrawn_is_gone_for_a_reason_and_nothing_of_it_is_left(client, page, stages):
    publishing.withdraw(page, by=make_user(), at=YESTERDAY, reason="The law <b>changed</b>.")
    for path in (PAGE, f"{PAGE}?as_of={timezone.localdate(AGO)}", "/guides/leaving/early/costs/"):
        response = client.get(path)
        assert response.status_code == 410
        assert f"on {timezone.localdate(YESTERDAY):%-d %B %Y}" in response.text
        assert "The law &lt;b&gt;changed&lt;/b&gt;." in response.text
        assert "costs" not in words(response)
        assert "noindex" in response.text


def test_a_page_goes_with_its_guide(client, page, guide):
    publishing.withdraw(guide, by=make_user(), at=YESTERDAY, reason="Wrong.")
    assert [
        client.get(path).status_code for path in (PAGE, "/guides/leaving/middle/", "/guides/leaving/")
    ] == [410] * 3


def test_a_bulletin_says_which_day_it_describes(client):
    make("policy", slug="new-act", title="The new Act", era="now", as_of="2026-05-01", nations=["wales"])
    text = words(client.get("/policy/new-act/"))
    assert "Policy: how things stand The new Act" in text
    assert "As of 1 May 2026." in text
    assert "Applies in Wales." in text


def test_who_can_help_are_bodies_of_the_nation(client, page):
    make_entry(title="Scottish body", nations=["scotland"])
    assert "Scottish body" in client.get(f"{PAGE}?nation=scotland").text
    assert "Scottish body" not in client.get(f"{PAGE}?nation=wales").text
    assert 'href="/support/"' in client.get(PAGE).text


def test_search_engines_get_one_address_and_data_that_no_words_can_break_out_of(client, stages, settings):
    settings.PUBLIC_URL = "https://mutuals.example"
    make(slug="odd", parent=stages[0], title='</script><b>"Odd" & so on', summary="It’s \u2028 <odd>.")
    text = client.get("/guides/leaving/early/odd/?nation=wales").text
    address = "https://mutuals.example/guides/leaving/early/odd/"
    assert f'<link rel="canonical" href="{address}">' in text
    assert '<meta property="og:type" content="article">' in text
    (data,) = re.findall(r'<script type="application/ld\+json">([^<]*)</script>', text)
    article, trail = json.loads(data)["@graph"]
    assert article["headline"] == '</script><b>"Odd" & so on'
    assert article["url"] == address
    assert article["datePublished"].startswith(f"{AGO:%Y-%m-%d}")
    assert [step["item"] for step in trail["itemListElement"]] == [
        "https://mutuals.example/guides/",
        "https://mutuals.example/guides/leaving/",
        "https://mutuals.example/guides/leaving/early/",
        address,
    ]


@pytest.mark.parametrize(
    "path", ["/guides/", "/guides/leaving/", "/guides/leaving/middle/", PAGE, "/policy/p/"]
)
def test_a_page_sets_no_cookie_and_is_kept_by_caches(client, page, path):
    make("policy", slug="p")
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in response.get("Vary", "")
    assert "csrfmiddlewaretoken" not in response.text


@pytest.mark.parametrize("number", [2, 20])
def test_no_page_takes_more_than_five_queries_however_many_there_are(
    client, page, stages, number, django_assert_num_queries
):
    Source.objects.create(key="law", title="An Act", publisher="Parliament")
    make_published(page, at=YESTERDAY, body="As the law says [^law].", look_outs=["money"])
    make("policy", slug="p", body="As the law says [^law].", look_outs=["money"])
    for _ in range(number):
        make(parent=stages[1], look_outs=["money"])
        make("term")
        make_entry(nations=["wales"])
    for path, queries in [
        ("/guides/", 1),
        ("/guides/leaving/?nation=wales", 4),
        ("/guides/leaving/middle/?nation=wales", 3),
        (f"{PAGE}?nation=wales", 4),
        ("/policy/", 1),
        ("/policy/p/", 4),
        ("/glossary/", 2),
    ]:
        with django_assert_num_queries(queries):
            assert client.get(path).status_code == 200, path
