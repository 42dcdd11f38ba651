"""The addresses of the directory and of enquiries."""

from django.urls import path

from signposting.views import entry_reports, open_data, owners, support
from signposting.views.enquire import check, files, from_plan, leaving, resuming, sent, start, steps
from signposting.views.follow import changes, enquiry, opening

app_name = "signposting"

urlpatterns = [
    path("support/", support.offers, name="support"),
    path("support/bodies/", support.bodies, name="bodies"),
    path("support/how-we-rank/", support.how_we_rank, name="how-we-rank"),
    path("support/data/", open_data.about, name="open-data"),
    path("support/data/meta", open_data.meta, name="open-data-meta"),
    path("support/data/services", open_data.services, name="services"),
    path("support/data/services/<str:identifier>", open_data.service, name="service"),
    path("support/data.csv", open_data.as_csv, name="support-csv"),
    path("support/feed/", open_data.feed, name="support-feed"),
    path("support/entry/<str:secret>/", owners.entry, name="owner-entry"),
    path("support/entry/<str:secret>/right/", owners.confirm, name="owner-confirm"),
    path("support/entry/<str:secret>/changes/", owners.changes, name="owner-changes"),
    path("support/<slug:slug>/", support.body, name="organisation"),
    path("support/<slug:slug>/report/", entry_reports.report, name="entry-report"),
    path("support/<slug:slug>/report/sent/", entry_reports.sent, name="entry-report-sent"),
    path("plan/enquiry/", from_plan.choose, name="enquiry-from-plan"),
    path("enquiries/new/", start.start, name="enquiry-start"),
    path("enquiries/new/check/", check.check, name="enquiry-check"),
    path("enquiries/new/save/", leaving.save, name="enquiry-save"),
    path("enquiries/new/delete/", leaving.delete, name="enquiry-delete"),
    path("enquiries/new/resume/", resuming.resume, name="enquiry-resume"),
    path("enquiries/new/files/", files.files, name="enquiry-files"),
    path("enquiries/new/from-plan/", from_plan.arrive, name="enquiry-arrive"),
    path("enquiries/new/<slug:step>/", steps.question, name="enquiry-step"),
    path("enquiries/sent/", sent.sent, name="sent"),
    path("enquiries/sent/written-down/", sent.written_down, name="enquiry-written-down"),
    path("enquiries/follow/", opening.open_enquiry, name="follow"),
    path("enquiries/follow/lost-code/", opening.lost_code, name="follow-lost-code"),
    path("enquiries/follow/stop/", opening.stop, name="follow-stop"),
    path("enquiries/follow/enquiry/", enquiry.follow, name="follow-enquiry"),
    path("enquiries/follow/enquiry/reply/", enquiry.reply, name="follow-reply"),
    path("enquiries/follow/enquiry/reopen/", enquiry.reopen, name="follow-reopen"),
    path("enquiries/follow/enquiry/files/<uuid:pk>/", enquiry.attachment, name="follow-attachment"),
    path("enquiries/follow/enquiry/withdraw/", changes.withdraw, name="follow-withdraw"),
    path("enquiries/follow/enquiry/contact/", changes.contact, name="follow-contact"),
    path("enquiries/follow/enquiry/sharing/", changes.consent, name="follow-consent"),
    path("enquiries/follow/enquiry/own-words/", changes.own_words, name="follow-own-words"),
    path("enquiries/follow/enquiry/colleagues/add/", changes.add_colleague, name="follow-add-colleague"),
    path(
        "enquiries/follow/enquiry/colleagues/<int:pk>/remove/",
        changes.remove_colleague,
        name="follow-remove-colleague",
    ),
]
