#!/usr/bin/env python3
"""Django's command line for the portal. In local mode it brings the database up first."""

import atexit
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutuals_portal.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from mutuals_portal import local_postgres
    from mutuals_portal.postgres_programs import LocalPostgresError

    if settings.LOCAL_MODE:
        try:
            local_postgres.ensure_running(settings.DATA_DIR)
        except LocalPostgresError as error:
            sys.exit(str(error))
        atexit.register(local_postgres.stop, settings.DATA_DIR)  # only when nobody else uses it
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
