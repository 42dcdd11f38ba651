"""A bounded load: so many connections ask for one page, over and over, for so many seconds. Loopback only."""

import http.client
import statistics
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from multiprocessing import get_context
from threading import Lock

HOST = "127.0.0.1"
PROCESSES, THREADS = 2, 8
"""Together 16 connections. One Python process alone could not keep the server busy."""


@dataclass(frozen=True)
class Request:
    """What is asked. With ``cookies``, each is used once, and the load ends with them; without, for ever."""

    method: str
    path: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    cookies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    per_second: float
    median_ms: float
    slow_ms: float
    """95 in 100 were faster."""


def measure(request: Request, *, port: int, seconds: float) -> Measured:
    """Raises ``RuntimeError`` when any answer has another status than was expected: then nothing was measured."""
    shares = [request.cookies[n::PROCESSES] for n in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as processes:
        list(processes.map(time.sleep, [0.2] * PROCESSES))  # started before the clock is
        asked = processes.map(partial(_one_process, request, port, seconds), shares)
        per_process = list(asked)
    waits = sorted(wait for waits, _ in per_process for wait in waits)
    longest = max(took for _, took in per_process)
    return Measured(
        per_second=len(waits) / longest,
        median_ms=1000 * statistics.median(waits),
        slow_ms=1000 * waits[int(len(waits) * 0.95)],
    )


def _one_process(
    request: Request, port: int, seconds: float, cookies: tuple[str, ...]
) -> tuple[list[float], float]:
    start = time.perf_counter()
    source = _Shared(cookies if request.cookies else repeat(""))
    with ThreadPoolExecutor(THREADS) as threads:
        parts = [
            threads.submit(_one_connection, request, port, start + seconds, source) for _ in range(THREADS)
        ]
        waits = [wait for part in parts for wait in part.result()]
    return waits, time.perf_counter() - start


def _one_connection(request: Request, port: int, until: float, cookies: Iterator[str]) -> list[float]:
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    waits = []
    for cookie in cookies:
        start = time.perf_counter()
        if start > until:
            break
        headers = request.headers | (
            {"Cookie": f"{request.headers.get('Cookie', '')}; {cookie}"} if cookie else {}
        )
        connection.request(request.method, request.path, request.body or None, headers)
        answer = connection.getresponse()
        answer.read()
        waits.append(time.perf_counter() - start)
        if answer.status != request.status:
            raise RuntimeError(f"{request.method} {request.path} answered {answer.status}.")
    connection.close()
    return waits


class _Shared:
    """Hands out each thing once, to whichever thread comes first."""

    def __init__(self, things: Iterable[str]):
        self._things = iter(things)
        self._lock = Lock()

    def __iter__(self) -> "_Shared":
        return self

    def __next__(self) -> str:
        with self._lock:
            return next(self._things)
