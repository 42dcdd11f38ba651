"""The portal's settings for tests: their own database cluster, and nothing of a real portal's environment."""

import os
from pathlib import Path

# A developer's shell may name a real database or mail server. Tests must never reach it.
for name in (
    "DATABASE_URL",
    "EMAIL_URL",
    "EMAIL_FROM",
    "PUBLIC_URL",
    "SECRET_KEY",
    "TRUSTED_PROXIES",
    "DEBUG",
    "RATE_LIMITS",
    "CONTACT_EMAIL",
    "SECURITY_CONTACT",
):
    os.environ.pop(name, None)
if "PYTEST_XDIST_WORKER" not in os.environ:  # the processes of one run inherit what the first has set
    os.environ["DATA_DIR"] = str(Path(os.environ.get("DATA_DIR", "var")).resolve() / "test")

from mutuals_portal.settings import *  # noqa: E402, F403
from mutuals_portal.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

# The number lets two runs, and the processes of one run, work side by side.
DATABASES["default"]["TEST"] = {"NAME": f"test_{os.getpid()}"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # nothing is collected for tests; whitenoise wants the folder
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
