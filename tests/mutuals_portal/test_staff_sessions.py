import pytest
from django.conf import settings
from django.urls import reverse

from mutuals_portal.staff_sessions import SessionStore
from tests.factories import make_user


@pytest.mark.parametrize("name", ['"\\000aaaaaaaaaaaa"', "', ''), ('", "é" * 12, "short"])
def test_a_session_that_was_never_ours_is_like_none(client, db, name):
    client.cookies[settings.SESSION_COOKIE_NAME] = name
    client.cookies[settings.SESSION_COOKIE_NAME].set(settings.SESSION_COOKIE_NAME, name, name)
    assert client.get(reverse("admin:login")).status_code == 200


def test_a_session_is_found_again(client, db):
    client.force_login(make_user(username="zoe", is_superuser=True))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert SessionStore(key).load()["_auth_user_id"]


def test_nobody_can_choose_the_name_of_a_session(client, db):
    chosen = "a" * 32
    client.cookies[settings.SESSION_COOKIE_NAME] = chosen
    make_user(username="zoe", password="a long enough secret")
    client.post(reverse("admin:login"), {"username": "zoe", "password": "a long enough secret"})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != chosen
