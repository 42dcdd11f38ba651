"""A page as it read on a past day: ``?as_of=2026-03-14``, and what to say where nothing can be shown for it."""

import re
from datetime import date

from django.shortcuts import render
from django.utils import timezone

from guides import reading


class NotADay(ValueError):
    """What was asked for is no day, or is still to come."""


def asked(request, *, now):
    """The past day that was asked for. None for today, and where no day was asked for. Raises NotADay."""
    words = request.GET.get("as_of", "")
    if not words:
        return None
    today = timezone.localdate(now)
    try:
        day = date.fromisoformat(words) if re.fullmatch(r"\d{4}-\d\d-\d\d", words) else None
    except ValueError:
        day = None
    if day is None or day > today:
        raise NotADay(words)
    return day if day < today else None


def not_a_day(request, *, now):
    context = {"today": timezone.localdate(now), "address": request.path}
    return render(request, "guides/not_a_day.html", context, status=400)


def nothing_then(request, entry, *, at, now):
    """Before its first edition, or while it was withdrawn."""
    if edition := reading.withdrawn_at_that_time(entry, at=at):
        return gone(request, edition, present=entry.address)
    context = {
        "day": timezone.localdate(at),
        "first_day": reading.first_day(entry, now=now),
        "address": entry.address,
    }
    return render(request, "guides/not_yet.html", context, status=404)


def gone(request, edition, *, present=""):
    """Why a page was withdrawn. Nothing of what it said."""
    return render(request, "guides/withdrawn.html", {"edition": edition, "address": present}, status=410)
