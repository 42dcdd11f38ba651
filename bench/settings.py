"""The portal's own settings, and one page more to measure the others by."""

from mutuals_portal.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
