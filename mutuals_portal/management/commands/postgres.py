import argparse
import os
import subprocess
import sys

from django.core.management.base import BaseCommand
from django.db import connection

from mutuals_portal import postgres_programs


class Command(BaseCommand):
    help = "Run one of PostgreSQL's programs, such as pg_dump or psql, on the portal's database."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("program")
        parser.add_argument("arguments", nargs=argparse.REMAINDER)

    def handle(self, *args: object, program: str, arguments: list[str], **options: object) -> None:
        # In the environment, not on the command line, where every user of the machine could read it.
        environment = {**os.environ, **environment_for(connection.get_connection_params())}
        command = [postgres_programs.program(program), *arguments]
        sys.exit(subprocess.run(command, env=environment).returncode)


def environment_for(parameters: dict[str, object]) -> dict[str, str]:
    """How libpq is told what psycopg is told."""
    names = {
        "dbname": "PGDATABASE",
        "passfile": "PGPASSFILE",
        "sslmode": "PGSSLMODE",
        "sslrootcert": "PGSSLROOTCERT",
    }
    names |= {name: f"PG{name.upper()}" for name in ("host", "port", "user", "password", "options")}
    return {names[name]: str(value) for name, value in parameters.items() if name in names and value}
