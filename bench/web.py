"""How many requests a second each kind of page answers, as a share of a bare view's in the same run.

    .venv/bin/python -m bench.web

A whole portal of its own (database, content, gunicorn with 2 workers of 4 threads) runs in a throwaway folder; 16
connections ask for one page at a time. Then: what a browser downloads for a first visit. The requests and the
server share one machine, so the ratios mean something where the numbers do not.
"""

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli

from bench.load import HOST, Request, measure

SECONDS = 4.0
SUBMISSIONS = 1_500
STARTS_WITHIN = 20.0  # seconds


def main() -> int:
    with portal() as port:
        from bench import people

        people.move_in()
        with server(port):
            requests = people.requests(SUBMISSIONS)
            compare(requests, port)
            weigh(requests, port)
    return 0


@contextmanager
def portal() -> Iterator[int]:
    """A portal of its own in a throwaway folder, with a database and nothing in it. Yields the port to serve it at."""
    folder = Path(tempfile.mkdtemp(prefix="web-"))
    port = free_port()
    os.environ |= {
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PORT": str(port),
        "WEB_WORKERS": "2",
        "WEB_THREADS": "4",
        "RATE_LIMITS": "off",  # or the throttle would be what is measured
    }
    os.environ.pop("DATABASE_URL", None)
    import django
    from django.conf import settings

    from mutuals_portal import local_postgres

    django.setup()
    try:
        local_postgres.ensure_running(settings.DATA_DIR)
        yield port
    finally:
        local_postgres.stop(settings.DATA_DIR)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def server(port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", "--config", "python:mutuals_portal.web_server"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        try:
            if fetch(port, "/health/ready")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError("The server did not start.")


def compare(requests: dict[str, Request], port: int) -> None:
    say(f"{'':<34}{'a second':>9}{'median':>10}{'95 in 100':>11}{'of bare':>9}")
    bare = 0.0
    for name, request in requests.items():
        measured = measure(request, port=port, seconds=SECONDS)
        bare = bare or measured.per_second
        say(
            f"{name:<34}{measured.per_second:>9,.0f}{measured.median_ms:>7.1f} ms{measured.slow_ms:>8.1f} ms"
            f"{measured.per_second / bare:>9.2f}"
        )


def weigh(requests: dict[str, Request], port: int) -> None:
    """A first visit as a browser makes it: the page, and every style sheet, script and picture that it names."""
    say(f"\n{'bytes over the wire':<34}{'HTML':>9}{'CSS':>9}{'JS':>9}{'other':>9}{'requests':>10}")
    for name, request in requests.items():
        if request.method != "GET" or name in ("bare view", "style sheet"):
            continue
        _, html, body = fetch(port, request.path, request.headers)
        found = re.findall(r'(?:href|src)="(/static/[^"]+)"', body.decode())
        sizes = {"css": 0, "js": 0, "": 0}
        for path in dict.fromkeys(found):
            kind = next((kind for kind in ("css", "js") if path.endswith(f".{kind}")), "")
            sizes[kind] += fetch(port, path)[1]
        say(
            f"{name:<34}{html:>9,}{sizes['css']:>9,}{sizes['js']:>9,}{sizes['']:>9,}{1 + len(set(found)):>10}"
        )


def fetch(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, int, bytes]:
    """Status, bytes of the body as sent, and the body itself as plain text."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": "br, gzip"} | (headers or {}))
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    decode = {"br": brotli.decompress, "gzip": gzip.decompress}.get(
        answer.getheader("Content-Encoding"), bytes
    )
    return answer.status, len(body), decode(body)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
