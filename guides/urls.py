"""The addresses of the guides, policy, glossary and look-outs."""

from django.urls import path

from guides.views import glossary, look_outs, nation, pages, policy, reports

app_name = "guides"

urlpatterns = [
    path("guides/", pages.guides, name="guides"),
    path("guides/nation/", nation.remember, name="nation"),
    path("guides/<slug:guide>/", pages.guide, name="guide"),
    path("guides/<slug:guide>/<slug:stage>/", pages.stage, name="stage"),
    path("guides/<slug:guide>/<slug:stage>/<slug:page>/", pages.page, name="page"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("policy/", policy.policy, name="policy"),
    path("policy/<slug:slug>/", pages.bulletin, name="bulletin"),
    path("tools/look-outs/", look_outs.look_outs, name="look-outs"),
    path("tools/look-outs/<slug:look_out>/", look_outs.look_out, name="look-out"),
    path("report/", reports.report, name="report"),
    path("report/sent/", reports.sent, name="report-sent"),
]
