"""How gunicorn serves the portal: WEB_WORKERS processes of WEB_THREADS threads on PORT."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutuals_portal.settings")

from django.conf import settings

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
max_requests = 20_000  # a slow leak, should there be one, never matters
max_requests_jitter = 2_000

# For pages alone, not for migrations or jobs: a stuck query or lock must not hold a web thread for ever.
raw_env = ["PGOPTIONS=-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"]

# The request line is logged by mutuals_portal.log_lines; gunicorn's own would carry addresses.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True}},
}
