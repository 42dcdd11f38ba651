"""The bodies that pages of the guides name, and the pages that an enquiry is pointed to."""

import pytest
from django.template import Context, Template
from django.utils import timezone

from guides import content_loading as guides_content
from guides.models import LookOut, Source
from mutuals_portal import content_files
from mutuals_portal.vocabulary import EnquirerKind, Nation, Stage
from signposting import directory_loading
from signposting.directory import MOST_SHOWN
from signposting.matching import Wanted
from signposting.may_already_answer import MOST_PAGES, bodies_for, pages_for, pointers_for
from tests.factories import MONDAY, make_draft, make_duty_desk, make_entry, make_live_document, make_offer

pytestmark = pytest.mark.django_db

TAG = Template("{% load who_can_help %}{% who_can_help nation stage=stage look_outs=look_outs asker=asker %}")


def who_can_help(nation="", **known):
    return TAG.render(Context({"nation": nation} | known))


@pytest.fixture
def pensions():
    return LookOut.objects.create(slug="pensions", title="Pensions", summary="Ask.", position=1).slug


@pytest.fixture
def shipped_directory():
    """What comes with the service: look-outs, sources and the entries of the directory."""
    look_outs, sources = guides_content.read_look_outs(), guides_content.read_sources()
    content_files.write(LookOut, look_outs)
    content_files.write(Source, sources, key="key")
    issues = {entry.values["slug"] for entry in look_outs}
    names = {text.name for text in guides_content.read_texts(look_outs=look_outs, sources=sources)}
    entries = directory_loading.read_entries(
        look_outs=issues,
        sources={entry.values["key"] for entry in sources},
        names=names | {f"look-out:{slug}" for slug in issues},
    )
    directory_loading.write_entries(entries, at=timezone.now())


def test_the_bodies_of_the_nation_come_first_with_their_reason_and_the_desk_never(django_assert_num_queries):
    make_duty_desk()
    make_entry(title="Everywhere")
    make_entry(title="Scots", nations=["scotland"])
    make_entry(title="Welsh", nations=["wales"])
    with django_assert_num_queries(1):
        text = who_can_help("scotland")
    assert text.index("Scots") < text.index("Everywhere")
    assert "(development agency)" in text
    assert "Works in Scotland and helps with legal form." in text
    assert "Welsh" not in text
    assert "Duty desk" not in text


def test_it_names_a_few_and_leads_to_the_rest_filtered_alike():
    for _ in range(MOST_SHOWN + 2):
        make_entry(nations=["wales"])
    text = who_can_help("wales")
    assert text.count("<li>") == MOST_SHOWN
    assert 'href="/support/?nation=wales"' in text
    assert 'href="/support/how-we-rank/"' in text


def test_a_page_may_go_by_its_stage_and_issues_alone(pensions):
    make_entry(title="Fund", offers=[make_offer(look_outs=[pensions])])
    make_entry(title="Late", offers=[make_offer(stages=["first-year"])])
    text = who_can_help(stage="appraisal", look_outs=[pensions])
    assert "helps with pensions." in text
    assert "Late" not in text
    assert 'href="/support/?stage=appraisal&amp;issue=pensions"' in text


def test_what_is_no_word_of_ours_is_left_open():
    make_entry(title="Fund")
    assert "Fund" in who_can_help("wales", stage="somewhere-else", asker=None)


def test_with_nothing_to_go_by_it_asks_nothing_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert 'href="/support/"' in who_can_help("")
        assert 'href="/support/"' in who_can_help(None, stage=None, look_outs=None)


def test_pages_that_know_only_the_nation_may_still_say_just_that():
    make_entry(title="Fund")
    assert "Fund" in Template("{% load who_can_help %}{% who_can_help nation %}").render(
        Context({"nation": "wales"})
    )


def test_an_enquiry_is_pointed_to_what_helps_with_its_topics_before_bodies(pensions):
    page = make_live_document(title="Council pensions", look_outs=[pensions])
    make_live_document(title="Something else")
    make_entry(title="Body", at=MONDAY)
    found = pointers_for(nation=Nation.WALES, topics=[pensions], at=MONDAY)
    assert [(pointer.title, pointer.address) for pointer in found] == [
        ("Council pensions", page.get_absolute_url()),
        ("Body", found[1].address),
    ]


def test_what_does_not_hold_in_the_nation_is_left_out(pensions):
    make_live_document(title="Scots law", look_outs=[pensions], nations=["scotland"])
    assert not pages_for(nation=Nation.WALES, topics=[pensions], at=MONDAY)
    assert pages_for(nation=Nation.SCOTLAND, topics=[pensions], at=MONDAY)
    assert pages_for(nation=Nation.UK_WIDE, topics=[pensions], at=MONDAY)


def test_a_few_pages_are_enough_and_none_is_a_draft(pensions, django_assert_num_queries):
    for _ in range(MOST_PAGES + 2):
        make_draft(make_live_document(title="Live", look_outs=[pensions]), title="Draft")
    with django_assert_num_queries(1):
        found = pages_for(nation=Nation.ENGLAND, topics=[pensions], at=MONDAY)
    assert [pointer.title for pointer in found] == ["Live"] * MOST_PAGES


def test_without_topics_nothing_is_asked_for(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert pages_for(nation=Nation.ENGLAND, topics=[], at=MONDAY) == []


@pytest.mark.parametrize(
    ("nation", "body"), [("wales", "cwmpas"), ("northern-ireland", "co-operative-alternatives")]
)
def test_who_waits_is_pointed_to_the_body_of_their_nation_on_the_way_out(nation, body, shipped_directory):
    for stage in (Stage.EARLY_THINKING, Stage.APPRAISAL, Stage.IMPLEMENTATION):
        for asker in (EnquirerKind.STAFF, EnquirerKind.MANAGER):
            for topics in ([], ["pensions"], ["legal-form", "vat-and-tax"]):
                found = bodies_for(Wanted(nation, stage, frozenset(topics), asker), at=timezone.now())
                assert f"/support/{body}/" in [pointer.address for pointer in found], (stage, asker, topics)
