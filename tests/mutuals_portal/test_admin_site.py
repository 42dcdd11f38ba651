"""Requests that no page of the admin would send are refused, and nothing fails on them."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from signposting.models import EnquiryDraft
from tests.factories import make_enquiry, make_user


@pytest.fixture
def administrator(client, db):
    client.force_login(make_user(username="root", is_superuser=True))
    return client


@pytest.mark.parametrize("words", ["username=%00", "username__regex=(", "email__contains=%00"])
def test_a_filter_that_the_database_refuses_is_a_bad_request(administrator, words):
    page = administrator.get(f"{reverse('admin:auth_user_changelist')}?{words}")
    assert page.status_code == 400


@pytest.mark.parametrize("key", ["1", "garbage", "%00", "9" * 400])
def test_no_address_leads_on_to_rows_of_any_table(administrator, key):
    kind = ContentType.objects.get_for_model(EnquiryDraft)
    assert administrator.get(f"{reverse('admin:index')}r/{kind.pk}/{key}/").status_code == 404


def test_a_name_too_long_for_any_account_gets_a_message_by_the_field(client, db):
    page = client.post(reverse("admin:login"), {"username": "a" * 5000, "password": "wrong"})
    assert page.status_code == 200
    assert "There is a problem" in page.text
    assert "at most 150 characters" in page.text


def test_no_list_has_a_style_that_the_content_security_policy_refuses(administrator):
    make_enquiry()  # leaves a job, too
    lists = [model._meta for model in admin.site._registry]
    assert lists
    for meta in lists:
        page = administrator.get(reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"))
        assert page.status_code == 200
        assert " style=" not in page.text


def test_the_index_has_headings_that_say_what_they_are(administrator):
    headings = [app["name"] for app in administrator.get(reverse("admin:index")).context["app_list"]]
    assert headings == [
        "Authentication and Authorization",
        "Case studies",
        "Failed log-ins",
        "Guides",
        "Search",
        "Signposting",
    ]


def test_rows_are_not_deleted_by_the_dozen(administrator):
    users = reverse("admin:auth_user_changelist")
    everybody = list(User.objects.values_list("pk", flat=True))
    for chosen in (everybody, ["x"]):
        page = administrator.post(
            users, {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
        )
        assert page.status_code < 500
    assert User.objects.count() == len(everybody)
