"""The local database survives what happens to it. Each test makes a cluster of its own."""

import os
import pwd
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from mutuals_portal import local_postgres, postgres_programs
from mutuals_portal.postgres_programs import LocalPostgresError

PROJECT = Path(__file__).resolve().parents[2]

# Holds the cluster like any process of the portal does, until its standard input closes.
USER = """
import sys
from pathlib import Path
from mutuals_portal import local_postgres
local_postgres.ensure_running(Path(sys.argv[1]))
print("running", flush=True)
sys.stdin.read()
"""

# A calculation in one long step never looks whether its server still lives.
BUSY = """
import sys
from pathlib import Path
import psycopg
from mutuals_portal import local_postgres
settings = local_postgres.database_settings(Path(sys.argv[1]))
session = psycopg.connect(host=settings["HOST"], user="portal", dbname="portal", **settings["OPTIONS"])
session.execute("SELECT count(*) FROM generate_series(1, 1000000000)")
"""


@pytest.fixture
def data_dir(tmp_path) -> Iterator[Path]:
    yield tmp_path
    local_postgres.stop(tmp_path)


def ask(data_dir: Path, question: str) -> str:
    settings = local_postgres.database_settings(data_dir)
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        dbname=settings["NAME"],
        autocommit=True,
        **settings["OPTIONS"],
    ) as session:
        answer = session.execute(question)
        return str(answer.fetchone()[0]) if answer.description else ""


def wait_for(answer: Callable[[], str], *, unless: str) -> str:
    deadline = time.monotonic() + 10
    while (last := answer()) == unless and time.monotonic() < deadline:
        time.sleep(0.05)
    return last


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "postgres" / "cluster" / "postmaster.pid").read_text().splitlines()[0])


@pytest.mark.django_db
def test_tests_run_on_a_database_of_their_own():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone()[0].startswith("test_")


def test_asking_for_the_settings_starts_and_writes_nothing(tmp_path):
    local_postgres.database_settings(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_it_starts_stops_and_starts_again_with_what_was_written(data_dir):
    assert not local_postgres.is_running(data_dir)
    local_postgres.ensure_running(data_dir)
    assert local_postgres.is_running(data_dir)
    ask(data_dir, "CREATE TABLE kept AS SELECT 42 AS answer")
    assert local_postgres.stop(data_dir)
    assert not local_postgres.is_running(data_dir)
    local_postgres.ensure_running(data_dir)
    assert ask(data_dir, "SELECT answer FROM kept") == "42"


def test_asking_again_while_it_runs_is_quick(data_dir):
    local_postgres.ensure_running(data_dir)
    started = time.monotonic()
    local_postgres.ensure_running(data_dir)
    assert time.monotonic() - started < 0.3


def test_it_keeps_what_it_acknowledged_and_is_closed_to_others(data_dir):
    local_postgres.ensure_running(data_dir)
    assert ask(data_dir, "SHOW fsync") == "on"
    assert ask(data_dir, "SHOW synchronous_commit") == "on"
    assert ask(data_dir, "SHOW listen_addresses") == ""
    home = data_dir / "postgres"
    assert stat.S_IMODE((home / "passfile").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    settings = local_postgres.database_settings(data_dir)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=settings["HOST"], user=settings["USER"], dbname="portal", password="wrong")


def test_it_comes_back_with_every_commit_after_the_server_is_killed(data_dir):
    local_postgres.ensure_running(data_dir)
    ask(data_dir, "CREATE TABLE kept AS SELECT 42 AS answer")
    for _ in range(3):
        killed = postmaster(data_dir)
        os.kill(killed, signal.SIGKILL)
        local_postgres.ensure_running(data_dir)
        assert postmaster(data_dir) != killed
        assert ask(data_dir, "SELECT answer FROM kept") == "42"


def test_it_comes_back_while_an_orphan_of_the_killed_server_still_works(data_dir):
    local_postgres.ensure_running(data_dir)
    command = [sys.executable, "-c", BUSY, str(data_dir)]
    busy = subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.DEVNULL)
    working = "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid()"
    orphan = wait_for(lambda: ask(data_dir, f"SELECT coalesce(({working}), 0)"), unless="0")
    os.kill(postmaster(data_dir), signal.SIGKILL)
    assert Path(f"/proc/{orphan}").exists()
    local_postgres.ensure_running(data_dir)
    assert ask(data_dir, "SELECT 1") == "1"
    busy.wait(timeout=10)


def test_it_starts_over_a_stale_pid_file_that_names_a_living_stranger(data_dir):
    local_postgres.ensure_running(data_dir)
    assert local_postgres.stop(data_dir)
    pid_file = data_dir / "postgres" / "cluster" / "postmaster.pid"
    pid_file.write_text(f"{os.getppid()}\n{pid_file.parent}\n0\n5432\n\n\n0 0\n")
    assert not local_postgres.is_running(data_dir)
    local_postgres.ensure_running(data_dir)
    assert ask(data_dir, "SELECT 1") == "1"


def test_it_starts_over_a_cluster_that_was_only_half_made(data_dir):
    half = data_dir / "postgres" / "cluster.half"
    half.mkdir(parents=True)
    (data_dir / "postgres").chmod(0o700)
    (half / "PG_VERSION").write_text("18\n")
    local_postgres.ensure_running(data_dir)
    assert ask(data_dir, "SELECT 1") == "1"
    assert not half.exists()


def test_nobody_stops_it_under_another_process(data_dir):
    other = subprocess.Popen(
        [sys.executable, "-c", USER, str(data_dir)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout.readline() == "running\n"
    local_postgres.ensure_running(data_dir)
    assert not local_postgres.stop(data_dir)
    assert ask(data_dir, "SELECT 1") == "1"
    other.kill()  # the kernel gives its hold back
    other.communicate()
    assert local_postgres.stop(data_dir)
    assert not local_postgres.is_running(data_dir)


def test_two_processes_that_start_at_once_share_one_server(data_dir):
    command = [sys.executable, "-c", USER, str(data_dir)]
    both = [
        subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [process.stdout.readline() for process in both] == ["running\n"] * 2
    assert ask(data_dir, "SELECT 1") == "1"
    for process in both:
        process.communicate("")


def test_a_path_too_long_for_a_socket_gets_a_short_private_one(data_dir):
    deep = data_dir / ("d" * 60) / ("e" * 60)
    local_postgres.ensure_running(deep)
    try:
        sockets = Path(local_postgres.database_settings(deep)["HOST"])
        assert len(str(sockets)) < 100
        assert not sockets.is_relative_to(data_dir)
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        assert ask(deep, "SELECT 1") == "1"
    finally:
        assert local_postgres.stop(deep)
    assert not sockets.exists()


def test_a_socket_directory_that_others_can_open_is_refused(data_dir):
    local_postgres.ensure_running(data_dir)
    assert local_postgres.stop(data_dir)
    (data_dir / "postgres" / "socket").mkdir(mode=0o755)
    with pytest.raises(LocalPostgresError, match="only its owner"):
        local_postgres.ensure_running(data_dir)


def test_a_server_that_cannot_start_says_why(data_dir):
    local_postgres.ensure_running(data_dir)
    assert local_postgres.stop(data_dir)
    (data_dir / "postgres" / "cluster" / "postgresql.conf").write_text("shared_buffers = nonsense\n")
    with pytest.raises(LocalPostgresError, match="shared_buffers"):
        local_postgres.ensure_running(data_dir)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_where_namespaces_are_forbidden_root_lets_an_unprivileged_user_run_it(monkeypatch):
    monkeypatch.setattr(postgres_programs, "runs_as", lambda: "nobody")
    monkeypatch.setattr(postgres_programs, "reachable", lambda path: True)
    with tempfile.TemporaryDirectory() as name:
        data_dir = Path(name)
        data_dir.chmod(0o755)
        try:
            local_postgres.ensure_running(data_dir)
            assert ask(data_dir, "SELECT 1") == "1"
            assert Path(f"/proc/{postmaster(data_dir)}").stat().st_uid == pwd.getpwnam("nobody").pw_uid
        finally:
            assert local_postgres.stop(data_dir)
