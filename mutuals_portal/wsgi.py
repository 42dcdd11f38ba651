"""The entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from mutuals_portal.request_charset import read_as_utf_8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutuals_portal.settings")
application = read_as_utf_8(get_wsgi_application())
