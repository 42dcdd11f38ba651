"""People to try the portal as, in local mode only. Their names say that they are not real.

Passwords are random and stand in DATA_DIR/demo-accounts.txt, which only its owner can read. An account
that exists and has its line there is left alone, so a second start changes nothing.
"""

import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import Group, User
from django.db import transaction

from signposting.models import Adviser, Organisation

ACCOUNTS_FILE = "demo-accounts.txt"


@dataclass(frozen=True)
class DemoPerson:
    username: str
    name: str
    group: str
    body: str = ""


PEOPLE = (
    DemoPerson("cds-adviser", "Demo adviser, CDS", "adviser", "co-operative-development-scotland"),
    DemoPerson("couk-adviser", "Demo adviser, Co-operatives UK", "adviser", "co-operatives-uk"),
    DemoPerson("eoa-adviser", "Demo adviser, EOA", "adviser", "employee-ownership-association"),
    DemoPerson("lp-adviser", "Demo adviser, Local Partnerships", "adviser", "local-partnerships"),
    DemoPerson("co-adviser", "Demo adviser, Cabinet Office", "adviser", "cabinet-office"),
    DemoPerson("duty-desk", "Demo duty desk", "duty-desk", "duty-desk"),
    DemoPerson("editor", "Demo editor", "editor"),
    DemoPerson("reviewer", "Demo reviewer", "reviewer"),
    DemoPerson("administrator", "Demo administrator", "administrator"),
)


def load(data_dir: Path) -> int:
    """Make the demo accounts that are missing and let their bodies take enquiries. Returns how many it made.

    Run ``load_content`` first: the bodies and groups must exist.
    """
    path = data_dir / ACCOUNTS_FILE
    known = _read(path)
    present = set(
        User.objects.filter(username__in=[p.username for p in PEOPLE]).values_list("username", flat=True)
    )
    new = [person for person in PEOPLE if person.username not in present or person.username not in known]
    passwords = {person.username: secrets.token_hex(10) for person in new}
    with transaction.atomic():
        for person in new:
            _write_account(person, passwords[person.username])
        _let_bodies_take_enquiries()
    if new:
        # After the commit: a crash in between leaves an account without a line, and the next run renews both.
        _write(path, {p.username: passwords.get(p.username) or known[p.username] for p in PEOPLE})
    return len(new)


def _write_account(person: DemoPerson, password: str) -> None:
    user, _ = User.objects.get_or_create(username=person.username)
    user.last_name = person.name
    user.is_staff = user.is_active = True
    user.is_superuser = person.group == "administrator"
    user.set_password(password)
    user.save()
    user.groups.set([Group.objects.get(name=person.group)])
    if person.body:
        body = Organisation.objects.get(slug=person.body)
        Adviser.objects.update_or_create(user=user, defaults={"organisation": body})


def _let_bodies_take_enquiries() -> None:
    """Give each body of a demo person an address that can never deliver. One that has an address keeps it."""
    slugs = [person.body for person in PEOPLE if person.body]
    for body in Organisation.objects.filter(slug__in=slugs, contact_email=""):
        body.contact_email = f"{body.slug}@example.org"
        body.accepts_enquiries = not body.is_duty_desk
        body.save(update_fields=["contact_email", "accepts_enquiries"])


def _read(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split("\t", 1) for line in lines if "\t" in line)


def _write(path: Path, passwords: dict[str, str]) -> None:
    """Write the whole file or nothing, for its owner's eyes."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # made with mode 0600
    with os.fdopen(handle, "w", encoding="utf-8") as lines:
        lines.writelines(f"{username}\t{password}\n" for username, password in passwords.items())
        lines.flush()
        os.fsync(lines.fileno())
    os.replace(draft, path)
