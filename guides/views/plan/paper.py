"""A plan to take away: on one page to print, and as a PDF. Neither names the reference: paper is easily found."""

import structlog
from django.http import HttpResponse
from django.shortcuts import render

from guides.pdf import plan as plan_pdf
from guides.views.plan import door, front

log = structlog.get_logger("portal")


@door.with_plan("GET", "HEAD")
def print_page(request, plan):
    reading, _ = front.read(plan)
    return render(request, "guides/plan/print.html", {"reading": reading, "plan": plan})


@door.with_plan("GET", "HEAD")
def pdf(request, plan):
    """Made when somebody asks for it, and kept nowhere."""
    reading, _ = front.read(plan)
    try:
        made = plan_pdf.make(plan_pdf.contents(reading))
    except plan_pdf.NotMade:
        log.exception("plan_pdf_not_made")
        return render(request, "guides/plan/no_pdf.html", status=503)
    name = 'attachment; filename="plan.pdf"'
    return HttpResponse(made.content, "application/pdf", headers={"Content-Disposition": name})
