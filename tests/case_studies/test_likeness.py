"""More like this: what bodies share decides, the reason is said, and the answer is always the same."""

from datetime import timedelta

import pytest
from django.utils import timezone

from case_studies import likeness
from case_studies.likeness import reason
from tests.factories import make_profile, make_profile_draft

AGO = timezone.now() - timedelta(days=30)
BODY = {"sectors": ["leisure"], "kind": "pilot", "legal_form": "cic", "region": "london"}
UNLIKE = {"sectors": ["fire"], "kind": "council-owned", "legal_form": "charity", "region": "wales"}


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (UNLIKE, ""),
        (UNLIKE | {"region": "london"}, "It is in the same part of the UK: London."),
        (
            UNLIKE | {"sectors": ["fire", "leisure"], "kind": "pilot"},
            "It works in the same field: Leisure, sport and culture; it came to be in the same way: Government pilot.",
        ),
    ],
)
def test_the_reason_names_what_two_bodies_share(other, words):
    assert reason(BODY, other) == words


def test_what_is_not_known_of_both_makes_them_no_more_alike():
    unknown = {"sectors": ["other"], "kind": "not-known", "legal_form": "not-known", "region": "several"}
    assert reason(unknown, unknown) == ""


@pytest.mark.django_db
class TestLike:
    def like(self, profile):
        return [other.slug for other in likeness.like(profile, at=timezone.now())]

    def test_those_that_share_most_come_first_then_by_name(self):
        body = make_profile(at=AGO, **BODY)
        make_profile(at=AGO, slug="b", title="Beta", **UNLIKE | {"sectors": ["leisure"]})
        make_profile(at=AGO, slug="a", title="alpha", **UNLIKE | {"sectors": ["leisure"]})
        make_profile(at=AGO, slug="c", title="Aaron", **UNLIKE | {"kind": "pilot"})
        make_profile(at=AGO, slug="none", title="Aa", **UNLIKE)
        assert self.like(body) == ["a", "b", "c"]

    def test_each_shared_field_counts(self):
        body = make_profile(at=AGO, **UNLIKE | {"sectors": ["youth", "libraries"]})
        make_profile(at=AGO, slug="one", title="A", **BODY | {"sectors": ["youth"]})
        make_profile(at=AGO, slug="two", title="B", **BODY | {"sectors": ["libraries", "youth"]})
        assert self.like(body) == ["two", "one"]

    def test_only_what_can_be_read_now_and_never_itself(self):
        body = make_profile(at=AGO, **BODY)
        make_profile_draft(at=AGO, **BODY)
        make_profile(at=AGO, show_from=timezone.now() + timedelta(days=1), **BODY)
        assert self.like(body) == []

    def test_a_body_of_which_nothing_is_known_is_like_no_other(self, django_assert_num_queries):
        body = make_profile(
            at=AGO,
            **UNLIKE
            | {"sectors": ["other"], "kind": "not-known", "legal_form": "not-known", "region": "several"},
        )
        with django_assert_num_queries(0):
            assert self.like(body) == []
