"""The addresses of the guides, policy, glossary and look-outs."""

from django.urls import path

from guides.views import (
    eligibility,
    feeds,
    glossary,
    governance,
    legal_forms,
    look_out,
    look_outs,
    nation,
    pages,
    policy,
    printing,
    readiness,
    reports,
)
from guides.views.plan import changes, front, keep, paper
from guides.views.tool_page import tools

app_name = "guides"

urlpatterns = [
    path("guides/", pages.guides, name="guides"),
    path("guides/nation/", nation.remember, name="nation"),
    path("guides/<slug:guide>/", pages.guide, name="guide"),
    path("guides/<slug:guide>.pdf", printing.pdf, name="pdf"),
    path("guides/<slug:guide>/print/", printing.print_page, name="print"),
    path("guides/<slug:guide>/feed/", feeds.guide_feed, name="feed"),
    path("guides/<slug:guide>/<slug:stage>/", pages.stage, name="stage"),
    path("guides/<slug:guide>/<slug:stage>/<slug:page>/", pages.page, name="page"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("policy/", policy.policy, name="policy"),
    path("policy/feed/", feeds.policy_feed, name="policy-feed"),
    path("policy/<slug:slug>/", pages.bulletin, name="bulletin"),
    path("tools/", tools, name="tools"),
    path("tools/can-we-spin-out/", eligibility.can_we_spin_out, name="can-we-spin-out"),
    path("tools/can-we-spin-out/all-questions/", eligibility.all_questions, name="can-we-spin-out-all"),
    path("tools/look-outs/", look_outs.look_outs, name="look-outs"),
    path("tools/look-outs/map/", look_outs.look_outs_map, name="look-outs-map"),
    path("tools/look-outs/<slug:look_out>/", look_out.look_out, name="look-out"),
    path("tools/legal-forms/", legal_forms.legal_forms, name="legal-forms"),
    path("tools/legal-forms/compare/", legal_forms.compare, name="legal-forms-compare"),
    path("tools/who-has-a-say/", governance.who_has_a_say, name="who-has-a-say"),
    path("plan/", front.plan, name="plan"),
    path("plan/start/", front.start, name="plan-start"),
    path("plan/open/", front.open_plan, name="plan-open"),
    path("plan/lost-code/", front.lost_code, name="plan-lost-code"),
    path("plan/close/", front.close, name="plan-close"),
    path("plan/keep/<slug:tool>/", keep.keep, name="keep"),
    path("plan/take-out/<slug:tool>/", changes.drop, name="plan-drop"),
    path("plan/decisions/add/", changes.decide, name="plan-decide"),
    path("plan/decisions/<int:pk>/take-out/", changes.undo, name="plan-undo"),
    path("plan/code/", changes.code, name="plan-code"),
    path("plan/delete/", changes.delete, name="plan-delete"),
    path("plan/print/", paper.print_page, name="plan-print"),
    path("plan/plan.pdf", paper.pdf, name="plan-pdf"),
    path("plan/readiness/", readiness.spread, name="readiness"),
    path("plan/readiness/sent/", readiness.answered, name="readiness-answered"),
    path("plan/readiness/<str:code>/", readiness.answer, name="readiness-answer"),
    path("report/", reports.report, name="report"),
    path("report/sent/", reports.sent, name="report-sent"),
]
