"""Every address of the portal, one screen."""

from django.contrib import admin
from django.urls import include, path

from mutuals_portal import views
from mutuals_portal.search.views import search, suggest

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("guides.urls")),
    path("", include("case_studies.urls")),
    path("", include("signposting.urls")),
    path("search/", search, name="search"),
    path("search/suggestions/", suggest, name="search-suggestions"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("cookies/", views.cookies, name="cookies"),
    path("admin/", admin.site.urls),
    path("health/live", views.live, name="health-live"),
    path("health/ready", views.ready, name="health-ready"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
]
