import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse

from mutuals_portal import log_lines


@pytest.fixture
def written(capsys) -> Callable[[Callable[[], object]], list[dict[str, Any]]]:
    """Does something and returns the lines it logged."""

    def lines(act: Callable[[], object]) -> list[dict[str, Any]]:
        log_lines.configure({"level": "INFO"})  # takes the standard output of this moment
        act()
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return lines


def test_other_peoples_lines_keep_their_words_and_lose_their_arguments(written):
    library = logging.getLogger("some.library")
    (line,) = written(lambda: library.warning("Not Found: %s after %d tries", "/follow/MIS-AAAA-BBBB", 3))
    assert line["event"] == "Not Found: … after 3 tries"
    assert "MIS-" not in json.dumps(line)


def test_an_exception_is_told_by_kind_and_place_without_its_words(written):
    def look_up():
        raise KeyError("alice@example.org")

    def fail():
        try:
            try:
                look_up()
            except KeyError as problem:
                raise ValueError("reached at alice@example.org") from problem
        except ValueError:
            logging.getLogger("django.request").exception("Internal Server Error: %s", "/enquiries/")
            log_lines.log.exception("failed")

    lines = written(fail)
    assert len(lines) == 2
    for line in lines:
        assert [problem["kind"] for problem in line["exception"]] == ["ValueError", "KeyError"]
        assert line["exception"][1]["where"][-1].startswith("tests/mutuals_portal/test_log_lines.py:")
        assert "alice" not in json.dumps(line)


def test_a_job_is_told_by_its_task_and_number_without_its_arguments(written):
    job = {"id": 7, "task_name": "send", "task_kwargs": {"to": "alice@example.org"}}
    extra = {"action": "start_job", "job": job}
    worker = logging.getLogger("procrastinate.worker")
    (line,) = written(lambda: worker.info("Starting job send[7](to='alice@example.org')", extra=extra))
    assert (line["event"], line["id"], line["task_name"]) == ("start_job", 7, "send")
    assert "alice" not in json.dumps(line)


def test_what_a_visitor_sent_to_be_refused_is_not_repeated(written):
    security = logging.getLogger("django.security.DisallowedHost")
    (line,) = written(lambda: security.error("Invalid HTTP_HOST header: 'alice.example'"))
    assert line["event"] == "DisallowedHost"
    assert "alice" not in json.dumps(line)


def test_a_request_that_cannot_be_read_is_not_repeated(written):
    server = logging.getLogger("gunicorn.error")
    path = "Request path '/enquiries/MIS-AAAA-BBBB/' does not start with SCRIPT_NAME '/'"
    (line,) = written(lambda: server.warning(f"Invalid request from ip=203.0.113.9: {path}"))
    assert line["event"] == "Invalid request"
    assert "203.0.113.9" not in json.dumps(line)
    assert "MIS-" not in json.dumps(line)


def test_the_web_servers_own_lines_keep_their_numbers(written):
    (line,) = written(lambda: logging.getLogger("gunicorn.error").info("Booting worker with pid: %s", 17))
    assert line["event"] == "Booting worker with pid: 17"


def test_a_request_line_has_the_pattern_and_no_address(written, rf):
    request = rf.get("/enquiries/MIS-AAAA-BBBB/?q=secret")
    answer = log_lines.request_lines(lambda request: HttpResponse(status=204))
    (line,) = written(lambda: answer(request))
    assert (line["event"], line["route"], line["status"]) == ("request", None, 204)
    assert "MIS-" not in json.dumps(line)
    assert "secret" not in json.dumps(line)
