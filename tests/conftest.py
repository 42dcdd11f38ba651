"""What every test shares: the local database cluster for tests, and a folder of its own for uploads."""

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as portal_settings

from mutuals_portal import local_postgres


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    local_postgres.ensure_running(portal_settings.DATA_DIR, durable=False)
    _drop_leftovers()
    yield
    local_postgres.stop(portal_settings.DATA_DIR)  # the last of several runs and processes stops it


@pytest.fixture(autouse=True)
def uploads_folder(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


def _drop_leftovers() -> None:
    """Drop the databases of runs that died before they could."""
    database = portal_settings.DATABASES["default"]
    with psycopg.connect(
        host=database["HOST"],
        port=database["PORT"],
        user=database["USER"],
        dbname="postgres",
        autocommit=True,
        **database["OPTIONS"],
    ) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")  # several processes start at once
        for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall():
            owner = re.fullmatch(r"test_(\d+).*", name)
            if owner and not Path(f"/proc/{owner[1]}").exists():
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
