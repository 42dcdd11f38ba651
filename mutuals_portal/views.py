"""The pages that belong to no app: home, statements, health, and files that crawlers ask for."""

from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
def home(request):
    return render(request, "home.html")


@require_safe
def about(request):
    return render(request, "about.html")


@require_safe
def accessibility(request):
    return render(request, "accessibility.html")


@require_safe
def privacy(request):
    return render(request, "privacy.html")


@require_safe
def cookies(request):
    return render(request, "cookies.html")


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


@require_safe
def sitemap(request):
    return render(request, "sitemap.xml", content_type="application/xml")


@require_safe
def robots(request):
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request):
    return HttpResponse("", content_type="text/plain; charset=utf-8")
