"""All settings, read from the environment. A wrong value stops the start with one sentence naming it.

docs/operations.md lists the variables for whoever runs the portal.
"""

from pathlib import Path

from csp.constants import NONE, SELF

from mutuals_portal import environment, local_postgres, local_secrets
from mutuals_portal.environment import read

BASE_DIR = Path(__file__).resolve().parent.parent

PORT = read("PORT", environment.whole_number(1, 65535), 8000)
LISTEN_ADDRESS = read("LISTEN_ADDRESS", environment.listen_address, "127.0.0.1")
WEB_WORKERS = read("WEB_WORKERS", environment.whole_number(1, 64), 2)
WEB_THREADS = read("WEB_THREADS", environment.whole_number(1, 64), 4)
DATA_DIR = read("DATA_DIR", environment.directory, BASE_DIR / "var")
DEBUG = read("DEBUG", environment.switch, False)
RATE_LIMITS = read("RATE_LIMITS", environment.switch, True)

# -- Where the world finds us

_public = read("PUBLIC_URL", environment.public_url, environment.public_url(f"http://127.0.0.1:{PORT}"))
_host = str(_public.hostname)
_over_https = _public.scheme == "https"
_on_this_machine = _host in ("127.0.0.1", "::1", "localhost")
PUBLIC_URL = _public.geturl()
# The portal speaks plain HTTP: where the world speaks HTTPS there is a proxy in front.
TRUSTED_PROXIES = read("TRUSTED_PROXIES", environment.whole_number(0, 9), 1 if _over_https else 0)
ALLOWED_HOSTS = [f"[{_host}]" if ":" in _host else _host]

# -- Local mode: no DATABASE_URL. The portal then brings its own database, key and demo staff.

_database = read("DATABASE_URL", environment.database_url, None)
LOCAL_MODE = _database is None
DATABASES = {
    "default": (_database or local_postgres.database_settings(DATA_DIR))
    | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
}
SECRET_KEY = read("SECRET_KEY", environment.secret_key, "")
if LOCAL_MODE:
    SECRET_KEY = SECRET_KEY or local_secrets.secret_key(DATA_DIR)
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
elif not SECRET_KEY:
    environment.refuse("SECRET_KEY", "must be set when DATABASE_URL is: at least 50 random characters.")
if not (_over_https or _on_this_machine or LOCAL_MODE):
    environment.refuse("PUBLIC_URL", "must begin with https:// unless it names this machine itself.")
if _over_https and not TRUSTED_PROXIES:
    environment.refuse("TRUSTED_PROXIES", "must be 1 or more when PUBLIC_URL begins with https://.")
if DEBUG and not _on_this_machine:
    environment.refuse(
        "DEBUG", "must be off unless PUBLIC_URL names this machine: it shows data to visitors."
    )

# -- Django

INSTALLED_APPS = [
    "mutuals_portal",
    "mutuals_portal.search",
    "signposting",
    "case_studies",
    "guides",
    "crispy_forms",
    "csp",
    "pgtrigger",
    "pghistory",
    "mutuals_portal.apps.FailedLogInsConfig",
    "procrastinate.contrib.django",
    "whitenoise.runserver_nostatic",
    "django.forms",
    "mutuals_portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "mutuals_portal.log_lines.request_lines",
    "mutuals_portal.response_headers.response_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "mutuals_portal.urls"
WSGI_APPLICATION = "mutuals_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

# -- Pages

_loaders = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": _loaders if DEBUG else [("django.template.loaders.cached.Loader", _loaders)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "govuk"
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False

# -- Files: what we send, and what people send us

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static" / "build", BASE_DIR / "static" / "images"]
STORAGES = {
    "default": {"BACKEND": "signposting.durable_storage.DurableFileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

MEDIA_ROOT = DATA_DIR / "uploads"  # has no MEDIA_URL: only a view that checks the reader hands a file out
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # a larger file waits on disk: 8 threads x 50 MB would fill memory
FILE_UPLOAD_HANDLERS = [
    "signposting.upload_limit.DropWhatIsTooMuch",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# All of a form but its files: a text of 100,000 characters of any alphabet, each of which can be sent as 12 bytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1280 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000  # a tool with all the rows that its form allows
DATA_UPLOAD_MAX_NUMBER_FILES = 10  # the form refuses the sixth with a sentence, this the rest

# -- Logging in

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
_validators = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_validators}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_validators}.CommonPasswordValidator"},
    {"NAME": f"{_validators}.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "admin:login"

AXES_ENABLED = RATE_LIMITS
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
# Both together: a whole office shares an address, and a name alone would let a stranger lock its owner out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "mutuals_portal.client_address.client_address"
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_VERBOSE = False  # its log lines name people and addresses
AXES_DISABLE_ACCESS_LOG = True  # and so would its table of everybody who logged in, for ever

# -- What a browser is told

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_ENGINE = "mutuals_portal.staff_sessions"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "mutuals_portal.refused_form.refuse"
CSRF_COOKIE_AGE = None  # gone with the browser window, like every other trace of an enquiry
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # the next person at a shared computer must not find an enquiry
SESSION_COOKIE_AGE = 7 * 24 * 60 * 60  # for a browser that is never closed
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _over_https
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked from inside, past the proxy
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _over_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _over_https
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# -- Mail and jobs

_mail = read("EMAIL_URL", environment.email_url, None) or {
    "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
    "EMAIL_FILE_PATH": DATA_DIR / "mail",
}
globals().update(_mail)
EMAIL_TIMEOUT = 10  # seconds
EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = read("EMAIL_FROM", environment.email_address, f"updates@{_host}")
# Shown to the public: how to reach the people who run the service, and whom to tell of a weakness.
CONTACT_EMAIL = read("CONTACT_EMAIL", environment.email_address, "")
SECURITY_CONTACT = read("SECURITY_CONTACT", environment.email_address, CONTACT_EMAIL)

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"  # every app's jobs.py

# -- Log lines

LOGGING_CONFIG = "mutuals_portal.log_lines.configure"
LOGGING = {"level": "INFO"}
