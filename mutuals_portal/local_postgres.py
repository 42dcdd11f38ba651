"""PostgreSQL for local use, when DATABASE_URL is unset: the server's own programs from a pip wheel.

One cluster lives in ``DATA_DIR/postgres`` and listens on a Unix socket only, with a random password.
Whoever uses it holds a shared lock on ``users.lock`` for as long as the process lives; whoever wants to
stop it needs that lock alone, so nobody pulls the database from under somebody else. The kernel drops
the locks of a process that dies in any way.
"""

import fcntl
import os
import pwd
import secrets
import shlex
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mutuals_portal import postgres_programs
from mutuals_portal.postgres_programs import LocalPostgresError

NAME = "portal"
PORT = 5432  # only names the socket file: the server never listens on TCP
SOCKET_PATH_LIMIT = 107  # bytes in sockaddr_un.sun_path on Linux, less the final NUL
SOCKET_FILE = f".s.PGSQL.{PORT}"
START_SECONDS = 60  # crash recovery of a large local cluster takes its time
STOP_SECONDS = 3  # script/server has promised to end within ten
ORPHAN_SECONDS = 1  # an idle orphan notices at once; a busy one may never

# Faster for tests, whose data is worth nothing after a crash.
THROWAWAY = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]

_locks: dict[Path, int] = {}


def database_settings(data_dir: Path) -> dict[str, Any]:
    """Django's settings for the local database. Starts and writes nothing."""
    home = _home(data_dir)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": NAME,
        "USER": NAME,
        "HOST": str(_socket_dir(home)),
        "PORT": str(PORT),
        "OPTIONS": {"passfile": str(home / "passfile")},
    }


def ensure_running(data_dir: Path, *, durable: bool = True) -> None:
    """Make the cluster if there is none, start it if it is down, and hold it until this process ends."""
    home = _home(data_dir)
    _make_private(home)
    _hold(home)
    if _answers(home):
        return
    with _locked(home / "start.lock"):
        if _answers(home):
            return
        if not (home / "cluster").exists():
            _create(home, durable=durable)
        _clear_remains(home)
        _start(home, durable=durable)


def is_running(data_dir: Path) -> bool:
    """Whether the server process lives. Cheap enough to ask several times a second."""
    cluster = _home(data_dir) / "cluster"
    postmaster = _postmaster(cluster)
    return postmaster is not None and _belongs_to(cluster, Path("/proc") / str(postmaster))


def stop(data_dir: Path) -> bool:
    """Stop the server unless another process holds it. True when it no longer runs."""
    home = _home(data_dir)
    if not home.exists():
        return True
    lock = _locks.pop(home, None) or _open_lock(home / "users.lock")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        if is_running(data_dir):
            arguments = ["stop", "-D", str(home / "cluster"), "-t", str(STOP_SECONDS), "-m"]
            if postgres_programs.run("pg_ctl", [*arguments, "fast"], check=False).returncode:
                postgres_programs.run("pg_ctl", [*arguments, "immediate"])
        if (sockets := _socket_dir(home)).exists():
            shutil.rmtree(sockets)
        return True
    finally:
        os.close(lock)


def _home(data_dir: Path) -> Path:
    """Where the cluster lives: beside the other data, or where the unprivileged user can reach it."""
    home = data_dir.resolve() / "postgres"
    if postgres_programs.runs_as() != "nobody" or postgres_programs.reachable(data_dir):
        return home
    return postgres_programs.SHARED_STATE / f"mutuals-portal-{postgres_programs.digest(home)}"


def _socket_dir(home: Path) -> Path:
    """Beside the cluster; in a private short directory when the full path would not fit a socket address."""
    beside = home / "socket"
    if len(os.fsencode(beside / SOCKET_FILE)) < SOCKET_PATH_LIMIT:
        return beside
    # Not tempfile.gettempdir(): every process must come to the same answer whatever its TMPDIR.
    # _make_private refuses one that a stranger has made.
    return Path("/tmp") / f"mutuals-portal-{postgres_programs.digest(home)}"  # noqa: S108


def _make_private(directory: Path) -> None:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    nobody = pwd.getpwnam("nobody") if postgres_programs.runs_as() == "nobody" else None
    state = directory.lstat()
    owners = {os.geteuid()} | ({nobody.pw_uid} if nobody else set())
    if directory.is_symlink() or state.st_uid not in owners or state.st_mode & 0o077:
        raise LocalPostgresError(f"{directory} must be a directory that only its owner can open.")
    if nobody:
        os.chown(directory, nobody.pw_uid, nobody.pw_gid)


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _hold(home: Path) -> None:
    if home not in _locks:
        lock = _open_lock(home / "users.lock")
        fcntl.flock(lock, fcntl.LOCK_SH)
        _locks[home] = lock


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = _open_lock(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _answers(home: Path) -> bool:
    if not (_socket_dir(home) / SOCKET_FILE).exists():
        return False
    asked = ["-q", "-h", str(_socket_dir(home)), "-p", str(PORT), "-d", NAME, "-U", NAME, "-t", "3"]
    return postgres_programs.run("pg_isready", asked, check=False).returncode == 0


def _create(home: Path, *, durable: bool) -> None:
    """Make the cluster under another name first, so that a half-made one is never taken for a whole one."""
    half = home / "cluster.half"
    shutil.rmtree(half, ignore_errors=True)
    arguments = ["-D", str(half), "-U", NAME, "--auth=reject", "--encoding=UTF8"]
    arguments += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    arguments += ["--text-search-config=english"] + ([] if durable else ["--no-sync"])
    postgres_programs.run("initdb", arguments)
    password = secrets.token_urlsafe(32)
    statements = f"ALTER ROLE {NAME} PASSWORD '{password}';\nCREATE DATABASE {NAME};\n"
    postgres_programs.run("postgres", ["--single", "-D", str(half), "postgres"], input=statements)
    (half / "pg_hba.conf").write_text("local all all scram-sha-256\n")
    passfile = home / "passfile"
    passfile.unlink(missing_ok=True)
    with os.fdopen(os.open(passfile, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as lines:
        lines.write(f"*:*:*:*:{password}\n")
    half.rename(home / "cluster")


def _clear_remains(home: Path) -> None:
    """Take away what a killed server left behind, which would keep a new one from starting.

    Its orphans still hold the shared memory, its pid file may name a zombie (which counts as alive) or
    a stranger that got the number since. Without a live process of this cluster all of it is rubbish.
    """
    cluster = home / "cluster"
    deadline = time.monotonic() + ORPHAN_SECONDS
    while orphans := _processes(cluster):
        if _postmaster(cluster) in orphans:
            return
        if time.monotonic() > deadline:
            for pid in orphans:
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
    for remains in (cluster / "postmaster.pid", *_socket_dir(home).glob(f"{SOCKET_FILE}*")):
        remains.unlink(missing_ok=True)


def _postmaster(cluster: Path) -> int | None:
    try:
        return int((cluster / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _processes(cluster: Path) -> set[int]:
    return {int(path.name) for path in Path("/proc").glob("[0-9]*") if _belongs_to(cluster, path)}


def _belongs_to(cluster: Path, process: Path) -> bool:
    """A live process of the cluster works in its directory, which a zombie has left."""
    try:
        return (process / "cwd").readlink() == cluster and (process / "comm").read_text() == "postgres\n"
    except OSError:  # gone since, or somebody else's
        return False


def _start(home: Path, *, durable: bool) -> None:
    sockets = _socket_dir(home)
    _make_private(sockets)
    options = ["-p", str(PORT), "-k", str(sockets), "-c", "max_connections=100"]
    options += ["-c", "listen_addresses=", "-c", "unix_socket_permissions=0700"]
    options += [] if durable else THROWAWAY
    log = home / "log"
    log.unlink(missing_ok=True)
    where = ["-D", str(home / "cluster"), "-l", str(log), "-w", "-t", str(START_SECONDS)]
    started = postgres_programs.run("pg_ctl", ["start", *where, "-o", shlex.join(options)], check=False)
    if started.returncode:
        words = log.read_text().strip().splitlines() if log.exists() else [started.stderr.strip()]
        raise LocalPostgresError("The local database did not start: " + " / ".join(words[-4:]))
