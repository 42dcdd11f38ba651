"""The pages that belong to no app: home, statements, health, and files that crawlers ask for."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from case_studies.models import Profile
from guides import planning
from guides.library import Term, shelf
from guides.views import nation
from mutuals_portal.content_pages import content_page
from mutuals_portal.private_access import device, throttle
from mutuals_portal.search import fruitless
from signposting import custody, drafting, rule_sets
from signposting.models import Entry, RuleSet

SECURITY_TXT_HOLDS_FOR = timedelta(days=180)  # RFC 9116 asks for less than a year

PAGES = (
    "home",
    "guides:guides",
    "guides:policy",
    "guides:glossary",
    "guides:tools",
    "guides:can-we-spin-out",
    "guides:can-we-spin-out-all",
    "guides:look-outs",
    "guides:look-outs-map",
    "guides:legal-forms",
    "guides:legal-forms-compare",
    "guides:who-has-a-say",
    "case_studies:directory",
    "case_studies:compare",
    "signposting:support",
    "signposting:bodies",
    "signposting:how-we-rank",
    "signposting:open-data",
    "about",
    "accessibility",
    "privacy",
    "cookies",
)
"""What the sitemap names, besides each text, case study and body.

Pages of an enquiry are not for search engines.
"""


@content_page
def home(request):
    library = shelf(at=timezone.now())
    context = {
        "guides": library.guides,
        "look_outs": library.look_outs,
        "accept_within": custody.ACCEPT_WITHIN_WORKING_DAYS,
        "draft_kept_for": drafting.KEPT_FOR.days,
    }
    return render(request, "home.html", context)


@content_page
def about(request):
    try:
        rules = rule_sets.rules_of(rule_sets.current())
    except RuleSet.DoesNotExist:  # before the content is loaded
        rules = []
    return render(request, "about.html", {"rules": rules, "contact_email": settings.CONTACT_EMAIL})


@content_page
def accessibility(request):
    context = {"contact_email": settings.CONTACT_EMAIL, "following_for": minutes(device.IDLE)}
    return render(request, "accessibility.html", context)


@content_page
def privacy(request):
    context = {
        "contact_email": settings.CONTACT_EMAIL,
        "draft_kept_for": drafting.KEPT_FOR.days,
        "plan_kept_for": planning.KEPT_FOR.days,
        "searches_kept_for": fruitless.KEPT_FOR.days,
        "wrong_codes_kept_for": throttle.WRONG_CODES_KEPT_FOR // timedelta(hours=1),
    }
    return render(request, "privacy.html", context)


@content_page
def cookies(request):
    context = {
        "draft_kept_for": drafting.KEPT_FOR.days,
        "nation_kept_for": nation.KEPT_FOR.days,
        "code_shown_for": minutes(drafting.CODE_SHOWN_FOR),
        "following_for": minutes(device.IDLE),
    }
    return render(request, "cookies.html", context)


@require_safe
@never_cache
def live(request):
    """The process answers. Says nothing of the database, so that a database fault restarts no web worker."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request):
    """The process can serve people: its database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database unavailable"}, status=503)
    return JsonResponse({"status": "ok"})


@content_page
def sitemap(request):
    now = timezone.now()
    library = shelf(at=now)
    pages: list[tuple[str, datetime | None]] = [(reverse(name), None) for name in PAGES]
    pages += [(entry.address, entry.shown_from) for entry in library if not isinstance(entry, Term)]
    profiles = (
        Profile.objects.live(at=now).order_by("document__slug").values_list("document__slug", "shown_from")
    )
    pages += [(reverse("case_studies:profile", args=[slug]), shown_from) for slug, shown_from in profiles]
    entries = Entry.objects.live(at=now).order_by("document__slug")
    pages += [
        (reverse("signposting:organisation", args=[slug]), shown_from)
        for slug, shown_from in entries.values_list("document__slug", "shown_from")
    ]
    context = {"pages": [(f"{settings.PUBLIC_URL}{path}", changed_at) for path, changed_at in pages]}
    return render(request, "sitemap.xml", context, content_type="application/xml")


@content_page
def robots(request):
    context = {
        "closed": [
            reverse("admin:index"),
            reverse("signposting:enquiry-start").removesuffix("new/"),
            reverse("guides:plan"),
        ],
        "sitemap": f"{settings.PUBLIC_URL}{reverse('sitemap')}",
    }
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


@content_page
def security_txt(request):
    """RFC 9116: whom to tell of a weakness."""
    until = (timezone.now() + SECURITY_TXT_HOLDS_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    about_us = f"{settings.PUBLIC_URL}{reverse('about')}#contact"
    contact = f"mailto:{settings.SECURITY_CONTACT}" if settings.SECURITY_CONTACT else about_us
    context = {
        "contact": contact,
        "expires": until.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "address": f"{settings.PUBLIC_URL}{reverse('security-txt')}",
    }
    return render(request, "security.txt", context, content_type="text/plain; charset=utf-8")


def minutes(duration: timedelta) -> int:
    return duration // timedelta(minutes=1)
