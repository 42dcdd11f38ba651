"""A form that is refused because its token is missing or old."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

QUESTION = "How do we begin, and <b>who</b> has to agree?"


@pytest.fixture
def refused():
    form = {"question": QUESTION, "code": "ABCD-EFGH-JKMN", "password": "a-password-without-any-space-in-it"}
    return Client(enforce_csrf_checks=True).post("/enquiries/new/question/", form)


def test_it_is_refused_and_says_how_to_mend_it(refused):
    assert refused.status_code == 403
    assert "reload it and send it again" in refused.text


def test_what_was_written_can_be_copied(refused):
    assert "How do we begin, and &lt;b&gt;who&lt;/b&gt; has to agree?" in refused.text


def test_codes_and_passwords_are_not_shown(refused):
    assert "ABCD-EFGH" not in refused.text
    assert "a-password" not in refused.text


def test_no_cache_keeps_it(refused):
    assert "no-store" in refused.headers["Cache-Control"]
