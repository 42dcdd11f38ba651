import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize("path", ["/", "/no-such-page/", "/admin/login/", "/health/live", "/robots.txt"])
def test_every_answer_tells_the_browser_to_be_strict(client, path):
    answer = client.get(path)
    for header, words in EVERYWHERE.items():
        assert words in answer.headers[header], header


def test_no_page_may_run_or_style_anything_written_into_it(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    directives = {directive.strip() for directive in policy.split(";")}
    assert {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
    } <= directives
    assert "unsafe" not in policy


def test_a_public_page_sets_no_cookie(client):
    assert not client.get("/").cookies


@pytest.mark.parametrize(
    "path", ["/enquiries/new/no-such-step/", "/support/no-such-body/", "/admin/no-such/"]
)
def test_no_cache_keeps_a_refusal(client, path):
    answer = client.get(path, follow=True)
    assert "no-store" in answer.headers["Cache-Control"]


def test_guessing_a_password_is_stopped_at_the_sixth_attempt(client, django_user_model):
    django_user_model.objects.create_user("alice", password="right horse battery", is_staff=True)
    login = reverse("admin:login")
    for _ in range(5):
        client.post(login, {"username": "alice", "password": "wrong"})
    answer = client.post(login, {"username": "alice", "password": "right horse battery"})
    assert answer.status_code == 429
    assert "admin/locked_out.html" in [template.name for template in answer.templates]


def test_a_colleague_behind_the_same_address_is_not_locked_out_with_them(client, django_user_model):
    django_user_model.objects.create_user("bob", password="right horse battery", is_staff=True)
    login = reverse("admin:login")
    for _ in range(5):
        client.post(login, {"username": "alice", "password": "wrong"})
    assert client.post(login, {"username": "bob", "password": "right horse battery"}).status_code == 302
