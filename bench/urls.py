"""The portal's addresses, and a bare view: 15 KB of HTML from memory, behind the same middleware."""

from django.http import HttpResponse
from django.urls import include, path

PAGE = "<!doctype html><title>Bare</title>" + "<p>Nothing is looked up and nothing is rendered.</p>" * 300


def bare(request):
    return HttpResponse(PAGE)


urlpatterns = [path("bare/", bare), path("", include("mutuals_portal.urls"))]
