"""Log lines: JSON on standard output, with nothing in them that says who asked what.

The employer of the people who write to us may one day read these lines. So a line holds the constant words
of its message and never the arguments (paths carry references, database errors carry answers), the pattern
of an address and never the address, and of an exception its kind and place and never its words.
"""

import logging
import logging.config
import sys
import time
import traceback
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

ROOT = Path(__file__).resolve().parent.parent
SILENT_ROUTES = {"health/live", "health/ready"}  # asked every few seconds

log = structlog.get_logger("portal")


def configure(settings: dict[str, Any]) -> None:
    """Django's LOGGING_CONFIG: called once at set-up with the LOGGING setting."""
    structlog.configure(
        processors=[*_every_line(), structlog.processors.JSONRenderer(ensure_ascii=False)],
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=False,
    )
    logging.config.dictConfig(dictionary(settings["level"]))


def dictionary(level: str) -> dict[str, Any]:
    """The same shape for lines that other people's code writes through the standard library."""
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "pass_foreign_args": True,
        "foreign_pre_chain": [constant_words, *_every_line()],
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "handlers": {
            "stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}
        },
        "root": {"handlers": ["stdout"], "level": level},
        "loggers": {
            # Django's and gunicorn's own handlers would print addresses.
            "django": {"handlers": [], "level": "INFO"},
            "django.server": {"handlers": []},
            "django.request": {"level": "ERROR"},  # request_lines says the same of lesser things
            "gunicorn.error": {"handlers": [], "propagate": True},
            "axes": {"level": "WARNING"},
            "procrastinate": {"level": "WARNING"},
            "procrastinate.worker": {"level": "INFO"},
        },
    }


def _every_line() -> list[Any]:
    return [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        exception_without_its_words,
    ]


def constant_words(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """For lines of other people's code: the message without its arguments, numbers excepted."""
    record: logging.LogRecord = event["_record"]
    event["logger"] = record.name
    # Procrastinate and Django's security put arguments into the message itself, and so does gunicorn of a bad request.
    if record.name.startswith(("procrastinate", "django.security")):
        event["event"] = getattr(record, "action", record.name.rpartition(".")[2])
        job = getattr(record, "job", None) or {}
        event.update({key: job[key] for key in ("id", "task_name", "attempts") if key in job})
    elif record.name == "gunicorn.error" and not event.get("positional_args"):
        event["event"] = str(record.msg).partition(" from ip=")[0]
    else:
        event["event"] = _without_arguments(str(record.msg), event.get("positional_args", ()))
    event.pop("positional_args", None)
    return event


def _without_arguments(words: str, arguments: object) -> str:
    if not isinstance(arguments, tuple):
        return words
    try:
        return words % tuple(value if isinstance(value, int | float) else "…" for value in arguments)
    except (TypeError, ValueError):
        return words


def exception_without_its_words(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace exception information by the kind of each exception in the chain and where it was raised."""
    problem = event.pop("exc_info", None)
    if problem is True:
        problem = sys.exc_info()
    if isinstance(problem, tuple):
        problem = problem[1]
    chain = []
    while isinstance(problem, BaseException):
        frames = traceback.extract_tb(problem.__traceback__)
        where = [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[-6:]]
        chain.append({"kind": type(problem).__qualname__, "where": where})
        problem = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
    if chain:
        event["exception"] = chain
    return event


def _place(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-3:])


def request_lines(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: one line a request, with the pattern of its address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.monotonic()
        response = get_response(request)
        route = request.resolver_match.route if request.resolver_match else None
        if route not in SILENT_ROUTES or response.status_code >= 500:
            milliseconds = round((time.monotonic() - started) * 1000)
            log.info(
                "request",
                method=request.method if request.method in ("GET", "HEAD", "POST") else "other",
                route=route,
                status=response.status_code,
                milliseconds=milliseconds,
            )
        return response

    return middleware
