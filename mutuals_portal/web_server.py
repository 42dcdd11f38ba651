"""How gunicorn serves the portal: WEB_WORKERS processes of WEB_THREADS threads on PORT."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutuals_portal.settings")

from django.conf import settings

from mutuals_portal import log_lines

bind = f"{settings.LISTEN_ADDRESS}:{settings.PORT}"
if ":" in settings.LISTEN_ADDRESS:
    bind = f"[{settings.LISTEN_ADDRESS}]:{settings.PORT}"
wsgi_app = settings.WSGI_APPLICATION.replace(".application", ":application")
worker_class = "gthread"
workers = settings.WEB_WORKERS
threads = settings.WEB_THREADS
timeout = 60  # seconds without a sign of life; a slow upload does not count, threads answer meanwhile
graceful_timeout = 5
keepalive = 5

# For pages alone, not for migrations or jobs: a stuck query or lock must not hold a web thread for ever.
raw_env = [
    # The page cost: PostgreSQL supposes turning disks, and would rather sort a queue than read it in its index's order.
    "PGOPTIONS=-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"
    " -c random_page_cost=1.1",
    "PGCONNECT_TIMEOUT=3",  # seconds; a database host that answers nothing must soon look away to health/ready
]

preload_app = True  # one import for all, and a killed worker is back at once
control_socket_disable = True  # it would lie in a home directory, which a server need not have

# A visitor could send these too, and so choose the beginning of every link on the page or fail our server.
forwarder_headers = ""

# The request line is written by log_lines; gunicorn's own would carry addresses.
accesslog = None
logconfig_dict = log_lines.dictionary("INFO")
