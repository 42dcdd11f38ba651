"""The portal as ``script/server`` runs it: a real web server, worker and database on a port of their own."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mutuals_portal import local_postgres

PROJECT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(data_dir: Path, port: int) -> subprocess.Popen[str]:
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), "PORT": str(port)}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"], cwd=PROJECT, env=environment, check=True, timeout=120
    )
    return subprocess.Popen(
        [sys.executable, "-m", "mutuals_portal.supervisor"],
        cwd=PROJECT,
        env=environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


class Portal:
    """A running portal, and what happened to it."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.process = start(data_dir, self.port)
        self.lines = []
        for line in self.process.stdout:
            self.lines.append(line)
            if line.startswith("Ready: "):
                return
        pytest.fail("It never became ready:\n" + "".join(self.lines))

    def is_ready(self) -> bool:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            asked.request("GET", "/health/ready")
            return asked.getresponse().status == 200
        except OSError:
            return False
        finally:
            asked.close()

    def children(self, word: str) -> set[int]:
        """The supervisor's own children with this word in their command line."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return {int(pid) for pid in found if word in command_line(pid)}

    def database(self) -> int:
        pid_file = self.data_dir / "postgres" / "cluster" / "postmaster.pid"
        return int(pid_file.read_text().splitlines()[0])


@pytest.fixture
def portal(tmp_path) -> Iterator[Portal]:
    portal = Portal(tmp_path)
    yield portal
    portal.process.terminate()
    portal.process.communicate(timeout=15)
    local_postgres.stop(tmp_path)


def wait_for(fact: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 30
    while not fact():
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(0.05)


def command_line(pid: str) -> str:
    """Empty when the process has ended in this very moment."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def has_ended(pid: int) -> bool:
    try:
        return re.search(r"^State:\s+Z", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE) is not None
    except OSError:
        return True


def test_whatever_dies_is_started_again_and_one_signal_stops_it_all(portal):
    assert portal.lines[-1] == f"Ready: http://127.0.0.1:{portal.port}/\n"

    database = portal.database()
    os.kill(database, signal.SIGKILL)
    wait_for(lambda: has_ended(database) and portal.is_ready(), "the database's return")

    for word in ("gunicorn", "procrastinate"):
        wait_for(lambda word=word: len(portal.children(word)) == 1, f"one {word}")  # it may just be starting
        (killed,) = portal.children(word)
        os.kill(killed, signal.SIGKILL)
        wait_for(lambda word=word, killed=killed: bool(portal.children(word) - {killed}), f"{word}'s return")
    wait_for(portal.is_ready, "the web server's return")

    everything = {portal.database(), *portal.children("")}
    asked_at = time.monotonic()
    portal.process.send_signal(signal.SIGTERM)
    rest, _ = portal.process.communicate(timeout=15)
    assert portal.process.returncode == 0, rest
    assert time.monotonic() - asked_at < 10
    assert all(has_ended(pid) for pid in everything)
    assert "Ready: " not in rest


def test_web_and_worker_end_when_the_supervisor_itself_is_killed(portal):
    children = portal.children("")
    assert len(children) == 2
    portal.process.kill()
    wait_for(lambda: all(has_ended(pid) for pid in children), "their end")


def test_a_taken_port_is_one_clear_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = start(tmp_path, port)
        words, _ = refused.communicate(timeout=30)
    assert refused.returncode == 1
    assert re.fullmatch(rf"PORT {port} on 127\.0\.0\.1 cannot be used \(.*\): .*\n", words)
