"""Recording an enquiry that came by phone or letter."""

import pytest
from django.urls import reverse

from mutuals_portal.private_access import codes
from signposting.models import Enquiry, EnquiryEvent
from tests.factories import make_duty_desk, make_enquiry, make_rule_set, make_user

ADDRESS = "admin:signposting_enquiry_add"
ANSWERS = {
    "channel": "phone",
    "enquirer_kind": "staff",
    "nation": "england",
    "place": "Salford",
    "employer_type": "council",
    "employer_name": "",
    "sector": "leisure",
    "staff_count": "about 40",
    "stage": "early-thinking",
    "ownership_idea": "employees-only",
    "question": "How do we begin?",
    "contact_choice": "no-email",
    "may_share": "yes",
}


@pytest.fixture
def rules(home, alice):
    make_duty_desk()
    return make_rule_set({"body": home})


@pytest.fixture
def form(client, alice, rules):
    """The hidden fields that the page carries."""
    client.force_login(alice)
    page = client.get(reverse(ADDRESS))
    how_it_came = page.context["recording"].questions[0]
    return {"secret": how_it_came["secret"].value()}


def record(client, form, **changes):
    return client.post(reverse(ADDRESS), form | ANSWERS | changes)


def test_it_is_kept_routed_and_read_out(client, form, home, alice):
    page = record(client, form)
    enquiry = Enquiry.objects.get()
    assert (enquiry.channel, enquiry.holder, enquiry.staff_count) == ("phone", home, 40)
    assert EnquiryEvent.objects.get().by_user == alice
    code = page.context["code"]
    assert enquiry.reference in page.text
    assert code in page.text
    digest = codes.digest(reference=enquiry.reference, code=code)
    assert enquiry.participants.get().code_digest == digest


def test_a_double_click_or_a_reload_is_one_enquiry_with_one_code(client, form):
    first, second = record(client, form), record(client, form)
    assert Enquiry.objects.count() == 1
    assert first.context["code"] == second.context["code"]
    assert "recorded this enquiry already" not in second.text


def test_who_changes_something_afterwards_is_told_that_it_was_not_kept(client, form):
    record(client, form)
    assert "recorded this enquiry already" in record(client, form, question="And pensions?").text
    assert Enquiry.objects.get().question == "How do we begin?"


def test_nobody_can_try_which_references_are_taken(client, form, other):
    taken = make_enquiry(to=other)
    page = record(client, form, reference=taken.reference, key=taken.submission_key)
    assert page.status_code == 200
    assert taken.reference not in page.text
    assert Enquiry.objects.exclude(pk=taken.pk).get().reference in page.text


def test_it_may_go_to_another_body_which_alone_can_open_it(client, form, home, other, carol):
    make_rule_set({"body": other})
    page = record(client, form)
    enquiry = Enquiry.objects.get()
    assert enquiry.holder == other
    assert "Other Body" in page.text
    assert "you cannot open it" in page.text
    assert f"/{enquiry.pk}/" not in page.text
    assert client.get(reverse("admin:signposting_enquiry_change", args=[enquiry.pk])).status_code == 404


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"channel": "web"}, "Select how the enquiry came"),
        ({"nation": ""}, "Select where the service is delivered"),
        ({"question": ""}, "Enter what you would like to ask"),
        ({"question": "x" * 5001}, "5,000 characters or fewer"),
        ({"staff_count": "many"}, "Enter the number of staff"),
        ({"contact_choice": "any-time"}, "Enter a private e-mail address"),
        ({"excluded_bodies": "no-such-body"}, "Select bodies from the list"),
        ({"secret": ""}, "Open this page again"),
        ({"secret": "x" * 23}, "Open this page again"),
        ({"question": "nul \x00"}, "There is a problem"),
    ],
)
def test_bad_answers_get_a_message_and_keep_the_others(client, form, changes, message):
    page = record(client, form, place="Broughton, of all places", **changes)
    assert message in page.text
    assert "There is a problem" in page.text
    assert "Broughton, of all places" in page.text
    assert not Enquiry.objects.exists()


def test_it_takes_the_right_and_a_body(client, rules, root, eddie):
    for user in (root, eddie, make_user()):
        client.force_login(user)
        assert client.get(reverse(ADDRESS)).status_code == 403
        assert client.post(reverse(ADDRESS), ANSWERS).status_code == 403
