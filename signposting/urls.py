"""The addresses of the directory and of enquiries."""

from django.urls import path

from signposting.views import enquire, follow, support

app_name = "signposting"

urlpatterns = [
    path("support/", support.organisations, name="support"),
    path("enquiries/new/", enquire.start, name="enquiry-start"),
    path("enquiries/follow/", follow.open_enquiry, name="follow"),
]
