import os
import subprocess
import sys
from pathlib import Path

from mutuals_portal import local_postgres
from mutuals_portal.management.commands.postgres import environment_for

PROJECT = Path(__file__).resolve().parents[2]


def manage(data_dir: Path, *arguments: str) -> str:
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir)}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=PROJECT, env=environment, check=True, capture_output=True, text=True
    ).stdout


def test_a_backup_restores_what_was_there(tmp_path):
    backup = str(tmp_path / "portal.dump")
    local_postgres.ensure_running(tmp_path)
    try:
        manage(tmp_path, "postgres", "psql", "-qc", "CREATE TABLE kept AS SELECT 42 AS answer")
        manage(tmp_path, "postgres", "pg_dump", "--format=custom", f"--file={backup}")
        manage(tmp_path, "postgres", "psql", "-qc", "UPDATE kept SET answer = 0")
        restore = ["--clean", "--if-exists", "--no-owner", "--exit-on-error", "--dbname=portal"]
        manage(tmp_path, "postgres", "pg_restore", *restore, backup)
        assert manage(tmp_path, "postgres", "psql", "-Atc", "SELECT answer FROM kept") == "42\n"
    finally:
        local_postgres.stop(tmp_path)


def test_the_password_travels_in_the_environment():
    parameters = {
        "dbname": "mis",
        "host": "db.example",
        "password": "secret",
        "sslmode": "require",
        "context": object(),
    }
    assert environment_for(parameters) == {
        "PGDATABASE": "mis",
        "PGHOST": "db.example",
        "PGPASSWORD": "secret",
        "PGSSLMODE": "require",
    }
