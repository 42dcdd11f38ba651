"""What an operator may say in the environment, and the sentence they get when it cannot be right.

A reader takes the text of one variable and returns its value, or raises ``WrongValue`` with the rest of a
sentence that begins with the variable's name. No sentence repeats the value, which may hold a password.
"""

import ipaddress
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

SECRET_KEY_LENGTH = 50  # what Django's own deployment check asks for
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}

Value = TypeVar("Value")


class WrongValue(ValueError):
    """The text of a variable cannot be right; the message completes "VARIABLE …"."""


def read(name: str, reader: Callable[[str], Value], default: Value) -> Value:
    """The value of a variable; unset and empty mean the default. A wrong one stops the start."""
    text = os.environ.get(name, "")
    if not text:
        return default
    try:
        return reader(text)
    except WrongValue as problem:
        refuse(name, str(problem))


def refuse(name: str, sentence: str) -> NoReturn:
    """Stop the start with one sentence that names the variable, and no traceback."""
    sys.exit(f"{name} {sentence}")


def whole_number(least: int, most: int) -> Callable[[str], int]:
    def reader(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
            raise WrongValue(f"must be a whole number from {least} to {most}.")
        return int(text)

    return reader


def switch(text: str) -> bool:
    if text.lower() in ("on", "true", "yes", "1"):
        return True
    if text.lower() in ("off", "false", "no", "0"):
        return False
    raise WrongValue("must be on or off.")


def directory(text: str) -> Path:
    """A directory that exists or can be made, and can be written to."""
    path = Path(text).resolve()
    nearest = next(part for part in [path, *path.parents] if part.exists())
    if not (nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)):
        raise WrongValue("must be a directory that the portal can make or write to.")
    return path


def listen_address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise WrongValue("must be an IP address of this machine, such as 127.0.0.1 or 0.0.0.0.") from None


def public_url(text: str) -> SplitResult:
    """The address by which the world knows the portal."""
    wrong = WrongValue("must be an address such as https://mutuals.example, without a path.")
    try:
        address = urlsplit(text.rstrip("/"))
        _ = address.port  # raises when it is no port number
    except ValueError:
        raise wrong from None
    if address.scheme not in ("http", "https") or not address.hostname or "@" in address.netloc:
        raise wrong
    if address.path or address.query or address.fragment or any(map(str.isspace, text)):
        raise wrong
    return address


def secret_key(text: str) -> str:
    if len(text) < SECRET_KEY_LENGTH or len(set(text)) < 5:
        raise WrongValue(f"must be at least {SECRET_KEY_LENGTH} random characters.")
    return text


def database_url(text: str) -> dict[str, Any]:
    """Django's settings for ``postgresql://user:password@host:port/name?sslmode=require``."""
    wrong = WrongValue("must be a PostgreSQL address such as postgresql://user:password@host:5432/name.")
    if not text.startswith(("postgresql://", "postgres://")):
        raise wrong
    try:
        parts = conninfo_to_dict(text)
    except psycopg.Error:
        raise wrong from None
    if not parts.get("dbname"):
        raise wrong
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": parts,
    }


def email_url(text: str) -> dict[str, Any]:
    """Django's mail settings for ``smtp://``, ``smtp+tls://`` (STARTTLS) or ``smtps://`` (TLS at once)."""
    wrong = WrongValue("must be a mail server such as smtp+tls://user:password@host:587.")
    try:
        address = urlsplit(text)
        port = address.port
    except ValueError:
        raise wrong from None
    if address.scheme not in MAIL_PORTS or not address.hostname or address.path.strip("/") or address.query:
        raise wrong
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": address.hostname,
        "EMAIL_PORT": port or MAIL_PORTS[address.scheme],
        "EMAIL_HOST_USER": unquote(address.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(address.password or ""),
        "EMAIL_USE_TLS": address.scheme == "smtp+tls",
        "EMAIL_USE_SSL": address.scheme == "smtps",
    }


def email_address(text: str) -> str:
    name, at, domain = text.rpartition("@")
    if not (name and at and domain) or any(letter.isspace() or letter in "<>,;" for letter in text):
        raise WrongValue("must be one bare e-mail address such as updates@service.example.")
    return text
