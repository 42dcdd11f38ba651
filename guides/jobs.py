"""What the worker does for the guides: one line says when, and one module elsewhere says how."""

from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from guides import pdf, weekly_mail

UPKEEP: dict[str, Any] = {"queue": "upkeep", "priority": 10}


@app.periodic(cron="20 * * * *")
@app.task(name="write_to_owners", queueing_lock="write_to_owners", **UPKEEP)
def write_to_owners(timestamp: int) -> None:
    weekly_mail.send(at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name=pdf.JOB, queueing_lock=pdf.JOB, **UPKEEP)
def make_pdfs(timestamp: int) -> None:
    pdf.make_missing(at=timezone.now())
