"""Which enquiries may be the same question, sent twice."""

import pytest

from signposting.duplicates import COMPARED, SHOWN, overlap, possible_duplicates
from signposting.models import Enquiry
from tests.factories import make_enquiry, make_organisation

PENSIONS = (
    "Our library service would like to become a mutual and asks whether the pension scheme moves with staff."
)


@pytest.fixture
def home(db):
    return make_organisation()


def found(enquiry):
    return possible_duplicates(enquiry, Enquiry.objects.all())


@pytest.mark.parametrize(
    ("these", "those", "share"),
    [
        (set(), set(), 0),
        ({"a"}, set(), 0),
        ({"a"}, {"a"}, 1),
        ({"a", "b"}, {"b", "c"}, 1 / 3),
        ({"a"}, {"b"}, 0),
    ],
)
def test_the_overlap_is_the_share_of_common_words(these, those, share):
    assert overlap(these, those) == share


def test_the_same_question_with_small_changes_is_found(home):
    first = make_enquiry(to=home, question=PENSIONS)
    second = make_enquiry(to=home, question=PENSIONS.replace("would like", "wants") + " Please help.")
    assert found(second) == [first]
    assert found(first) == [second]


def test_another_question_about_the_same_subject_is_not(home):
    make_enquiry(to=home, question=PENSIONS)
    assert (
        found(make_enquiry(to=home, question="Who pays a pension deficit after a transfer?", place="Fife"))
        == []
    )


def test_the_same_employer_is_found_whatever_is_asked(home):
    first = make_enquiry(to=home, question=PENSIONS, employer_name="Salford City Council")
    second = make_enquiry(to=home, question="What of VAT?", employer_name="salford city council")
    make_enquiry(
        to=home,
        question="Is a tender needed when staff do the work already?",
        employer_name="Council City of Salford",
    )
    assert found(second) == [first]


def test_without_an_employer_and_without_words_nothing_is_found(home):
    make_enquiry(to=home, question="?", place="")
    assert found(make_enquiry(to=home, question="?", place="")) == []


def test_only_what_the_reader_may_know_of_is_compared(home):
    make_enquiry(to=home, question=PENSIONS)
    second = make_enquiry(to=home, question=PENSIONS)
    assert possible_duplicates(second, Enquiry.objects.none()) == []


def test_it_stays_bounded(home, django_assert_max_num_queries):
    for _ in range(SHOWN + 2):
        make_enquiry(to=home, question=PENSIONS, employer_name="Salford Council")
    newest = make_enquiry(to=home, question=PENSIONS, employer_name="Salford Council")
    with django_assert_max_num_queries(4) as queries:
        assert len(found(newest)) == SHOWN
    assert f"LIMIT {COMPARED}" in str(queries.captured_queries)
