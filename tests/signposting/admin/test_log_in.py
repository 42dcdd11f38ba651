"""Logging in to casework, and being locked out."""

from axes.models import AccessLog
from django.urls import reverse

from tests.factories import make_user


def test_a_wrong_password_gets_a_message_and_keeps_the_name(client, alice):
    page = client.post(reverse("admin:login"), {"username": "alice", "password": "wrong"})
    assert "Check the username and the password" in page.text
    assert 'value="alice"' in page.text


def test_each_missing_answer_is_named(client, db):
    page = client.post(reverse("admin:login"), {"username": "", "password": ""})
    assert "Enter your username" in page.text
    assert "Enter your password" in page.text


def test_after_logging_in_the_page_asked_for_opens(client, db):
    make_user(username="zoe", password="a long enough secret")
    asked = {"username": "zoe", "password": "a long enough secret", "next": reverse("admin:password_change")}
    assert client.post(reverse("admin:login"), asked).url == reverse("admin:password_change")


def test_who_logs_out_is_told_so_in_our_words(client, alice):
    client.force_login(alice)
    page = client.post(reverse("admin:logout"))
    assert "You are logged out" in page.text
    assert client.get(reverse("admin:index")).status_code == 302


def test_who_guesses_is_locked_out_in_plain_words(client, db, settings):
    make_user(username="zoe", password="a long enough secret")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        page = client.post(reverse("admin:login"), {"username": "zoe", "password": "wrong"})
    assert page.status_code == 429
    assert "Wait before you log in again" in page.text
    right = client.post(reverse("admin:login"), {"username": "zoe", "password": "a long enough secret"})
    assert "Wait before you log in again" in right.text


def test_a_colleague_behind_the_same_address_is_not_locked_out_with_them(client, alice, settings):
    make_user(username="bob", password="right horse battery")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post(reverse("admin:login"), {"username": "alice", "password": "wrong"})
    right = {"username": "bob", "password": "right horse battery"}
    assert client.post(reverse("admin:login"), right).status_code == 302


def test_nobody_keeps_from_which_address_somebody_logged_in(client, db):
    make_user(username="zoe", password="a long enough secret")
    client.post(reverse("admin:login"), {"username": "zoe", "password": "a long enough secret"})
    assert client.session["_auth_user_id"]
    assert not AccessLog.objects.exists()
