"""What the worker does for the guides: one line says when, and one module elsewhere says how."""

from typing import Any

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from guides import pdf, planning, weekly_mail

UPKEEP: dict[str, Any] = {"queue": "upkeep", "priority": 10}

log = structlog.get_logger("portal")


@app.periodic(cron="20 * * * *")
@app.task(name="write_to_owners", queueing_lock="write_to_owners", **UPKEEP)
def write_to_owners(timestamp: int) -> None:
    weekly_mail.send(at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name=pdf.JOB, queueing_lock=pdf.JOB, **UPKEEP)
def make_pdfs(timestamp: int) -> None:
    pdf.make_missing(at=timezone.now())


@app.periodic(cron="35 * * * *")
@app.task(name="delete_old_plans", queueing_lock="delete_old_plans", **UPKEEP)
def delete_old_plans(timestamp: int) -> None:
    """Delete plans that have had their time, and forget wrong codes. What cannot be deleted does not keep the rest."""
    for delete in (planning.delete_expired, planning.forget_wrong_codes):
        try:
            delete(at=timezone.now())
        except Exception:
            log.exception("delete_failed", what=delete.__name__)
