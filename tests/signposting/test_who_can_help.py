"""The bodies that pages of the guides name, and the pages that an enquiry is pointed to."""

import pytest
from django.template import Context, Template

from guides.models import LookOut
from mutuals_portal.vocabulary import Nation
from signposting.may_already_answer import MOST_BODIES, MOST_PAGES, pages_for, pointers_for
from signposting.models import Organisation
from tests.factories import MONDAY, make_draft, make_duty_desk, make_live_document, make_organisation

pytestmark = pytest.mark.django_db

TAG = Template("{% load who_can_help %}{% who_can_help nation %}")
HELPER = Organisation.Kind.HELPER


def who_can_help(nation):
    return TAG.render(Context({"nation": nation}))


@pytest.fixture
def pensions():
    return LookOut.objects.create(slug="pensions", title="Pensions", summary="Ask.", position=1).slug


def test_the_bodies_of_the_nation_come_first_and_the_desk_never(django_assert_num_queries):
    make_duty_desk()
    make_organisation(name="Everywhere", kind=HELPER, nations=[])
    make_organisation(name="Scots", kind=HELPER, nations=["scotland"])
    make_organisation(name="Welsh", kind=HELPER, nations=["wales"])
    with django_assert_num_queries(1):
        text = who_can_help("scotland")
    assert text.index("Scots") < text.index("Everywhere")
    assert "Welsh" not in text
    assert "Duty desk" not in text


def test_it_names_a_few_and_leads_to_the_rest():
    for _ in range(MOST_BODIES + 2):
        make_organisation(nations=["wales"])
    text = who_can_help("wales")
    assert text.count("<li>") == MOST_BODIES
    assert 'href="/support/"' in text


def test_without_a_nation_it_asks_nothing_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert 'href="/support/"' in who_can_help("")


def test_an_enquiry_is_pointed_to_what_helps_with_its_topics_before_bodies(pensions):
    page = make_live_document(title="Council pensions", look_outs=[pensions])
    make_live_document(title="Something else")
    make_organisation(name="Body", nations=[])
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
