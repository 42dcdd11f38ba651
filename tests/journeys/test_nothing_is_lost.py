"""What we acknowledged is kept, and sending again makes no second enquiry, whatever dies in between."""

import contextlib
import http.client
import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import psycopg
import pytest

from mutuals_portal import local_postgres
from mutuals_portal.settings import BASE_DIR

pytestmark = pytest.mark.journey

ANSWERS = {
    "who": {"enquirer_kind": "staff"},
    "where": {"nation": "england", "place": "Salford"},
    "employer": {"employer_type": "council"},
    "sector": {"sector": "leisure"},
    "staff": {"staff_count": "40"},
    "stage": {"stage": "early-thinking"},
    "topics": {},
    "ownership": {"ownership_idea": "employees-and-users"},
    "question": {"question": "How do we begin?"},
    "files": {},
    "exclusions": {},
    "contact": {"contact_choice": "no-email"},
    "consent": {"may_share": "yes"},
}
PATIENCE = 60  # seconds: a limit for a broken portal, not a measure of a whole one


class NotServed(Exception):
    """No page came, or one with a status of 500 or more; the status is None where there was no answer at all."""

    def __init__(self, status: int | None = None):
        super().__init__(status)
        self.status = status


class Browser:
    """The least of a browser: it keeps cookies, fills in a form's token, and follows redirects."""

    def __init__(self, address: str):
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> str:
        return self._open(path, None)

    def post(self, path: str, fields: dict[str, str] | None = None) -> str:
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        return self._open(path, {"csrfmiddlewaretoken": token} | (fields or {}))

    def _open(self, path: str, fields: dict[str, str] | None) -> str:
        data = urllib.parse.urlencode(fields).encode() if fields else None
        try:
            with self._opener.open(self.address + path, data, timeout=PATIENCE) as response:
                return response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                raise NotServed(error.code) from None
        except (http.client.HTTPException, OSError):
            raise NotServed from None

    def post_until_it_works(self, path: str, fields: dict[str, str] | None = None) -> str:
        """What a person does whose page did not come: press the button again."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self.post(path, fields)
            except NotServed:
                if time.monotonic() > until:
                    raise
                time.sleep(0.3)


class Portal:
    """A portal of its own, as ``script/server`` runs it, with a database that writes through to the disk."""

    def __init__(self, data_dir: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.data_dir = data_dir
        self.address = f"http://127.0.0.1:{port}"
        inherited = {
            k: v for k, v in os.environ.items() if k not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")
        }
        self.environment = inherited | {
            "DATA_DIR": str(data_dir),
            "PORT": str(port),
            "PUBLIC_URL": self.address,
            "WEB_WORKERS": "1",
        }

    def start(self) -> None:
        for command in (
            ["migrate", "-v0"],
            ["load_content"],
            ["load_demo_staff"],
            ["collectstatic", "-v0", "--noinput"],
        ):
            self._run([sys.executable, "manage.py", *command])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mutuals_portal.supervisor"],
            cwd=BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        ready = next((line for line in self.process.stdout if line.startswith("Ready: ")), None)
        assert ready, "the portal ended before it was ready"
        self._reader = threading.Thread(target=self.process.stdout.read)  # or the pipe would fill
        self._reader.start()

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(
            command, cwd=BASE_DIR, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        self._reader.join()
        self.process.stdout.close()

    def database(self) -> psycopg.Connection:
        database = local_postgres.database_settings(self.data_dir)
        return psycopg.connect(
            host=database["HOST"],
            port=database["PORT"],
            user=database["USER"],
            dbname=database["NAME"],
            **database["OPTIONS"],
        )

    def kill_web_workers(self) -> None:
        for master in _children(self.process.pid):
            if b"gunicorn" in Path(f"/proc/{master}/cmdline").read_bytes():
                for worker in _children(master):
                    os.kill(worker, signal.SIGKILL)

    def kill_database(self) -> None:
        with self.database() as connection:
            data_directory = connection.execute("SHOW data_directory").fetchone()[0]
        os.kill(int((Path(data_directory) / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)


def _children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    portal = Portal(tmp_path_factory.mktemp("portal"))
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture
def ready_to_send(portal):
    """A browser that has answered every question."""
    browser = Browser(portal.address)
    browser.get("/enquiries/new/")
    browser.post("/enquiries/new/")
    for step, fields in ANSWERS.items():
        browser.post(f"/enquiries/new/{step}/", fields)
    assert "Check your answers" in browser.get("/enquiries/new/check/")
    return browser


@contextlib.contextmanager
def sending_stuck_halfway(portal, browser):
    """Somebody presses Send; the enquiry's row is written, and the next one cannot be. Gives the statuses answered."""
    gone = []

    def send():
        try:
            browser.post("/enquiries/new/check/")
            gone.append(200)
        except NotServed as error:
            gone.append(error.status)

    with portal.database() as holding:
        holding.execute("LOCK TABLE signposting_participant IN ACCESS EXCLUSIVE MODE")
        sender = threading.Thread(target=send)
        sender.start()
        _wait_until_blocked(portal)
        yield gone
        with contextlib.suppress(psycopg.OperationalError):
            holding.rollback()
    sender.join(PATIENCE)


def _wait_until_blocked(portal):
    with portal.database() as watching:
        watching.autocommit = True
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT%'"
            if watching.execute(waiting).fetchone()[0]:
                return
            time.sleep(0.05)
    pytest.fail("sending did not come as far as the participant")


def enquiries(portal) -> list[str]:
    with portal.database() as connection:
        return [row[0] for row in connection.execute("SELECT reference FROM signposting_enquiry ORDER BY id")]


def reference_and_code(page: str) -> tuple[str, str]:
    reference = re.search(r"MIS-\w{4}-\w{4}", page)[0]
    return reference, re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b", page.replace(reference, ""))[0]


def test_sending_again_shows_the_same_reference_and_code(portal, ready_to_send):
    before = enquiries(portal)
    first = reference_and_code(ready_to_send.post("/enquiries/new/check/"))
    assert reference_and_code(ready_to_send.post("/enquiries/new/check/")) == first
    assert reference_and_code(ready_to_send.get("/enquiries/sent/")) == first
    assert enquiries(portal) == [*before, first[0]]


def test_a_web_worker_killed_while_sending_loses_nothing(portal, ready_to_send):
    before = enquiries(portal)
    with sending_stuck_halfway(portal, ready_to_send) as answers:
        portal.kill_web_workers()
    assert answers == [None]
    reference, _ = reference_and_code(ready_to_send.post_until_it_works("/enquiries/new/check/"))
    assert enquiries(portal) == [*before, reference]


def test_a_database_killed_while_sending_loses_nothing(portal, ready_to_send):
    before = enquiries(portal)
    with sending_stuck_halfway(portal, ready_to_send) as answers:
        portal.kill_database()
    assert answers == [503]
    reference, _ = reference_and_code(ready_to_send.post_until_it_works("/enquiries/new/check/"))
    assert enquiries(portal) == [*before, reference]


def test_what_was_acknowledged_outlives_the_database(portal, ready_to_send):
    reference, code = reference_and_code(ready_to_send.post("/enquiries/new/check/"))
    portal.kill_database()
    again = Browser(portal.address)
    again.get("/enquiries/follow/")
    page = again.post_until_it_works("/enquiries/follow/", {"reference": reference, "code": code})
    assert "How do we begin?" in page
