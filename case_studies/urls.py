"""The addresses of the case studies."""

from django.urls import path

from case_studies.views import compare, data, directory, feed, profiles, questions

app_name = "case_studies"

urlpatterns = [
    path("case-studies/", directory.directory, name="directory"),
    path("case-studies/compare/", compare.compare, name="compare"),
    path("case-studies/feed/", feed.feed, name="feed"),
    path("case-studies/data.csv", data.as_csv, name="data-csv"),
    path("case-studies/data.json", data.as_json, name="data-json"),
    path("case-studies/<slug:slug>.pdf", profiles.as_pdf, name="pdf"),
    path("case-studies/<slug:slug>/", profiles.profile, name="profile"),
    path("case-studies/<slug:slug>/question/", questions.question, name="question"),
    path("case-studies/<slug:slug>/question/sent/", questions.sent, name="question-sent"),
]
