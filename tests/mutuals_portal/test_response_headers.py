import pytest

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


@pytest.mark.parametrize(
    "path", ["/enquiries/new/no-such-step/", "/support/no-such-body/", "/admin/no-such/"]
)
def test_no_cache_keeps_a_refusal(client, path):
    answer = client.get(path, follow=True)
    assert "no-store" in answer.headers["Cache-Control"]
