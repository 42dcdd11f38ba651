"""Runs the portal in the foreground: web server, worker and, in local mode, the database.

Whatever dies is started again, always: the worker ends with 0 when the database restarts. SIGTERM and
Ctrl-C stop everything that was started here, within ten seconds. Should this process be killed outright, the
kernel stops web and worker, and the next start takes the database over. ``script/server`` becomes this module.
"""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from mutuals_portal import local_postgres
from mutuals_portal.postgres_programs import LocalPostgresError

PROJECT = Path(__file__).resolve().parent.parent
TICK = 0.2  # seconds
LONGEST_PAUSE = 10.0  # seconds between two starts of something that keeps dying
SETTLED = 10.0  # seconds of life after which a death counts as the first again
STOP_WITHIN = 6.0  # seconds for web and worker; the rest of the ten belongs to the database
STARTS_BEFORE_READY = 3
PR_SET_PDEATHSIG = 1  # from linux/prctl.h

WEB = [sys.executable, "-m", "gunicorn", "--config", "python:mutuals_portal.web_server"]
WORKER = [sys.executable, "manage.py", "procrastinate", "worker", "--shutdown-graceful-timeout", "4"]


class Child:
    """A program that has to run for as long as the portal does."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.command = command
        self.deaths = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._next_start_at = 0.0

    def keep_alive(self, at: float) -> None:
        """Start it when it has died and its pause is over. ``at`` is a monotonic time."""
        if self._process and self._process.poll() is not None:
            settled = at - self._started_at > SETTLED
            self.deaths = 1 if settled else self.deaths + 1
            pause = min(0.25 * 2**self.deaths, LONGEST_PAUSE)
            say(f"The {self.name} ended with {self._process.returncode}: starting it again in {pause:g} s.")
            self._process, self._next_start_at = None, at + pause
        if self._process is None and at >= self._next_start_at:
            self._started_at = at
            self._process = subprocess.Popen(
                self.command,
                cwd=PROJECT,
                start_new_session=True,  # Ctrl-C reaches only us, and we stop them in order
                preexec_fn=_die_with_parent,  # safe: there are no threads here
            )

    def signal(self, number: int) -> None:
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, number)

    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutuals_portal.settings")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop_asked)
    children = [Child("web server", WEB), Child("worker", WORKER)]
    try:
        _refuse_taken_port()
        if settings.LOCAL_MODE:
            local_postgres.ensure_running(settings.DATA_DIR)
        _run(children)
    except LocalPostgresError as problem:
        sys.exit(str(problem))
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        _stop(children)


def _stop_asked(*_: object) -> None:
    sys.exit(0)


def _run(children: list[Child]) -> None:
    web = children[0]
    ready = False
    while True:
        now = time.monotonic()
        if settings.LOCAL_MODE:
            _revive_database()
        for child in children:
            child.keep_alive(now)
        if not ready:
            if web.deaths >= STARTS_BEFORE_READY:
                sys.exit("The web server does not start: the lines above say why.")
            if ready := _is_ready():
                say(f"Ready: http://{_host()}:{settings.PORT}/")
        time.sleep(TICK)


def _revive_database() -> None:
    if local_postgres.is_running(settings.DATA_DIR):
        return
    say("The local database has died: starting it again.")
    try:
        local_postgres.ensure_running(settings.DATA_DIR)
    except LocalPostgresError as problem:
        say(str(problem))  # and try again at the next tick


def _stop(children: list[Child]) -> None:
    for child in children:
        child.signal(signal.SIGTERM)
    _wait_until(lambda: all(child.has_ended() for child in children), STOP_WITHIN)
    for child in children:
        child.signal(signal.SIGKILL)
    if settings.LOCAL_MODE:
        local_postgres.stop(settings.DATA_DIR)


def _wait_until(done: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        time.sleep(0.05)


def _host() -> str:
    """Where this machine itself reaches the web server."""
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.LISTEN_ADDRESS, settings.LISTEN_ADDRESS)  # noqa: S104
    return f"[{address}]" if ":" in address else address


def _refuse_taken_port() -> None:
    family = socket.AF_INET6 if ":" in settings.LISTEN_ADDRESS else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.LISTEN_ADDRESS, settings.PORT))
        except OSError as problem:
            sys.exit(
                f"PORT {settings.PORT} on {settings.LISTEN_ADDRESS} cannot be used ({problem.strerror}):"
                " stop the program that has it, or choose another with PORT=8001 script/server."
            )


def _is_ready() -> bool:
    asked = http.client.HTTPConnection(_host().strip("[]"), settings.PORT, timeout=2)
    try:
        asked.request("GET", "/health/ready", headers={"Host": settings.ALLOWED_HOSTS[0]})
        return asked.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
