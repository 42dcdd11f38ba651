"""A real browser against a running portal. Every page that a journey comes to is checked by axe on the way."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import sync_playwright

from mutuals_portal.settings import BASE_DIR
from signposting.models import Organisation
from tests.factories import make_adviser
from tests.journeys.people import Adviser, Group

# The browser's driver runs an event loop in this thread, which Django takes for asynchronous code of ours.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUIET = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""Nothing of the browser's own goes over the network."""


# Not for the session: its event loop would keep other tests of the same process from running one of their own.
@pytest.fixture(scope="package")
def browser():
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        pytest.fail("No Chromium found. Run script/test, which installs one, or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe() -> str:
    return (Path(BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.fixture
def portal(transactional_db, live_server, settings) -> Iterator[str]:
    """A portal with its real bodies, rules and look-outs, and one adviser in every body. Gives its address."""
    settings.PUBLIC_URL = live_server.url
    call_command("load_content", verbosity=0)
    for body in Organisation.objects.exclude(kind=Organisation.Kind.HELPER):
        body.accepts_enquiries = not body.is_duty_desk
        body.contact_email = f"{body.slug}@example.org"
        body.save()
        make_adviser(
            body,
            group="duty-desk" if body.is_duty_desk else "adviser",
            username=f"{body.slug}-adviser",
            password="only for tests",
        )
    yield live_server.url
    with connection.cursor() as cursor:  # Django empties its own tables only
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture
def open_page(browser, axe, portal):
    """Make a page of a new person: no cookie is shared with anybody else's."""
    contexts = []

    def make(*, javascript: bool = True, width: int = 1280):
        context = browser.new_context(
            base_url=portal, java_script_enabled=javascript, viewport={"width": width, "height": 900}
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def group(open_page, axe):
    """Make a group that asks, and follows without an account."""

    def make(*, javascript: bool = True, width: int = 1280) -> Group:
        return Group(open_page(javascript=javascript, width=width), axe=axe if javascript else None)

    return make


@pytest.fixture
def adviser(open_page, axe):
    """Make the adviser of a body, logged in to the admin."""

    def make(body: str, *, javascript: bool = True, width: int = 1280) -> Adviser:
        person = Adviser(open_page(javascript=javascript, width=width), axe=axe if javascript else None)
        person.log_in(f"{body}-adviser", "only for tests")
        return person

    return make
