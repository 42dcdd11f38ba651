"""The settings as an operator meets them: a fresh process for each environment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
KEY = "jc9-vR2qPz_7KtWm4XyB8nHd3FsLg6TaQe5UoYi1NbVxCkZp0MwE"
PRODUCTION = {
    "DATABASE_URL": "postgresql://portal@127.0.0.1:1/portal",
    "SECRET_KEY": KEY,
    "PUBLIC_URL": "https://mutuals.example",
}


def run_with(environment: dict[str, str], data_dir: Path, code: str) -> subprocess.CompletedProcess[str]:
    everything = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir)} | environment
    command = [sys.executable, "-c", f"from mutuals_portal import settings; {code}"]
    return subprocess.run(command, cwd=PROJECT, env=everything, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "eighty"}, "PORT must be a whole number from 1 to 65535."),
        ({"WEB_WORKERS": "0"}, "WEB_WORKERS must be a whole number from 1 to 64."),
        ({"WEB_THREADS": "65"}, "WEB_THREADS must be a whole number from 1 to 64."),
        ({"TRUSTED_PROXIES": "many"}, "TRUSTED_PROXIES must be a whole number from 0 to 9."),
        ({"DEBUG": "maybe"}, "DEBUG must be on or off."),
        ({"RATE_LIMITS": "maybe"}, "RATE_LIMITS must be on or off."),
        ({"DATA_DIR": "/dev/null/x"}, "DATA_DIR must be a directory that the portal can make or write to."),
        (
            {"LISTEN_ADDRESS": "example"},
            "LISTEN_ADDRESS must be an IP address of this machine, such as 127.0.0.1 or 0.0.0.0.",
        ),
        (
            {"PUBLIC_URL": "mutuals"},
            "PUBLIC_URL must be an address such as https://mutuals.example, without a path.",
        ),
        (
            {"EMAIL_URL": "mail"},
            "EMAIL_URL must be a mail server such as smtp+tls://user:password@host:587.",
        ),
        (
            {"EMAIL_FROM": "us"},
            "EMAIL_FROM must be one bare e-mail address such as updates@service.example.",
        ),
        (
            {"DATABASE_URL": "mysql://x"},
            "DATABASE_URL must be a PostgreSQL address such as postgresql://user:password@host:5432/name.",
        ),
        (
            PRODUCTION | {"SECRET_KEY": ""},
            "SECRET_KEY must be set when DATABASE_URL is: at least 50 random characters.",
        ),
        (PRODUCTION | {"SECRET_KEY": "short"}, "SECRET_KEY must be at least 50 random characters."),
        (
            PRODUCTION | {"PUBLIC_URL": "http://mutuals.example"},
            "PUBLIC_URL must begin with https:// unless it names this machine itself.",
        ),
        (
            PRODUCTION | {"TRUSTED_PROXIES": "0"},
            "TRUSTED_PROXIES must be 1 or more when PUBLIC_URL begins with https://.",
        ),
        (
            PRODUCTION | {"DEBUG": "on"},
            "DEBUG must be off unless PUBLIC_URL names this machine: it shows data to visitors.",
        ),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)
def test_a_wrong_value_stops_the_start_with_one_sentence(environment, sentence, tmp_path):
    started = run_with(environment, tmp_path, "print('started')")
    assert (started.returncode, started.stdout, started.stderr) == (1, "", f"{sentence}\n")


def test_production_needs_no_more_than_database_key_and_address(tmp_path):
    started = run_with(PRODUCTION, tmp_path, "print(settings.DEBUG, settings.ALLOWED_HOSTS)")
    assert started.stdout == "False ['mutuals.example']\n", started.stderr
    assert list(tmp_path.iterdir()) == []


def test_local_mode_needs_nothing_and_answers_only_to_this_machine(tmp_path):
    started = run_with({}, tmp_path, "print(settings.DEBUG, *settings.ALLOWED_HOSTS)")
    assert started.stdout == "False 127.0.0.1 127.0.0.1 localhost [::1]\n", started.stderr


def test_mail_goes_to_files_until_a_server_is_named(tmp_path):
    started = run_with({}, tmp_path, "print(settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH)")
    assert started.stdout == f"django.core.mail.backends.filebased.EmailBackend {tmp_path / 'mail'}\n"
    started = run_with({"EMAIL_URL": "smtp://127.0.0.1:1025"}, tmp_path, "print(settings.EMAIL_PORT)")
    assert started.stdout == "1025\n", started.stderr
